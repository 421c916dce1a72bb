from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.guards.keep.clusters import Cluster, cluster
from tests.guards.keep.vaults import DAY, Machine, store
from tests.waiting import until

from hongxian.guards.keep.vault.alarms import Alarms
from hongxian.guards.keep.vault.objects import Store
from hongxian.guards.keep.vault.postgresql.server import Server
from hongxian.guards.keep.vault.postgresql.stream import Stream


@pytest.fixture(scope="module")
def shop() -> Iterator[Cluster]:
    with cluster() as made:
        made.sql("create table orders (id int)")
        yield made


class Taken:
    """A stream, and what was told about it."""

    def __init__(self, folder: Path, server: Server, machine: Machine) -> None:
        self.machine, self.vault = machine, store(folder, machine)
        self.log = folder / "alarms.jsonl"
        alarms = Alarms(self.log, self.vault.clock.now)
        self.stream = Stream(self.vault, alarms, server, DAY)

    def kinds(self) -> list[str]:
        if not self.log.exists():
            return []
        return [json.loads(line)["kind"] for line in self.log.read_text().splitlines()]

    def until(self, fits: Callable[[], bool]) -> None:
        def seen() -> bool:
            self.stream.look()
            return fits()

        until(seen, self.kinds)


@pytest.fixture
def taken(tmp_path: Path, shop: Cluster) -> Iterator[Taken]:
    machine = Machine()
    made = Taken(tmp_path, Server(name="shop", connection=shop.connection, slot="s"), machine)
    yield made
    made.stream.end()
    shop.sql("select pg_drop_replication_slot(slot_name) from pg_replication_slots")


def names(vault: Store, prefix: str = "wal/") -> list[str]:
    return [entry.name for entry in vault.ledger.live("postgresql/shop", prefix)]


def switched(shop: Cluster, times: int = 1) -> None:
    for _ in range(times):
        shop.sql("insert into orders select generate_series(1, 100)", "select pg_switch_wal()")


def test_segments_become_objects_one_behind_the_other(taken: Taken, shop: Cluster) -> None:
    taken.until(lambda: taken.stream.running)
    switched(shop, 3)
    taken.until(lambda: len(names(taken.vault)) >= 3)
    assert taken.kinds() == []
    assert len(names(taken.vault, "system/")) == 1
    shop.sql("insert into orders values (1)")

    def readable() -> bool:  # by the group of a drill: the newest, and the one being written
        paths = list(taken.stream.spool.iterdir())
        return len(paths) == 2 and all(path.stat().st_mode & 0o040 for path in paths)

    taken.until(readable)


def test_it_confirms_commits_as_a_synchronous_standby(taken: Taken, shop: Cluster) -> None:
    taken.until(lambda: taken.stream.running)
    shop.sql("alter system set synchronous_standby_names = 's'", "select pg_reload_conf()")
    shop.sql("insert into orders values (7)")
    assert shop.sql("select sync_state from pg_stat_replication") == "sync"
    shop.sql("alter system reset synchronous_standby_names", "select pg_reload_conf()")


def test_a_child_that_died_begins_again(taken: Taken, shop: Cluster) -> None:
    taken.until(lambda: taken.stream.running)
    switched(shop)
    taken.until(lambda: len(names(taken.vault)) >= 1)
    shop.sql("select pg_terminate_backend(pid, 5000) from pg_stat_replication")
    taken.until(lambda: "stream_broken" in taken.kinds())
    switched(shop)
    taken.until(lambda: len(names(taken.vault)) >= 2)
    assert "wal_gap" not in taken.kinds()


def test_a_dropped_slot_is_told_and_made_anew(taken: Taken, shop: Cluster) -> None:
    taken.until(lambda: taken.stream.running)
    switched(shop)
    taken.until(lambda: len(names(taken.vault)) >= 1)
    shop.sql("select pg_terminate_backend(pid, 5000) from pg_stat_replication",
             "select pg_drop_replication_slot('s')")  # fmt: skip
    taken.until(lambda: "slot_dropped" in taken.kinds() and taken.stream.running)
    assert shop.sql("select count(*) from pg_replication_slots") == "1"


def test_wal_that_the_server_removed_is_a_gap_and_asks_for_a_base(
    taken: Taken, shop: Cluster
) -> None:
    taken.until(lambda: taken.stream.running)
    switched(shop)
    taken.until(lambda: len(names(taken.vault)) >= 1)
    taken.stream.end()
    shop.sql("select pg_drop_replication_slot('s')")
    switched(shop, 4)
    shop.sql("checkpoint")
    switched(shop, 2)
    shop.sql("checkpoint")
    taken.until(lambda: taken.stream.base_due and taken.stream.running)
    assert "wal_gap" in taken.kinds()


def test_a_segment_that_comes_again_otherwise_is_kept_beside(taken: Taken, shop: Cluster) -> None:
    taken.until(lambda: taken.stream.running)
    switched(shop)
    taken.until(lambda: len(names(taken.vault)) >= 1)
    taken.stream.end()
    spooled = next(path for path in taken.stream.spool.iterdir() if "." not in path.name)
    data = spooled.read_bytes()
    spooled.unlink()
    spooled.write_bytes(data[:-1] + b"!")
    taken.stream.gather()
    taken.stream.gather()
    assert taken.kinds()[-1] == "wal_differs"
    assert len(names(taken.vault, "differs/")) == 1
    assert taken.vault.path("postgresql/shop", f"wal/{spooled.name}").read_bytes() == data


def test_another_system_is_not_taken(taken: Taken) -> None:
    taken.vault.ledger.append([taken.vault._entry(taken.stream.place("system/1"), "0" * 64, 0)])
    taken.stream.look()
    assert taken.kinds() == ["other_system"]
    assert not taken.stream.running


def test_a_server_that_does_not_answer_is_told(tmp_path: Path) -> None:
    machine = Machine()
    made = Taken(tmp_path, Server(name="shop", connection="host=127.0.0.1 port=1"), machine)
    made.stream.look()
    assert made.kinds() == []
    machine.passes(301)
    made.stream.look()
    assert made.kinds() == ["unreachable"]


def test_a_vault_that_is_behind_is_told(taken: Taken) -> None:
    taken.until(lambda: taken.stream.running)
    taken.stream._aim = (1 << 60, taken.vault.clock.now())
    taken.machine.passes(301)
    taken.stream.look()
    assert "behind" in taken.kinds()


def test_a_role_without_the_right_is_told(taken: Taken, shop: Cluster) -> None:
    shop.sql("create role weak login")
    weak = Server(name="shop", connection=shop.connection.replace("user=me", "user=weak"))
    taken.stream.server = weak
    taken.machine.passes(1)
    taken.stream.look()
    taken.machine.passes(301)
    taken.stream.look()
    assert taken.kinds()[0] == "unreachable"
