from __future__ import annotations

import asyncio

from hongxian.guards.keep.lane.mysql.place import ServerPlace, ServerSnapshot
from hongxian.guards.keep.statements.catalog import Catalog, Column, Relation
from hongxian.guards.keep.statements.verdict import Verdict

TABLE = Relation("s", "t", rows=9, columns=(Column("a", "int"),), keys=(("a",),))


def test_texts_are_judged_as_a_session_reads_them() -> None:
    snapshot = ServerSnapshot(Catalog.of(relations=[TABLE]))
    place = ServerPlace("*", snapshot, None)  # type: ignore[arg-type]
    text = 'delete from t where "a" = 5'
    assert place.by(text, frozenset()).verdict is Verdict.DESTRUCTIVE
    assert place.by(text, frozenset({"ANSI_QUOTES"})).verdict is Verdict.SAFE
    assert place.judge("set sql_mode = @a").verdict == Verdict.SAFE
    assert snapshot.after("drop table t") is snapshot


def test_it_is_behind_until_what_was_defined_is_read() -> None:
    async def work() -> None:
        first, second = ServerSnapshot(Catalog.of()), ServerSnapshot(Catalog.of(relations=[TABLE]))

        async def read() -> ServerSnapshot:
            await asyncio.sleep(0)
            return second

        place, owner = ServerPlace("*", first, read), object()
        place.sent(owner, "create table t (a int)", place.by("create table t (a int)", frozenset()))
        assert not place.behind
        place.idle(owner)
        assert place.behind
        await place.renewed()
        assert (place.behind, place.base) == (False, second)
        place.sent(owner, "select 1", place.by("select 1", frozenset()))
        assert place.pending == []

    asyncio.run(work())
