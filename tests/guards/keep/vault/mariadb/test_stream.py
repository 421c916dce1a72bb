from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.guards.keep.mariadbs import Maria, maria
from tests.guards.keep.vaults import DAY, Machine, store
from tests.waiting import until

from hongxian.guards.keep.vault.alarms import Alarms
from hongxian.guards.keep.vault.mariadb.server import MariaServer
from hongxian.guards.keep.vault.mariadb.stream import BinlogStream, number


@pytest.fixture(scope="module")
def shop() -> Iterator[Maria]:
    with maria() as made:
        made.sql("create database shop; create table shop.orders (id int)")
        yield made


class Taken:
    """A stream, and what was told about it."""

    def __init__(self, folder: Path, server: MariaServer) -> None:
        self.machine = Machine()
        self.vault, self.log = store(folder, self.machine), folder / "alarms.jsonl"
        alarms = Alarms(self.log, self.vault.clock.now)
        self.stream = BinlogStream(self.vault, alarms, server, DAY)

    def kinds(self) -> list[str]:
        if not self.log.exists():
            return []
        return [json.loads(line)["kind"] for line in self.log.read_text().splitlines()]

    def names(self, prefix: str = "binlog/") -> list[str]:
        return [entry.name for entry in self.vault.ledger.live("mariadb/shop", prefix)]

    def until(self, fits: Callable[[], bool]) -> None:
        def seen() -> bool:
            self.stream.look()
            return fits()

        until(seen, lambda: (self.kinds(), self.names()))


@pytest.fixture
def taken(tmp_path: Path, shop: Maria) -> Iterator[Taken]:
    made = Taken(tmp_path, shop.server)
    yield made
    made.stream.end()


def test_logs_become_objects_and_the_newest_is_there_at_once(taken: Taken, shop: Maria) -> None:
    newest = shop.server.logs()[-1]
    taken.until((taken.stream.spool / newest).exists)
    shop.sql("insert into shop.orders values (424242)")
    written = (shop.place / "data" / newest).stat().st_size
    taken.until(lambda: (taken.stream.spool / newest).stat().st_size == written)
    copy, own = (taken.stream.spool / newest).read_bytes(), shop.place / "data" / newest
    assert copy[22:] == own.read_bytes()[22:]  # byte 21 says that the server still writes it
    shop.sql("flush binary logs")
    taken.until(lambda: f"binlog/{newest}" in taken.names())
    assert taken.kinds() == []


def test_a_child_that_died_begins_again_and_loses_nothing(taken: Taken, shop: Maria) -> None:
    newest = shop.server.logs()[-1]
    taken.until((taken.stream.spool / newest).exists)
    ids = "select id from information_schema.processlist where command like 'Binlog%' order by id"
    shop.sql("kill " + shop.sql(ids).splitlines()[-1])
    taken.until(lambda: "stream_broken" in taken.kinds() and taken.stream.running)
    assert [name.partition("-")[0] for name in taken.names("begun/")] == [f"begun/{newest}"]
    shop.sql("flush binary logs")
    taken.until(lambda: f"binlog/{newest}" in taken.names())


def test_a_server_that_begins_anew_does_not_replace_what_is_held(taken: Taken, shop: Maria) -> None:
    shop.sql("flush binary logs; flush binary logs; flush binary logs")  # beyond what comes anew
    newest = shop.server.logs()[-1]
    taken.until((taken.stream.spool / newest).exists)
    held = {name: taken.vault.path("mariadb/shop", name).read_bytes() for name in taken.names()}
    taken.stream.end()
    taken.stream._child = None
    shop.sql("reset master; insert into shop.orders values (1); flush binary logs")
    taken.until(lambda: {"wal_gap", "wal_differs"} <= set(taken.kinds()))
    assert taken.stream.base_due
    assert taken.names("differs/")
    for name, data in held.items():
        assert taken.vault.path("mariadb/shop", name).read_bytes() == data


@pytest.mark.parametrize("more", [0, 10])
def test_new_logs_that_reach_the_old_number_are_told_apart(
    taken: Taken, shop: Maria, more: int
) -> None:
    newest = shop.server.logs()[-1]
    taken.until((taken.stream.spool / newest).exists)
    shop.sql("insert into shop.orders values (7)")
    written = (shop.place / "data" / newest).stat().st_size
    taken.until(lambda: (taken.stream.spool / newest).stat().st_size == written)
    taken.stream.end()
    shop.sql("reset master")
    for _ in range(number(newest) - 1):
        shop.sql("flush binary logs")
    for _ in range(more):
        shop.sql("insert into shop.orders values (8)")
    shop.sql("flush binary logs")
    assert newest in shop.server.logs()
    taken.until(lambda: "wal_gap" in taken.kinds() and f"binlog/{newest}" in taken.names())
    assert taken.stream.base_due
    assert len(taken.names("begun/")) == 1
    own = shop.place / "data" / newest
    kept = taken.vault.path("mariadb/shop", f"binlog/{newest}").read_bytes()
    assert kept[22:] == own.read_bytes()[22:]


def test_a_server_that_does_not_answer_is_told(tmp_path: Path) -> None:
    (tmp_path / "my.cnf").write_text("[client]\nhost=127.0.0.1\nport=1\n")
    made = Taken(tmp_path / "vault", MariaServer(name="shop", defaults=tmp_path / "my.cnf"))
    made.stream.look()
    made.machine.passes(301)
    made.stream.look()
    made.stream.end()
    assert made.kinds() == ["unreachable"]


def test_logs_are_numbered() -> None:
    assert number("binlog/mysql-bin.000042") == 42
