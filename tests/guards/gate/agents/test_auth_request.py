from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.guards.gate.agents.harness import (
    POLICY,
    Agent,
    agent,
    ask,
    phones,
    proxy,
    request,
    send,
    upstream,
)
from tests.guards.gate.live.harness import Upstream, run, until

from hongxian.guards.gate.agents.auth_request import AuthRequestAgent
from hongxian.guards.gate.exchange.judge import Judge
from hongxian.guards.gate.exchange.ruling import Ruling

FEW = POLICY.replace("distinct = 200", "distinct = 5")
LIMITED = FEW.replace('"block"', '"throttle"')
PIDS = "pid {0}/nginx.pid;\nerror_log stderr;\nhttp {{\n    access_log off;\n"


@asynccontextmanager
async def guarded(
    tmp_path: Path, policy: str = POLICY
) -> AsyncIterator[tuple[int, Agent, Upstream]]:
    """Run an interface, nginx in front of it, and the agent that it asks."""
    places = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    folders = "".join(f"    {one}_temp_path {tmp_path}/{one};\n" for one in places)
    async with upstream() as behind, agent(tmp_path, AuthRequestAgent, policy) as own:
        changes = {
            "127.0.0.1:8000": f"127.0.0.1:{behind.port}", "127.0.0.1:9191": f"127.0.0.1:{own.port}",
            "http {\n": PIDS.format(tmp_path) + folders, "500ms": "10s",
        }  # fmt: skip
        command = ("nginx", "-p", str(tmp_path), "-e", "stderr", "-c", f"{tmp_path}/nginx.conf",
                   "-g", "daemon off; master_process off;")  # fmt: skip
        async with proxy(tmp_path, ["nginx.conf"], changes, *command) as port:
            yield port, own, behind


def people(count: int, **headers: str) -> bytes:
    return request("GET", f"/people?q={','.join(phones(count))}", **headers)


@pytest.mark.parametrize(("policy", "status", "body"), [
    (FEW, 403, b'{"error":"block"}'), (LIMITED, 429, b'{"error":"too_many_requests"}'),
])  # fmt: skip
def test_nginx_stops_who_asks_for_too_many(
    tmp_path: Path, policy: str, status: int, body: bytes
) -> None:
    async def scenario() -> None:
        async with guarded(tmp_path, policy) as (port, own, behind):
            assert (await send(port, people(3)))[0] == 200
            got, answer = await send(port, people(20))
            assert (got, answer.endswith(body)) == (status, True)
            assert (b"Retry-After: 60" in answer) == (status == 429)
            assert len(behind.requests) == 1
            assert b"x-gate" not in behind.requests[0].lower()
            (line,) = own.logged()
            assert (line["endpoint"], line["status"]) == ("GET /people", status)

    run(scenario)


def test_bodies_go_to_the_interface_alone(tmp_path: Path) -> None:
    policy = POLICY.replace("distinct = 1000", "distinct = 5")

    async def scenario() -> None:
        async with guarded(tmp_path, policy) as (port, own, behind):
            assert (await send(port, ask(*phones(20))))[0] == 200
            assert behind.requests[0].endswith(ask(*phones(20))[-20:])
            assert own.host.metrics.total("requests") == 1

    run(scenario)


def test_a_client_cannot_tell_the_agent_another_tale(tmp_path: Path) -> None:
    tale = {"X-Original-URI": "/", "X-Original-Method": "HEAD", "X-Original-Address": "9.9.9.9"}
    policy = FEW.replace('account = ["claim:sub", "header:X-User"]', "account = []")

    async def scenario() -> None:
        async with guarded(tmp_path, policy) as (port, own, _):
            assert (await send(port, people(20, **tale)))[0] == 403
            tracks = own.host.gate.state.of("GET /people", ("ip",))
            key = own.host.gate.keys.text("ip 127.0.0.1")
            assert [place[1] for place, _ in tracks] == [key]

    run(scenario)


