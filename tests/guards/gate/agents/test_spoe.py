from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
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
from tests.guards.gate.live.harness import OK, Handler, Upstream, run, until

from hongxian.errors import HongxianError
from hongxian.guards.gate.agents import spop
from hongxian.guards.gate.agents.spoe import SpoeAgent
from hongxian.guards.gate.exchange.judge import Judge
from hongxian.guards.gate.exchange.ruling import Ruling
from hongxian.guards.gate.live.settings import load_live

LEAK = json.dumps({"phone": "13800138000"}).encode()


def answer(body: bytes, more: str = "content-type: application/json\r\n") -> bytes:
    return f"HTTP/1.1 200 OK\r\n{more}content-length: {len(body)}\r\n\r\n".encode() + body


@asynccontextmanager
async def guarded(
    tmp_path: Path,
    told: bytes | Handler = OK,
    policy: str = POLICY,
    more: Mapping[str, str] | None = None,
) -> AsyncIterator[tuple[int, Agent, Upstream]]:
    """Run an interface, HAProxy in front of it, and the agent that it asks."""
    async with upstream(told) as behind, agent(tmp_path, SpoeAgent, policy) as own:
        changes = {
            "127.0.0.1:9191 check": f"127.0.0.1:{own.port} check inter 100ms",
            "127.0.0.1:8000": f"127.0.0.1:{behind.port}",
            "/etc/haproxy/": f"{tmp_path}/", "timeout tarpit 5s": "timeout tarpit 100ms",
            "processing 500ms": "processing 10s", "hello 500ms": "hello 10s", **(more or {}),
        }  # fmt: skip
        files = ["haproxy.cfg", "spoe-hongxian.conf"]
        async with proxy(tmp_path, files, changes, "haproxy", "-db", "-f", "haproxy.cfg") as port:
            yield port, own, behind


def test_haproxy_stops_who_asks_for_too_many_in_one_body(tmp_path: Path) -> None:
    policy = POLICY.replace("distinct = 1000", "distinct = 5")

    async def scenario() -> None:
        async with guarded(tmp_path, policy=policy) as (port, own, behind):
            assert (await send(port, ask(*phones(3))))[0] == 200
            assert (await send(port, ask(*phones(20))))[0] == 429
            assert len(behind.requests) == 1
            (line,) = own.logged()
            assert (line["endpoint"], line["action"]) == ("POST /contacts/match", "throttle")
            assert line["status"] == 429

    run(scenario)


