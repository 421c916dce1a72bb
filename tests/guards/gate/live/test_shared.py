from __future__ import annotations

import asyncio
import json
import select
import signal
import time
from contextlib import asynccontextmanager
from typing import Any

from tests.guards.gate.live.harness import run, until
from tests.guards.gate.live.redis_server import Redis, redis
from tests.waiting import SECONDS

from hongxian.guards.gate.core import Gate
from hongxian.guards.gate.exchange.callers import Callers
from hongxian.guards.gate.exchange.judge import Judge
from hongxian.guards.gate.exchange.parts import Answer, Request
from hongxian.guards.gate.exchange.ruling import Ruling
from hongxian.guards.gate.exchange.settings import ExchangeSettings
from hongxian.guards.gate.live import shared as module
from hongxian.guards.gate.live.redis_link import RedisLink, RedisPlace
from hongxian.guards.gate.live.settings import StateSettings
from hongxian.guards.gate.live.shared import Shared
from hongxian.guards.gate.policy import EndpointRule, GatePolicy

SECRET = b"s" * 32
RULE = EndpointRule(pattern="POST /m", fail="closed")


def hits(gate: Gate) -> set[int]:
    return {track.whole.hits for _, track in gate.state.of("POST /m", ["account"])}


def numbers(gate: Gate) -> set[int]:
    tracks = gate.state.of("POST /m", ["account"])
    return {len(track.whole.numbers) for _, track in tracks}


class Member:
    """One of several workers."""

    def __init__(self, address: str, lost: str = "local", timeout: float = 1.0) -> None:
        self.gate = Gate(GatePolicy(mode="enforce", endpoints=(RULE,)), SECRET)
        self.lost = 0
        self.events: list[tuple[str, dict[str, Any]]] = []
        told = StateSettings(redis=address, lost=lost, timeout=timeout)
        self.shared = Shared(told, self._gone, self._event)
        settings = ExchangeSettings(callers=Callers({"account": ["header:x-user"]}))
        self.judge = Judge(settings, self.gate, self.shared.tell)

    def _gone(self) -> None:
        self.lost += 1

    def _event(self, event: str, **values: Any) -> None:
        self.events.append((event, values))

    async def ask(self, number: int, user: str = "u", count: int = 1) -> Ruling:
        body = json.dumps([str(13800000000 + number + n) for n in range(count)]).encode()
        ruling = self.judge.question(Request(
            method="POST", target="/m", headers=[(b"x-user", user.encode())], body=body,
            peer="1.1.1.1", at=1_750_000_000.0 + number / 100,
        ))  # fmt: skip
        done = asyncio.Event()
        self.shared.ask(self.judge, ruling, done.set)
        await done.wait()
        return ruling


@asynccontextmanager
async def members(address: str, count: int = 2, **told: Any) -> Any:
    made = [Member(address, **told) for _ in range(count)]
    for one in made:
        await one.shared.start(one.gate)
    try:
        yield made
    finally:
        for one in made:
            if one.shared._link is not None:
                one.shared._link.close()
            one.shared._link = None
            await one.shared.stop()
        await asyncio.sleep(0.01)


def test_several_workers_decide_as_one_would() -> None:
    async def scenario() -> None:
        async with redis() as server, members(server.address, 3) as workers:
            alone = Gate(workers[0].gate.policy, SECRET)
            for number in range(300):
                ruling = await workers[number % 3].ask(number)
                assert ruling.seen is not None
                assert alone.ask(ruling.seen).findings == ruling.decision.findings
            assert ruling.action == "block"
            whole = alone.state.dump()
            await until(lambda: all(one.gate.state.dump() == whole for one in workers))

    run(scenario)


def test_answers_are_told_to_all() -> None:
    async def scenario() -> None:
        async with redis() as server, members(server.address) as (one, other):
            ruling = await one.ask(1)
            headers = [(b"content-type", b"application/json")]
            one.judge.answer(
                ruling, Answer(status=200, headers=headers, body=b'{"a":"13800000001"}')
            )
            await until(lambda: hits(one.gate) == hits(other.gate) == {1})

    run(scenario)


