from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tests.guards.gate.live.harness import GET, gated, run, until

from hongxian.guards.gate.exchange.judge import Judge
from hongxian.guards.gate.exchange.ruling import Ruling
from hongxian.guards.gate.live.settings import load_live

ONE = b"POST /m HTTP/1.1\r\nHost: x\r\nX-User: u\r\nContent-Length: %d\r\n\r\n"


def post(start: int, count: int) -> bytes:
    body = json.dumps([str(13800000000 + start + n) for n in range(count)]).encode()
    return ONE % len(body) + body


def test_what_is_remembered_outlives_a_new_policy(tmp_path: Path) -> None:
    limit = '[endpoints."POST /m".limits."basic.phone"]\ndistinct = {}\naction = "block"\n'

    async def scenario() -> None:
        async with gated(tmp_path, more=limit.format(50)) as gate:
            assert b"200 OK" in await gate.send(post(0, 20))
            path = gate.worker.settings.path
            path.write_text(path.read_text("utf-8").replace("= 50", "= 10"), "utf-8")
            gate.worker.adopt(load_live(path))
            assert b"403" in await gate.send(post(0, 1))
            gate.worker.adopt(
                replace(load_live(path), gate=replace(load_live(path).gate, windows=()))
            )
            assert len(gate.worker.gate.state) == 0

    run(scenario)


def test_what_was_asked_long_ago_counts_no_more(tmp_path: Path) -> None:
    limit = '[endpoints."POST /m".limits."basic.phone"]\ndistinct = 25\naction = "block"\n'

    async def scenario() -> None:
        async with gated(tmp_path, more=limit) as gate:
            for day, status in ((0, b"200 OK"), (0, b"403 Forbidden"), (2, b"200 OK")):
                at = 1_750_032_000.0 + day * 86_400
                gate.worker.now = lambda at=at: at  # type: ignore[misc]
                assert status in await gate.send(post(day * 1_000_000 + 7_000 * len(status), 20))

    run(scenario)


def test_draining_ends_idle_connections_and_answers_the_others(tmp_path: Path) -> None:
    asked, go = asyncio.Event(), asyncio.Event()

    async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        asked.set()
        await go.wait()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
        await reader.read()

    async def scenario() -> None:
        async with gated(tmp_path, slow) as gate:
            idle, idle_writer = await gate.open()
            busy, busy_writer = await gate.open()
            busy_writer.write(GET)
            await asked.wait()
            await until(lambda: len(gate.worker.clients) == 2)
            gate.worker.drain()
            assert await idle.read() == b""
            go.set()
            assert b"connection: close" in await busy.read()
            idle_writer.close()
            busy_writer.close()
            assert gate.worker.told()["draining"]

    run(scenario)


class Together:
    """Stands for the state of all workers: decides later."""

    gate: object = None

    def tell(self, *told: object) -> None:
        assert len(told) == 3

    def ask(self, judge: Judge, ruling: Ruling, then: Callable[[], None]) -> None:
        judge.decide(ruling, self.gate.count(ruling.question))  # type: ignore[attr-defined]
        asyncio.get_running_loop().call_later(0.05, then)


def test_requests_wait_for_what_all_workers_decide(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with gated(
            tmp_path, more='[limits]\nbody_time = "100ms"\n[log]\nwhat = "all"\n'
        ) as gate:
            gate.worker.shared = Together()  # type: ignore[assignment]
            gate.worker.adopt(gate.worker.settings)
            assert b"200 OK" in await gate.send(post(0, 1), GET)
            assert b"403" in await gate.send(post(1, 300))
            assert b"431" in await gate.send(b"x" * 40_000)
            assert b"408" in await gate.send(post(0, 1)[:-3], end=False)
            assert gate.worker.metrics.total("finding_enumeration") == 1

    run(scenario)


def test_masked_values_are_counted(tmp_path: Path) -> None:
    sent = b'{"phone":"13800138000"}'
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 23\r\n\r\n"

    async def scenario() -> None:
        async with gated(tmp_path, head + sent, '[endpoints."POST /m"]\nmask = ["*"]\n') as gate:
            await gate.send(post(0, 1))
            assert gate.worker.metrics.total("masked") == 1

    run(scenario)


def test_a_fault_in_counting_closes_what_is_closed(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with gated(tmp_path, more='[endpoints."POST /m"]\nfail = "closed"\n') as gate:

            def broken(question: object) -> None:
                raise RuntimeError(question)

            gate.worker.gate.count = broken  # type: ignore[method-assign, assignment]
            assert b"503" in await gate.send(post(0, 1))
            assert gate.worker.metrics.total("unjudged") == 1

    run(scenario)