def test_haproxy_holds_back_answers_that_give_what_they_should_not(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with guarded(tmp_path, answer(LEAK)) as (port, own, behind):
            status, got = await send(port, ask(*phones(3)))
            assert (status, b"13800138000" in got) == (403, False)
            status, got = await send(port, request("GET", "/other"))
            assert (status, b"13800138000" in got) == (200, True)
            assert len(behind.requests) == 2
            (line,) = own.logged()
            assert line["findings"][0]["kind"] == "over_exposed"

    run(scenario)


def test_who_is_asked_for_and_known_counts_as_a_hit(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with guarded(tmp_path, answer(b'[{"id":1},{"id":2}]')) as (port, own, _):
            assert (await send(port, ask(*phones(3))))[0] == 200
            tracks = [
                track.whole for _, track in own.host.gate.state.of("POST /contacts/match", ("ip",))
            ]
            assert [(one.hits, one.asked) for one in tracks] == [(2, 3)]
            assert len(own.host.held) == 0  # type: ignore[attr-defined]

    run(scenario)


def test_a_gate_that_only_learns_stops_nothing(tmp_path: Path) -> None:
    policy = POLICY.replace('"enforce"', '"learn"').replace("distinct = 1000", "distinct = 5")

    async def scenario() -> None:
        async with guarded(tmp_path, answer(LEAK), policy) as (port, own, _):
            assert (await send(port, ask(*phones(20))))[0] == 200
            (line,) = own.logged()
            assert (line["action"], line["advised"]) == ("allow", "throttle")

    run(scenario)


def test_other_actions_are_done_as_haproxy_is_told(tmp_path: Path) -> None:
    policy = POLICY.replace("distinct = 1000", "distinct = 5").replace("throttle", "challenge")

    async def scenario() -> None:
        async with guarded(tmp_path, policy=policy) as (port, _, behind):
            status, got = await send(port, ask(*phones(20)))
            assert (status, b"location: /challenge\r\n" in got) == (302, True)
            twice = request("GET", "/people?q=1", authorization="a", Authorization="b")
            assert (await send(port, twice))[0] == 403
            assert behind.requests == []

    run(scenario)


def test_bodies_that_the_buffer_cannot_hold_fail_as_configured(tmp_path: Path) -> None:
    large = b'["' + b"x" * 400_000 + b'"]'
    chunked = b"30d40\r\n" + b" " * 200_000 + b"\r\n0\r\n\r\n"
    head = request("POST", "/contacts/match", **{"transfer-encoding": "chunked"})

    async def scenario() -> None:
        async with guarded(tmp_path) as (port, own, behind):
            assert (await send(port, request("POST", "/contacts/match", large)))[0] == 403
            assert (await send(port, head + chunked))[0] == 403
            assert (await send(port, request("POST", "/other", large)))[0] == 200
            assert len(behind.requests) == 1
            assert {"large"} == {one for line in own.logged() for one in line["reasons"]}

    run(scenario)


def test_a_body_in_chunks_is_counted(tmp_path: Path) -> None:
    body = json.dumps(phones(20)).encode()
    policy = POLICY.replace("distinct = 1000", "distinct = 5")
    head = request("POST", "/contacts/match", **{"transfer-encoding": "chunked"})

    async def scenario() -> None:
        async with guarded(tmp_path, policy=policy) as (port, _, behind):
            sent = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
            assert (await send(port, head + sent))[0] == 429
            assert behind.requests == []

    run(scenario)


def test_answers_that_are_no_text_or_never_end_are_not_waited_for(tmp_path: Path) -> None:
    async def streaming(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\ndata: 1\n\n")
        await reader.read()

    async def scenario() -> None:
        async with guarded(tmp_path, answer(LEAK, "content-type: image/png\r\n")) as (port, _, _u):
            assert (await send(port, request("GET", "/people")))[0] == 200
        async with guarded(tmp_path, streaming) as (port, own, _u):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(request("GET", "/events"))
            assert b"data: 1" in await reader.readuntil(b"data: 1")
            writer.close()
            assert (await send(port, request("GET", "/people")))[0] == 403
            assert [line["reasons"] for line in own.logged()] == [["stream"], ["stream"]]

    run(scenario)


def test_an_answer_that_comes_slowly_is_not_judged_by_its_beginning(tmp_path: Path) -> None:
    async def stalls(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n8\r\n{"phone"\r\n')
        await reader.read()

    async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n8\r\n{"phone"\r\n')
        await asyncio.sleep(0.3)
        writer.write(b'1\r\n:\r\nd\r\n"13800138000"\r\n1\r\n}\r\n0\r\n\r\n')
        await reader.read()

    async def scenario() -> None:
        policy = POLICY.replace(
            '[endpoints."GET /people"]', '[endpoints."GET /people"]\nneeds = []'
        )
        async with guarded(tmp_path, slow, policy) as (port, _, _u):
            status, got = await send(port, request("GET", "/people"))
            assert (status, b"13800138000" in got) == (403, False)
        changes = {"wait-for-body time 10s": "wait-for-body time 100ms"}
        async with guarded(tmp_path, stalls, policy, changes) as (port, _, _u):
            status, got = await send(port, request("GET", "/people"))
            assert (status, b"13800138000" in got) == (504, False)

    run(scenario)


def test_without_the_agent_haproxy_lets_nothing_through(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with guarded(tmp_path) as (port, own, behind):
            assert (await send(port, request("GET", "/people")))[0] == 200
            for one in list(own.host.clients):
                one.drain()
            assert (await send(port, request("GET", "/people")))[0] == 200  # it connects again
        assert len(behind.requests) == 2
        changes = {"/etc/haproxy/": f"{tmp_path}/", "127.0.0.1:9191": "127.0.0.1:1"}
        files = ["haproxy.cfg", "spoe-hongxian.conf"]
        async with proxy(tmp_path, files, changes, "haproxy", "-db", "-f", "haproxy.cfg") as port:
            assert (await send(port, request("GET", "/people")))[0] == 503

    run(scenario)


def test_checks_of_health_are_answered(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with guarded(tmp_path) as (_, own, _u):
            metrics = own.host.metrics
            await until(lambda: metrics.total("connections_closed") >= 3)
            assert metrics.total("rejected") == 0

    run(scenario)


HELLO = spop.frame_bytes(spop.HAPROXY_HELLO, spop.pairs({
    "supported-versions": "2.0", "max-frame-size": 16_380, "capabilities": "pipelining",
}))  # fmt: skip
HEADERS = spop.string("x-user") + spop.string("u1") + b"\0\0"


def told(name: str, stream: int = 1, **values: spop.Value) -> bytes:
    """Return a question with one message."""
    payload = spop.string(name) + bytes((len(values),)) + spop.pairs(values)
    return spop.frame_bytes(spop.NOTIFY, payload, stream, 1)


def gate_request(target: str = "/people", **more: spop.Value) -> bytes:
    rest: dict[str, spop.Value] = {"headers": HEADERS, **more}
    return told("gate-request", method="GET", target=target, **rest)


async def spoken(own: Agent, *data: bytes, frames: int = 0) -> list[dict[str, spop.Value]]:
    """Return what an agent answers: variables, or names and values of other frames."""
    reader, writer = await asyncio.open_connection("127.0.0.1", own.port)
    writer.write(b"".join(data))
    found: list[dict[str, spop.Value]] = []
    try:
        while not frames or len(found) < frames:
            size = int.from_bytes(await reader.readexactly(4))
            frame = spop.read_frame(await reader.readexactly(size))
            found.append(acted(frame.payload) if frame.kind == spop.ACK
                         else spop.key_values(frame.payload))  # fmt: skip
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    writer.close()
    return found


def acted(payload: bytes) -> dict[str, spop.Value]:
    reader = spop.Reader(payload)
    found: dict[str, spop.Value] = {}
    while reader:
        assert reader.take(3) == b"\x01\x03\x02"
        name = reader.name()
        found[name] = reader.typed()
    return found


@pytest.mark.parametrize("data", [
    told("gate-request", target="/", headers=HEADERS),
    told("gate-request", method="GET", target=""),
    gate_request(headers="text"), gate_request(headers=b"\x05x"),
    told("gate-request", method="GET", target="/"),
])  # fmt: skip
def test_a_question_that_lacks_something_ends_the_connection(tmp_path: Path, data: bytes) -> None:
    async def scenario() -> None:
        async with agent(tmp_path, SpoeAgent) as own:
            _, end = await spoken(own, HELLO, data)
            assert end["status-code"] == 4
            assert own.host.metrics.total("rejected") == 1

    run(scenario)


def test_an_answer_of_which_nothing_was_asked_is_not_judged(tmp_path: Path) -> None:
    def gate_answer(name: spop.Value, **more: spop.Value) -> bytes:
        return told("gate-answer", id=name, headers=HEADERS, **more)

    async def scenario() -> None:
        async with agent(tmp_path, SpoeAgent) as own:
            found = await spoken(
                own, HELLO, gate_answer(None, status=200), gate_answer("c1", status=200),
                gate_answer("o1", status=200), told("other"), frames=5,
            )  # fmt: skip
            assert [one.get("action") for one in found[1:]] == [None, "block", "allow", None]
            assert found[2]["reason"] == "unreadable_state"
            (_, asked) = await spoken(own, HELLO, gate_request(), frames=2)
            *_, end = await spoken(own, HELLO, gate_answer(asked["id"], status="200"))
            assert end["status-code"] == 4

    run(scenario)


def test_an_answer_of_which_only_a_part_is_told_fails_as_configured(tmp_path: Path) -> None:
    length = spop.string("content-length") + spop.string("100") + b"\0\0"

    async def scenario() -> None:
        async with agent(tmp_path, SpoeAgent) as own:
            for target, method, action in (
                ("/people", "GET", "block"), ("/other", "GET", "allow"),
                ("/people", "HEAD", "allow"),
            ):  # fmt: skip
                question = told("gate-request", method=method, target=target, headers=HEADERS)
                _, asked = await spoken(own, HELLO, question, frames=2)
                said = told("gate-answer", id=asked["id"], status=200, headers=length, size=100,
                            body=b"{}")  # fmt: skip
                _, judged = await spoken(own, HELLO, said, frames=2)
                assert judged["action"] == action

    run(scenario)


def test_what_would_be_masked_is_told(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with agent(
            tmp_path, SpoeAgent, POLICY + '[endpoints."GET /me"]\nmask = ["*"]\n'
        ) as own:
            _, asked = await spoken(own, HELLO, gate_request("/me"), frames=2)
            said = told("gate-answer", id=asked["id"], status=200, headers=HEADERS, body=LEAK)
            _, judged = await spoken(own, HELLO, said, frames=2)
            assert (judged["action"], judged["status"]) == ("mask", 0)

    run(scenario)


class Later:
    """Stands for the state of several processes: decides a moment later."""

    gate: Any = None

    def tell(self, *told: object) -> None:
        assert len(told) == 3

    def ask(self, judge: Judge, ruling: Ruling, then: Callable[[], None]) -> None:
        judge.decide(ruling, self.gate.count(ruling.question))
        asyncio.get_running_loop().call_later(0.05, then)


def test_questions_wait_for_what_is_decided_elsewhere(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("hongxian.guards.gate.agents.spoe.MOST_PENDING", 2)

    async def scenario() -> None:
        async with agent(tmp_path, SpoeAgent) as own:
            own.host.shared = Later()  # type: ignore[assignment]
            own.host.adopt(own.host.settings)
            asked = gate_request("/people?q=13800138000")
            first, *found = await spoken(own, HELLO, asked * 5, gate_request(), frames=7)
            assert first["version"] == "2.0"
            assert [one["action"] for one in found] == ["allow"] * 6
            busy = asyncio.ensure_future(spoken(own, HELLO, asked))
            await until(lambda: any(one._due for one in own.host.clients))  # type: ignore[attr-defined]
            own.host.drain()
            assert [one.get("action") for one in await busy] == [None, "allow"]

    run(scenario)


def test_too_many_connections_and_halves_of_frames_are_ended(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with agent(tmp_path, SpoeAgent, POLICY + "[limits]\nconnections = 1\n") as own:
            half = asyncio.ensure_future(spoken(own, HELLO, gate_request()[:-3]))
            await until(lambda: any(one.deadline < 1e12 and one.session.greeted  # type: ignore[attr-defined]
                                    for one in own.host.clients))  # fmt: skip
            assert await spoken(own, HELLO) == []
            own.host.sweep(own.host.clock() + 60)
            assert (await half)[1]["status-code"] == 2

    run(scenario)


def test_an_agent_for_haproxy_has_one_worker(tmp_path: Path) -> None:
    path = tmp_path / "gate.toml"
    path.write_text(POLICY.replace("[listen]", "[listen]\nworkers = 2"), "utf-8")
    with pytest.raises(HongxianError, match="one worker"):
        SpoeAgent.check(load_live(path, SpoeAgent.needs))
