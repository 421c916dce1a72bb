from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest
from tests.guards.keep.mariadbs import Maria, maria
from tests.guards.keep.vaults import DAY, Machine, store

from hongxian.guards.keep.programs import ProgramError
from hongxian.guards.keep.vault.alarms import Alarms
from hongxian.guards.keep.vault.mariadb.server import MariaServer
from hongxian.guards.keep.vault.mariadb.source import MariaSource
from hongxian.guards.keep.vault.settings import MariaSettings


def source(folder: Path, server: MariaServer, machine: Machine) -> MariaSource:
    vault = store(folder, machine)
    alarms = Alarms(folder / "alarms.jsonl", vault.clock.now)
    return MariaSource(vault, alarms, MariaSettings(server=server, base_every=DAY), 2 * DAY)


def test_a_dropped_database_comes_back_from_dump_and_logs(tmp_path: Path) -> None:
    machine = Machine()
    with maria() as shop:
        own = source(tmp_path / "vault", shop.server, machine)
        shop.sql("create database shop; create table shop.orders (id int primary key)")
        shop.sql("insert into shop.orders values (1), (2)")
        own.stream.look()
        own.pull()
        shop.sql("insert into shop.orders values (3); flush binary logs")
        shop.sql("insert into shop.orders values (4)")
        written = shop.place / "data" / shop.server.logs()[-1]
        spooled = own.stream.spool / written.name
        for _ in range(400):
            own.stream.look()
            if spooled.exists() and spooled.stat().st_size == written.stat().st_size:
                break
            time.sleep(0.05)
        shop.sql("drop database shop")
        own.stream.end()
    with maria() as other:
        restored(other, own, spooled)
        assert other.sql("select group_concat(id order by id) from shop.orders") == "1,2,3,4"


def restored(other: Maria, own: MariaSource, spooled: Path) -> None:
    dump = own.dumps()[-1]
    store_ = own._store
    other.sql("", store_.path(dump.entry.area, dump.entry.name).read_bytes())
    held = store_.ledger.live(own.stream.area, "binlog/")
    since = [one for one in held if one.name >= f"binlog/{dump.log}"]
    logs = [store_.path(one.area, one.name) for one in since]
    command = ["mariadb-binlog", "--no-defaults", f"--start-position={dump.position}",
               *map(str, [*logs, spooled])]  # fmt: skip
    text = subprocess.run(command, capture_output=True, check=True).stdout
    other.sql("", text[: text.index(b"drop database shop")].rpartition(b"# at ")[0])


def test_dumps_and_logs_go_when_newer_ones_cover_the_time(tmp_path: Path) -> None:
    machine = Machine()
    with maria() as shop:
        own = source(tmp_path, shop.server, machine)
        for _ in range(4):
            own.stream.look()
            own.pull()
            machine.passes(DAY)
        newest = shop.server.logs()[-1]
        for _ in range(400):
            own.stream.look()
            if (own.stream.spool / newest).exists():
                break
            time.sleep(0.05)
        dumps = own.dumps()
        own.stream.end()
        gone = {entry.name for entry in own.old()}
        assert own.latest() == dumps[-1].entry.at
    # of four dumps, the third is the newest from before the two days that are held
    assert {dump.entry.name for dump in dumps[:2]} <= gone
    assert not gone & {dump.entry.name for dump in dumps[2:]}
    assert {name for name in gone if name.startswith("binlog/")} == {
        f"binlog/log.{one:06}" for one in range(1, int(dumps[2].log[-6:]))
    }


def test_a_dump_that_cannot_be_taken_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "my.cnf").write_text("[client]\nhost=127.0.0.1\nport=1\n")
    own = source(tmp_path / "vault", MariaServer(name="s", defaults=tmp_path / "my.cnf"), Machine())
    with pytest.raises(ProgramError):
        own.pull()
    assert (own.dumps(), own.latest(), own.old()) == ([], None, [])
    assert list((tmp_path / "vault" / "incoming").iterdir()) == []
