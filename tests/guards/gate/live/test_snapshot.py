from __future__ import annotations

import asyncio
import time

import msgpack
import pytest
from tests.guards.gate.live.harness import run, until
from tests.guards.gate.live.redis_server import redis

from hongxian.guards.gate.core import Gate
from hongxian.guards.gate.live import snapshot as module
from hongxian.guards.gate.live.redis_link import RedisLink, RedisPlace
from hongxian.guards.gate.live.snapshot import EVERY, STATE, STREAM, Snapshots
from hongxian.guards.gate.policy import GatePolicy
from hongxian.signals.observation import Identifier, Observation


def gate() -> Gate:
    made = Gate(GatePolicy(), b"s" * 32)
    made.ask(Observation(at=1.0, endpoint="GET /", principals={"account": "a"},
                         identifiers=(Identifier("basic.phone", "13800138000"),)))  # fmt: skip
    return made


def test_what_is_saved_can_be_loaded_and_older_questions_go() -> None:
    async def scenario() -> None:
        async with redis() as server:
            place = RedisPlace.read(server.address)
            link = await RedisLink.dial(place, lambda: None, 3.0)
            ids = [await link.call("XADD", STREAM, "*", "e", b"x") for _ in range(500)]
            snapshots = Snapshots(place)
            for cursor in (ids[300], ids[499]):
                snapshots.save(gate(), cursor, {b"a": 7})
                await until(lambda: not snapshots.due(0.0) and not snapshots._child)
            assert 199 <= await link.call("XLEN", STREAM) < 500
            loaded = Gate(GatePolicy(), b"s" * 32)
            assert snapshots.load(loaded, await link.call("GET", STATE)) == (ids[499], {b"a": 7})
            assert loaded.state.dump() == gate().state.dump()
            link.close()
            await asyncio.sleep(0.01)

    run(scenario)


def test_it_is_time_to_save_only_after_a_while() -> None:
    snapshots = Snapshots(RedisPlace.read("redis://127.0.0.1:1"))
    now = time.monotonic()
    assert [snapshots.due(now), snapshots.due(now + 1), snapshots.due(now + EVERY + 1)] == [
        False, False, True
    ]  # fmt: skip


def test_what_is_something_else_is_no_state() -> None:
    snapshots = Snapshots(RedisPlace.read("redis://127.0.0.1:1"))
    for data in (b"", b"\xc1", msgpack.packb([1]), msgpack.packb([b"1-1", b"x"]), msgpack.packb(3)):
        assert snapshots.load(gate(), data) == (b"0-0", {})


class Exited(Exception):  # noqa: N818 - it stands for the end of a process
    pass


def exits(code: int) -> None:
    raise Exited(code)


def test_the_process_that_saves_ends_whatever_happens(monkeypatch) -> None:
    monkeypatch.setattr(module.os, "fork", lambda: 0)
    monkeypatch.setattr(module.os, "nice", lambda _: 0)
    monkeypatch.setattr(module.signal, "alarm", lambda _: 0)
    monkeypatch.setattr(module.os, "_exit", exits)
    with pytest.raises(Exited):
        Snapshots(RedisPlace.read("redis://127.0.0.1:1")).save(gate(), b"1-1", {})


def test_what_is_written_here_can_be_loaded() -> None:
    async def scenario() -> None:
        async with redis() as server:
            place = RedisPlace.read(server.address)
            snapshots = Snapshots(place)
            for before in (b"", b"1-1"):
                snapshots._before = before
                await asyncio.to_thread(snapshots.write, gate(), b"2-2", {})
            link = await RedisLink.dial(place, lambda: None, 3.0)
            assert snapshots.load(gate(), await link.call("GET", STATE)) == (b"2-2", {})
            link.close()
            await asyncio.sleep(0.01)

    run(scenario)


def test_a_process_that_somebody_else_has_waited_for_is_forgotten() -> None:
    snapshots = Snapshots(RedisPlace.read("redis://127.0.0.1:1"))
    snapshots._child = 2**22 + 7
    snapshots.due(0.0)
    assert snapshots._child == 0
