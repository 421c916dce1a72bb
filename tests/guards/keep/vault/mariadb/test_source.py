from __future__ import annotations

from pathlib import Path

import pytest
from tests.guards.keep.mariadbs import caught_up, maria
from tests.guards.keep.vaults import DAY, Machine, store

from hongxian.guards.keep.programs import ProgramError
from hongxian.guards.keep.vault.alarms import Alarms
from hongxian.guards.keep.vault.mariadb.bases import bases
from hongxian.guards.keep.vault.mariadb.server import MariaServer
from hongxian.guards.keep.vault.mariadb.source import MariaSource
from hongxian.guards.keep.vault.settings import MariaSettings


def source(folder: Path, server: MariaServer, machine: Machine) -> MariaSource:
    vault = store(folder, machine)
    alarms = Alarms(folder / "alarms.jsonl", vault.clock.now)
    return MariaSource(vault, alarms, MariaSettings(server=server, base_every=DAY), 2 * DAY)


def test_dumps_and_logs_go_when_newer_ones_cover_the_time(tmp_path: Path) -> None:
    machine = Machine()
    with maria() as shop:
        own = source(tmp_path, shop.server, machine)
        for _ in range(4):
            own.stream.look()
            own.pull()
            machine.passes(DAY)
        newest = shop.server.logs()[-1]
        assert caught_up(own.stream, shop).name == newest
        dumps = bases(own._store, "shop")
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
    assert (own.latest(), own.old()) == (None, [])


def test_what_is_left_of_a_broken_off_base_goes(tmp_path: Path) -> None:
    machine = Machine()
    own = source(tmp_path, MariaServer(name="shop", defaults=tmp_path / "my.cnf"), machine)
    for name in ("base/1.mbstream", "base/2.sql", "base/3.mbstream"):
        if name.endswith(".sql"):
            machine.passes(60)
        incoming = own._store.incoming(own.stream.place(name))
        incoming.write(b"-- MASTER_LOG_FILE='log.000001', MASTER_LOG_POS=4")
        incoming.keep()
        incoming.close()
        machine.passes(60)
    machine.passes(3 * DAY)
    assert [entry.name for entry in own.old()] == ["base/1.mbstream"]
    assert own.latest() == bases(own._store, "shop")[0].entry.at