def test_many_questions_at_once_are_all_decided() -> None:
    async def scenario() -> None:
        async with redis() as server, members(server.address) as workers:
            asks = [workers[n % 2].ask(n, user=f"u{n % 7}") for n in range(400)]
            assert len(await asyncio.gather(*asks)) == 400
            first, second = (one.gate.state for one in workers)
            await until(lambda: first.dump() == second.dump())

    run(scenario)


def test_a_worker_that_starts_knows_what_the_others_know(monkeypatch) -> None:
    monkeypatch.setattr(module, "READ", 7)

    async def scenario() -> None:
        async with redis() as server, members(server.address, 1) as (first,):
            for number in range(40):
                await first.ask(number)
            first.shared._snapshots.write(first.gate, first.shared._cursor, first.shared._seen)
            for number in range(40, 60):
                await first.ask(number)
            async with members(server.address, 1) as (second,):
                assert second.gate.state.dump() == first.gate.state.dump()

    run(scenario)


def test_without_redis_each_worker_counts_alone_and_catches_up(monkeypatch) -> None:
    monkeypatch.setattr(module, "RETRY", 0.05)

    async def scenario() -> None:
        async with redis() as server, members(server.address) as (one, other):
            await one.ask(0)
            await until(lambda: len(other.gate.state) == len(one.gate.state))
            server.stop()
            for number in range(1, 30):
                await one.ask(number)
            one.shared.tell((await one.ask(30)).question, 1, 1)
            assert one.lost >= 1
            again = Redis(server.port)
            await again.start()
            await until(lambda: None not in (one.shared._link, other.shared._link))
            await one.ask(31)
            await until(lambda: numbers(other.gate) == {32})
            assert [event for event, _ in one.events] == ["state_lost", "state_back"]
            assert one.events[0][1]["lost"] == "local"
            assert one.events[1][1]["untold"] == 31
            again.stop()

    run(scenario)


def test_without_redis_closed_endpoints_stay_closed_if_the_policy_says_so() -> None:
    async def scenario() -> None:
        async with members("redis://127.0.0.1:1", 1, lost="closed") as (one,):
            ruling = await one.ask(1)
            assert (ruling.reason, ruling.action) == ("state", "block")
        async with members("redis://127.0.0.1:1", 1) as (one,):
            assert (await one.ask(1)).action == "allow"

    run(scenario)


def asked(gate: Gate) -> list[tuple[int, int]]:
    tracks = gate.state.of("POST /m", ["account"])
    return [(track.whole.requests, len(track.whole.numbers)) for _, track in tracks]


def test_what_is_sent_again_is_counted_once(monkeypatch) -> None:
    monkeypatch.setattr(module, "RETRY", 0.05)

    async def scenario() -> None:
        async with redis() as server, members(server.address, timeout=2.0) as (one, other):
            server.process.send_signal(signal.SIGSTOP)
            for number in range(8):  # the first of them are on their way, the others wait
                await one.ask(number)
            server.process.send_signal(signal.SIGCONT)
            await until(lambda: one.shared._link is not None)
            await one.ask(8)
            await until(lambda: asked(other.gate) == [(9, 9)])
            assert asked(one.gate) == [(9, 9)]
            assert [event for event, _ in one.events] == ["state_lost", "state_back"]
            before = other.gate.state.dump()
            rows = await one.shared._link.call("XRANGE", module.STREAM, "-", "+")
            other.shared._took(rows)  # all of it once more
            assert other.gate.state.dump() == before

    run(scenario)


def test_a_redis_whose_clock_is_behind_goes_on() -> None:
    async def scenario() -> None:
        async with redis() as server, members(server.address) as (one, other):
            await one.ask(0)
            await until(lambda: asked(other.gate) == [(1, 1)])
            for worker in (one, other):
                worker.shared._cursor = b"9999999999999-0"  # as after a Redis whose clock was ahead
            await one.ask(1)
            await other.ask(2)
            await until(lambda: asked(one.gate) == asked(other.gate) == [(3, 3)])
            assert one.lost == 0

    run(scenario)


