from __future__ import annotations

import dataclasses
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.guards.keep.mariadbs import Maria, maria

from hongxian.errors import HongxianError
from hongxian.guards.keep.drill.mariadb.marks import mark
from hongxian.guards.keep.drill.marks import marks
from hongxian.guards.keep.drill.settings import MariaTried

ORDERS = "`shop`.`orders`"


@pytest.fixture(scope="module")
def shop() -> Iterator[Maria]:
    with maria() as made:
        made.sql("create database shop; create table shop.orders (id int primary key "
                 "auto_increment, what text); insert into shop.orders (what) values ('x'), ('x');"
                 "create user weak@'127.0.0.1'; grant select on shop.* to weak@'127.0.0.1';"
                 "grant binlog monitor on *.* to weak@'127.0.0.1';"
                 "grant create, insert, select "
                 "on hongxian_drill.* to weak@'127.0.0.1'")  # fmt: skip
        yield made


def settings(shop: Maria) -> MariaTried:
    return MariaTried(name="shop", defaults=shop.server.defaults,
                      queries={"n": "select count(*) from shop.orders"})  # fmt: skip


def test_a_mark_is_of_one_moment_while_others_write(tmp_path: Path, shop: Maria) -> None:
    ended, wrote = threading.Event(), threading.Semaphore(0)

    def writes() -> None:
        while not ended.is_set():
            shop.sql("insert into shop.orders (what) values ('y')")
            wrote.release()

    thread = threading.Thread(target=writes)
    thread.start()
    try:
        assert wrote.acquire(timeout=60)
        made = [mark(settings(shop), tmp_path) for _ in range(3)]
    finally:
        ended.set()
        thread.join()
    assert marks(tmp_path) == made
    for one in made:
        held = one.seen.tables[ORDERS].rows
        assert one.exact
        assert one.seen.queries == {"n": str(held)}
        # as many rows stand in the log before the marker's position as were counted
        log, _, position = one.position.partition(":")
        events = shop.sql(f"show binlog events in '{log}'").splitlines()
        before = [line for line in events if int(line.split("\t")[1]) < int(position)]
        assert sum("values ('y')" in line for line in before) + 2 == held


def test_without_the_right_to_lock_a_mark_is_not_exact(tmp_path: Path, shop: Maria) -> None:
    mark(settings(shop), tmp_path / "first")
    weak = tmp_path / "weak.cnf"
    weak.write_text(f"[client]\nhost=127.0.0.1\nport={shop.port}\nuser=weak\n")
    made = mark(dataclasses.replace(settings(shop), defaults=weak), tmp_path / "second")
    assert not made.exact
    assert made.seen.tables[ORDERS].rows >= 2


@pytest.mark.parametrize("fault", ["none", "gone", "nobody", "query", "no log"])
def test_what_cannot_be_marked_is_told(tmp_path: Path, shop: Maria, fault: str) -> None:
    own = settings(shop)
    if fault == "none":
        own = MariaTried(name="shop")
    if fault == "query":
        own = dataclasses.replace(own, queries={"q": "select nothing"})
    if fault == "gone":
        own = dataclasses.replace(own, defaults=tmp_path / "gone")
    if fault == "nobody":
        (tmp_path / "my.cnf").write_text("[client]\nhost=127.0.0.1\nport=1\n")
        own = dataclasses.replace(own, defaults=tmp_path / "my.cnf")
    if fault == "no log":
        with maria("--skip-log-bin") as other:
            own = dataclasses.replace(own, defaults=other.server.defaults)
            with pytest.raises(HongxianError, match="marked"):
                mark(own, tmp_path / "marks")
        return
    with pytest.raises(HongxianError, match="No such file" if fault == "gone" else "marked"):
        mark(own, tmp_path / "marks")
    assert marks(tmp_path / "marks") == []
