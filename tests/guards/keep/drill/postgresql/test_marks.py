from __future__ import annotations

import asyncio
import dataclasses
import threading
from pathlib import Path

import pytest
from tests.guards.keep.clusters import Cluster, cluster

from hongxian.errors import HongxianError
from hongxian.guards.keep.drill.marks import marks
from hongxian.guards.keep.drill.postgresql.marks import mark
from hongxian.guards.keep.drill.settings import SourceSettings


@pytest.fixture(scope="module")
def shop() -> Cluster:
    with cluster() as made:
        made.sql("create table orders (id serial, what text)",
                 "insert into orders (what) select 'x' from generate_series(1, 100)",
                 "create role weak login", "grant create on database postgres to weak",
                 "grant select on orders to weak")  # fmt: skip
        yield made


def settings(shop: Cluster, user: str = "me") -> SourceSettings:
    connection = shop.connection.replace("user=me", f"user={user}")
    return SourceSettings(name="shop", connection=connection,
                          queries={"n": "select count(*) from orders"})  # fmt: skip


def test_a_mark_is_of_one_moment_while_others_write(tmp_path: Path, shop: Cluster) -> None:
    ended = threading.Event()

    def writes() -> None:
        while not ended.is_set():
            shop.sql("insert into orders (what) values ('y')")

    thread = threading.Thread(target=writes)
    thread.start()
    try:
        made = [asyncio.run(mark(settings(shop), tmp_path)) for _ in range(3)]
    finally:
        ended.set()
        thread.join()
    for one in made:
        held = one.seen.tables['"public"."orders"'].rows
        assert one.exact
        assert one.seen.queries == {"n": str(held)}
        # what the marker's transaction sees of others is what was counted
        before = shop.sql(f"select count(*) from orders where xmin::text::bigint < {one.xid}")
        assert int(before) == held
    assert [one.number for one in marks(tmp_path)] == [one.number for one in made]
    assert marks(tmp_path)[0] == made[0]
    assert made[0].superuser == "me"


def test_without_the_right_to_lock_a_mark_is_not_exact(tmp_path: Path, shop: Cluster) -> None:
    shop.sql("drop schema if exists hongxian_drill cascade")
    made = asyncio.run(mark(settings(shop, "weak"), tmp_path))
    assert not made.exact
    assert made.seen.tables['"public"."orders"'].rows >= 100


@pytest.mark.parametrize("fault", ["none", "nobody", "query"])
def test_what_cannot_be_marked_is_told(tmp_path: Path, shop: Cluster, fault: str) -> None:
    own = settings(shop, "no-such" if fault == "nobody" else "me")
    if fault == "none":
        own = SourceSettings(name="shop")
    if fault == "query":
        own = dataclasses.replace(own, queries={"q": "select nothing"})
    with pytest.raises(HongxianError, match="marked"):
        asyncio.run(mark(own, tmp_path))
    assert marks(tmp_path) == []