def test_an_answer_that_is_there_when_we_are_late_is_no_loss() -> None:
    async def scenario() -> None:
        async with redis() as server, members(server.address, 1, timeout=0.02) as (one,):
            task = asyncio.ensure_future(one.ask(0))
            await asyncio.sleep(0)
            link = one.shared._link._transport.get_extra_info("socket")
            select.select([link], [], [], SECONDS)  # this process is held up, not Redis
            time.sleep(0.1)  # noqa: ASYNC251 - beyond the time
            await task
            assert (one.lost, one.events) == (0, [])

    run(scenario)


def test_a_redis_that_stalls_at_the_start_keeps_nobody_waiting(monkeypatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.1)

    async def scenario() -> None:
        async with redis() as server:
            server.process.send_signal(signal.SIGSTOP)
            async with members(server.address, 1) as (one,):
                assert (await one.ask(1)).reason == ""
                assert one.events == [("state_lost", {"reason": "timeout", "lost": "local"})]
            server.process.send_signal(signal.SIGCONT)

    run(scenario)


def test_a_redis_that_refuses_what_is_needed_is_left_again_and_again(monkeypatch) -> None:
    monkeypatch.setattr(module, "RETRY", 0.01)

    async def scenario() -> None:
        refuses = redis("--rename-command", "SCRIPT", "")
        async with refuses as server, members(server.address, 1) as (one,):
            await until(lambda: one.lost > 5)
            assert [event for event, _ in one.events] == ["state_lost"]
            link = await RedisLink.dial(RedisPlace.read(server.address), lambda: None, 1.0)
            told = (await link.call("INFO", "clients")).decode()
            count = int(told.partition("connected_clients:")[2].split()[0])
            assert count <= 3  # none of those that were of no use is kept
            link.close()

    run(scenario)


def test_a_redis_that_stalls_holds_nobody_up() -> None:
    async def scenario() -> None:
        async with redis() as server, members(server.address, 1, timeout=0.05) as (one,):
            await one.ask(0)
            server.process.send_signal(signal.SIGSTOP)
            ruling = await one.ask(1)
            assert ruling.action == "allow"
            assert one.lost >= 1
            server.process.send_signal(signal.SIGCONT)

    run(scenario)


def test_questions_for_a_redis_that_is_gone_are_bounded(monkeypatch) -> None:
    monkeypatch.setattr(module, "MOST_UNSENT", 5)

    async def scenario() -> None:
        async with members("redis://127.0.0.1:1", 1) as (one,):
            for number in range(20):
                await one.ask(number)
            assert len(one.shared._mine) <= 5

    run(scenario)


def test_a_fault_of_ours_closes_what_is_closed() -> None:
    async def scenario() -> None:
        async with redis() as server, members(server.address, 1) as (one,):

            def broken(question: object) -> None:
                raise RuntimeError(question)

            one.gate.count = broken
            assert ((await one.ask(1)).reason) == "error"
            nothing = one.judge.question(
                Request(method="GET", target="/", headers=[], peer="1.1.1.1", at=1.0)
            )
            done = asyncio.Event()
            one.shared.ask(one.judge, nothing, done.set)
            assert done.is_set()

    run(scenario)


def test_what_is_remembered_is_saved_now_and_then(monkeypatch) -> None:
    monkeypatch.setattr(module, "IDLE", 0.02)

    async def scenario() -> None:
        async with redis() as server, members(server.address, 1) as (one,):
            await one.ask(1)
            one.shared._snapshots._next = 1e-9
            while await one.shared._link.call("EXISTS", module.STATE) != 1:  # noqa: ASYNC110 - another process writes it
                await asyncio.sleep(0.02)

    run(scenario)


def test_at_the_end_it_is_saved_too() -> None:
    async def scenario() -> None:
        async with redis() as server:
            one = Member(server.address)
            await one.shared.start(one.gate)
            await one.ask(1)
            await one.shared.stop()
            async with members(server.address, 1) as (other,):
                while await other.shared._link.call("EXISTS", module.STATE) != 1:  # noqa: ASYNC110 - another process writes it
                    await asyncio.sleep(0.02)
                assert len(other.gate.state) == len(one.gate.state)

    run(scenario)
