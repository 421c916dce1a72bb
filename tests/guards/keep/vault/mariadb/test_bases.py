from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.guards.keep.mariadbs import Maria, caught_up, maria
from tests.guards.keep.vaults import DAY, Machine, store

from hongxian.errors import HongxianError
from hongxian.guards.keep.programs import ProgramError
from hongxian.guards.keep.vault.alarms import Alarms
from hongxian.guards.keep.vault.check import check
from hongxian.guards.keep.vault.mariadb.bases import Base, bases, pull
from hongxian.guards.keep.vault.mariadb.server import MariaServer
from hongxian.guards.keep.vault.mariadb.stream import BinlogStream
from hongxian.guards.keep.vault.mariadb.xbstream import unpack
from hongxian.guards.keep.vault.objects import Store

NOBODY = MariaServer(name="shop", defaults=Path("none"))


def test_a_dropped_database_comes_back_from_dump_and_logs(tmp_path: Path) -> None:
    with maria() as shop:
        vault = store(tmp_path / "vault")
        stream = BinlogStream(vault, Alarms(tmp_path / "log", vault.clock.now), shop.server, DAY)
        shop.sql("create database shop; create table shop.orders (id int primary key)")
        shop.sql("insert into shop.orders values (1), (2)")
        stream.look()
        pull(vault, shop.server, DAY)
        shop.sql("insert into shop.orders values (3); flush binary logs")
        shop.sql("insert into shop.orders values (4)")
        shop.sql("drop database shop")
        spooled = caught_up(stream, shop)
        stream.end()
    with maria() as other:
        restored(other, vault, bases(vault, "shop")[-1], spooled)
        assert other.sql("select group_concat(id order by id) from shop.orders") == "1,2,3,4"


def restored(other: Maria, vault: Store, base: Base, spooled: Path) -> None:
    other.sql("", vault.path(base.entry.area, base.entry.name).read_bytes())
    held = vault.ledger.live("mariadb/shop", "binlog/")
    since = [one for one in held if one.name >= f"binlog/{base.log}"]
    logs = [vault.path(one.area, one.name) for one in since]
    command = ["mariadb-binlog", "--no-defaults", f"--start-position={base.position}",
               *map(str, [*logs, spooled])]  # fmt: skip
    text = subprocess.run(command, capture_output=True, check=True).stdout
    other.sql("", text[: text.index(b"drop database shop")].rpartition(b"# at ")[0])


def test_a_copy_of_files_is_kept_and_names_its_log(tmp_path: Path) -> None:
    machine = Machine()
    vault = store(tmp_path / "vault", machine)
    with maria() as shop:
        shop.sql("create database shop; create table shop.orders (id int primary key)")
        pull(vault, shop.copied, DAY)
        machine.passes(60)
        pull(vault, shop.server, DAY)
        log, position = shop.sql("show master status").split()[:2]
    files, dump = bases(vault, "shop")
    assert (files.files, dump.files) == (True, False)
    assert files.number < dump.number
    assert files.log < dump.log == log
    assert files.position > 4
    assert int(position) >= dump.position
    assert check(vault).whole
    with vault.open("mariadb/shop", files.entry.name) as source:
        assert unpack(source, tmp_path / "vault" / "incoming") > 1 << 20
    assert (tmp_path / "vault" / "incoming" / "ibdata1").exists()


def test_a_base_that_cannot_be_taken_leaves_nothing(tmp_path: Path) -> None:
    vault = store(tmp_path / "vault")
    (tmp_path / "my.cnf").write_text("[client]\nhost=127.0.0.1\nport=1\n")
    nowhere = MariaServer(name="shop", defaults=tmp_path / "my.cnf")
    for server in (nowhere, replace(nowhere, backup=("/no/such/program",))):
        with pytest.raises(ProgramError):
            pull(vault, server, DAY)
    assert bases(vault, "shop") == []
    assert list((tmp_path / "vault" / "incoming").iterdir()) == []


def printed(code: str) -> MariaServer:
    """Return a server whose copies are what a program of our own prints."""
    lines = "import sys; from tests.guards.keep.vault.mariadb.test_xbstream import part, ended\n"
    code = f"{lines}out = sys.stdout.buffer.write\n{code}"
    return replace(NOBODY, backup=(sys.executable, "-c", code))


INFO = 'out(part(b"xtrabackup_info", b"") + ended(b"xtrabackup_info"))\n'
CHECKPOINTS = 'out(part(b"mariadb_backup_checkpoints", b"backup_type = full-backuped\\n"))\n'
END = 'out(ended(b"mariadb_backup_checkpoints"))\n'


@pytest.mark.parametrize(
    ("code", "error", "reason"),
    [
        ("sys.exit(3)", ProgramError, "3"),
        ("out(b'XBST'); sys.stdout.flush(); sys.exit('no space left')", ProgramError, "no space"),
        ("out(b'junk' * 99_999)", HongxianError, "header"),
        (INFO, HongxianError, "info"),
        (CHECKPOINTS.replace("full-backuped", "incremental") + END + INFO, HongxianError, "info"),
        (CHECKPOINTS + END + INFO, HongxianError, "binlog_info"),
        (CHECKPOINTS + INFO, HongxianError, "mariadb_backup_checkpoints"),
    ],
)
def test_a_copy_that_is_not_whole_is_none(tmp_path: Path, code: str, error, reason: str) -> None:
    vault = store(tmp_path / "vault")
    with pytest.raises(error, match=reason):
        pull(vault, printed(code), DAY)
    assert list(vault.ledger.live("mariadb/shop")) == []
    assert list((tmp_path / "vault" / "incoming").iterdir()) == []


def test_a_copy_counts_with_what_is_told_beside_it_alone(tmp_path: Path) -> None:
    vault = store(tmp_path / "vault")
    told = 'out(part(b"xtrabackup_binlog_info", b"log.000007\\t42\\t0-1-3\\n"))\n'
    end = 'out(ended(b"xtrabackup_binlog_info"))\n'
    pull(vault, printed(CHECKPOINTS + END + told + end + INFO), DAY)
    [base] = bases(vault, "shop")
    assert (base.log, base.position) == ("log.000007", 42)
    with vault.open("mariadb/shop", base.entry.name) as source:
        assert io.BytesIO(source.read()).read(8) == b"XBSTCK01"
    vault.path("mariadb/shop", base.entries[1].name).unlink()
    assert bases(vault, "shop") == []