def test_without_the_agent_nginx_lets_nothing_through(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with guarded(tmp_path) as (port, own, behind):
            for one in list(own.host.clients):
                one.drain()
            assert (await send(port, people(1)))[0] == 200  # it connects again
            own.host.opened = lambda _: False  # type: ignore[method-assign]
            for one in list(own.host.clients):
                one.drain()
            assert (await send(port, people(1)))[0] == 500
            assert len(behind.requests) == 1

    run(scenario)


TOLD = {
    "X-Original-Method": "GET", "X-Original-URI": "/people?q=" + ",".join(phones(20)),
    "X-Original-Address": "10.0.0.1", "X-Original-Scheme": "https",
}  # fmt: skip


@pytest.mark.parametrize(("target", "status"), [
    ("/", 429), ("/?refuse=403", 403), ("/?refuse=401", 401), ("/?refuse=200", 400),
])  # fmt: skip
def test_a_proxy_is_told_as_much_as_it_knows(tmp_path: Path, target: str, status: int) -> None:
    async def scenario() -> None:
        async with agent(tmp_path, AuthRequestAgent, LIMITED) as own:
            got, answer = await send(own.port, request("GET", target, **TOLD))
            assert got == status
            assert (b"x-gate-action: throttle\r\n" in answer) == (status != 400)
            assert (b"x-gate-reason: limit\r\n" in answer) == (status != 400)
            assert (b"x-gate-status: 429\r\n" in answer) == (status != 400)

    run(scenario)


def test_a_gate_that_only_learns_tells_what_it_would_do(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with agent(tmp_path, AuthRequestAgent, FEW.replace('"enforce"', '"learn"')) as own:
            got, answer = await send(own.port, request("GET", "/", **TOLD))
            assert (got, b"x-gate-advised: block\r\n" in answer) == (204, True)

    run(scenario)


@pytest.mark.parametrize("data", [
    request("GET", "/"), request("GET", "/", **{**TOLD, "X-Original-URI": ""}),
    request("GET", "/", **TOLD, **{"x-original-uri": "/"}), request("POST", "/", b"body", **TOLD),
    b"GET / HTTP/1.1\r\nbad\r\n\r\n", b"x" * 40_000,
])  # fmt: skip
def test_what_is_no_question_is_refused(tmp_path: Path, data: bytes) -> None:
    async def scenario() -> None:
        async with agent(tmp_path, AuthRequestAgent) as own:
            status, _ = await send(own.port, data)
            assert status in {400, 413, 431}
            assert own.host.metrics.total("rejected") == 1

    run(scenario)


def test_an_address_that_is_none_is_not_counted(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with agent(tmp_path, AuthRequestAgent) as own:
            told = {**TOLD, "X-Original-Address": "unix:", "x-user": ""}
            assert (await send(own.port, request("GET", "/", **told)))[0] == 204
            assert not list(own.host.gate.state.of("GET /people", ("ip",)))

    run(scenario)


class Later:
    """Stands for the state of several processes: decides later, the first question last."""

    gate: Any = None

    def __init__(self) -> None:
        self.pause = 0.1

    def tell(self, *told: object) -> None:
        assert len(told) == 3

    def ask(self, judge: Judge, ruling: Ruling, then: Callable[[], None]) -> None:
        judge.decide(ruling, self.gate.count(ruling.question))
        asyncio.get_running_loop().call_later(self.pause, then)
        self.pause /= 2


def test_answers_keep_the_order_of_the_questions(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("hongxian.guards.gate.agents.auth_request.MOST_PENDING", 2)

    async def scenario() -> None:
        async with agent(tmp_path, AuthRequestAgent, FEW) as own:
            own.host.shared = Later()  # type: ignore[assignment]
            own.host.adopt(own.host.settings)
            few = {**TOLD, "X-Original-URI": "/people?q=13800138000", "connection": "keep-alive"}
            plain = {**few, "X-Original-URI": "/other"}
            asked = [request("GET", "/", **few), request("GET", "/", **plain)] * 2
            _, answer = await send(own.port, b"".join([*asked, request("GET", "/", **TOLD)]))
            found = [one[:3] for one in answer.split(b"HTTP/1.1 ")[1:]]
            assert found == [b"204", b"204", b"204", b"204", b"403"]
            own.host.shared.pause = 0.2  # type: ignore[attr-defined]
            busy = asyncio.ensure_future(send(own.port, asked[0]))
            await until(lambda: any(one._due for one in own.host.clients))  # type: ignore[attr-defined]
            own.host.drain()
            assert b"connection: close" in (await busy)[1]

    run(scenario)


def test_connections_are_bounded_in_number_and_time(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with agent(tmp_path, AuthRequestAgent, POLICY + "[limits]\nconnections = 2\n") as own:
            half = asyncio.ensure_future(send(own.port, request("GET", "/", **TOLD)[:-3]))
            idle = asyncio.ensure_future(send(own.port, b""))
            await until(lambda: len(own.host.clients) == 2)
            await until(lambda: any(one._held for one in own.host.clients))  # type: ignore[attr-defined]
            assert (await send(own.port, b""))[0] == 503
            own.host.sweep(own.host.clock() + 600)
            assert [(await half)[0], (await idle)[0]] == [408, 0]

    run(scenario)
