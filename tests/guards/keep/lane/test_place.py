from __future__ import annotations

import asyncio
from collections.abc import Awaitable

import pytest

from hongxian.errors import HongxianError
from hongxian.guards.keep.lane import place as module
from hongxian.guards.keep.lane.control import Snapshot
from hongxian.guards.keep.lane.judged import DESTRUCTIVE, SAFE, UNKNOWN
from hongxian.guards.keep.lane.place import Place
from hongxian.guards.keep.statements.catalog import Catalog
from hongxian.guards.keep.statements.verdict import Verdict


class Reader:
    """Gives snapshots of a server that has nothing of its own."""

    def __init__(self) -> None:
        self.count = 0
        self.fails = False
        self.gate = asyncio.Event()
        self.gate.set()

    async def read(self) -> Snapshot:
        await self.gate.wait()
        self.count += 1
        if self.fails:
            raise OSError
        return Snapshot.of(Catalog.of(server=150000))


async def made() -> tuple[Place, Reader]:
    reader = Reader()
    return Place("shop", await reader.read(), reader.read), reader


def run(work: Awaitable[None]) -> None:
    async def main() -> None:
        await work

    asyncio.run(main())


def test_definitions_count_from_when_they_are_sent() -> None:
    async def main() -> None:
        place, _ = await made()
        make = "create table public.t (a int primary key)"
        assert place.judge("insert into t values (1)").verdict == UNKNOWN
        before = place.version
        place.sent("me", make, place.judge(make))
        assert place.judge("insert into t values (1)").verdict == SAFE
        assert place.version > before
        place.sent("me", "select 1", place.judge("select 1"))
        assert len(place.pending) == 1
        place.idle("you")
        assert not place.pending[0].settled
        place.idle("me")
        await place.renewed()
        assert (place.pending, place.judge("insert into t values (1)").verdict) == ([], UNKNOWN)
        await place.close()

    run(main())


def test_open_definitions_outlast_a_snapshot() -> None:
    async def main() -> None:
        place, reader = await made()
        make = "create table public.t (a int)"
        place.sent("me", make, place.judge(make))
        await place.renewed()
        assert (len(place.pending), reader.count) == (1, 2)
        assert place.judge("insert into t values (1)").verdict == SAFE
        reader.gate.clear()
        task = place.want()
        await asyncio.sleep(0)
        assert place.want() is task
        reader.gate.set()
        await task
        assert reader.count == 4, "one that was being read does not count"

    run(main())


def test_what_is_known_to_be_safe_until_something_changes() -> None:
    async def main() -> None:
        place, _ = await made()
        for text in ("select 1", "create table t (a int)", "prepare p as select 1", "drop table t"):
            place.known(text.encode(), place.judge(text))
        place.known(b"x" * 3_000, place.judge("select 1"))
        place.known("select 'é'".encode(), place.judge("select 'é'"))
        place.known(b"select 1 -- one", place.judge("select 1 -- one"))
        assert place.shapes == {b"select \1", b"select \0"}
        assert place.safe == {b"select 1 -- one"}
        await place.renewed()
        assert (place.safe, place.shapes) == (set(), set())

    run(main())


def test_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    async def main() -> None:
        monkeypatch.setattr(module, "MOST_KNOWN", 2)
        monkeypatch.setattr(module, "MOST_SETTLED", 1)
        place, reader = await made()
        for n in range(3):
            place.known(b"select %d --" % n, place.judge("select 1 --"))
        assert place.safe == {b"select 2 --"}
        make = "create table public.t (a int)"
        place.sent("me", make, place.judge(make))
        reader.fails = True
        place.idle("me")
        with pytest.raises(HongxianError, match="cannot be read"):
            await place.room()
        assert place.failed == "OSError"
        reader.fails = False
        await place.room()
        assert (place.failed, place.pending) == ("", [])

    run(main())


def test_unknown_names_ask_for_a_snapshot_but_not_too_often(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "PAUSE", 30.0)

    async def main() -> None:
        place, reader = await made()
        unknown = place.judge("delete from nowhere")
        assert unknown.verdict == UNKNOWN
        assert await place.renewed_for_refusal(unknown)
        assert not await place.renewed_for_refusal(unknown)
        reader.fails = True
        place.sent("me", "create table t (a int)", place.judge("create table t (a int)"))
        assert not await place.renewed_for_refusal(unknown)

    run(main())


@pytest.mark.parametrize(
    ("text", "verdict"), [("drop database made", DESTRUCTIVE), ("delete from nowhere", UNKNOWN)]
)
def test_nothing_is_refused_by_a_snapshot_that_is_being_replaced(
    text: str, verdict: Verdict, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAUSE", 1e9)

    async def main() -> None:
        place, reader = await made()
        await place.renewed()
        losing = place.judge(text)
        assert losing.verdict == verdict
        assert not await place.renewed_for_refusal(losing), "it is as new as can be"
        before = reader.count
        reader.gate.clear()
        place.want()
        asked = asyncio.ensure_future(place.renewed_for_refusal(losing))
        await asyncio.sleep(0)
        reader.gate.set()
        assert await asked
        assert reader.count == before + 2, "one that was begun before does not count"
        place.want()
        assert not await place.renewed_for_refusal(place.judge("select 1"))
        await place.close()

    run(main())


def test_what_a_session_prepared_by_sql() -> None:
    async def main() -> None:
        place, _ = await made()
        assert place.judge("execute p").verdict == UNKNOWN
        assert place.judge("execute p", ["prepare p as select 1"]).verdict == SAFE

    run(main())
