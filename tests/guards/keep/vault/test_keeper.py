from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from tests.guards.keep.clusters import cluster
from tests.guards.keep.vaults import DAY, Machine, store
from tests.waiting import until

from hongxian.guards.keep.vault import keeper as module
from hongxian.guards.keep.vault.alarms import Alarms
from hongxian.guards.keep.vault.keeper import Keeper
from hongxian.guards.keep.vault.postgresql.bases import bases
from hongxian.guards.keep.vault.postgresql.server import Server
from hongxian.guards.keep.vault.postgresql.source import PostgresSource
from hongxian.guards.keep.vault.settings import PostgresSettings


def test_a_server_is_kept_from_the_first_base_to_the_last_segment(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(module, "BEAT", 0.05)
    machine = Machine()
    vault = store(tmp_path, machine)
    with cluster() as shop:
        server = Server(name="shop", connection=shop.connection)
        alarms = Alarms(tmp_path / "alarms.jsonl", vault.clock.now)
        told = PostgresSettings(server=server, base_every=DAY)
        own = Keeper(vault, alarms, PostgresSource(vault, alarms, told, 2 * DAY))
        thread = threading.Thread(target=own.run, daemon=True)
        thread.start()
        until(lambda: bases(vault, "shop"))
        first = bases(vault, "shop")[0].number
        until(lambda: own.source.stream.running)
        shop.sql("create table t (id int)", "select pg_switch_wal()")
        until(own.source.stream.newest)
        for _ in range(3):
            count = len(bases(vault, "shop"))
            machine.passes(DAY + 1)
            until(lambda count=count: bases(vault, "shop")[-1:] and _more(vault, count, first))
        until(lambda: first not in {one.number for one in bases(vault, "shop")})
        own.end()
        thread.join(60)
        assert not thread.is_alive()
    log = tmp_path / "alarms.jsonl"
    told = log.read_text().splitlines() if log.exists() else []
    assert {json.loads(line)["kind"] for line in told} <= {"behind"}  # days went by in a moment


def _more(vault, count: int, first: str) -> bool:
    found = [one.number for one in bases(vault, "shop")]
    return len(found) > count or first not in found


@pytest.mark.parametrize("error", [OSError("no"), module.ProgramError("no")])
def test_a_failure_is_told_and_tried_again(tmp_path: Path, monkeypatch, error) -> None:
    vault = store(tmp_path)
    alarms = Alarms(tmp_path / "alarms.jsonl", vault.clock.now)
    settings = PostgresSettings(server=Server(name="shop", connection="host=127.0.0.1 port=1"))
    own = Keeper(vault, alarms, PostgresSource(vault, alarms, settings, DAY))

    def pull(*_: object) -> None:
        raise error

    monkeypatch.setattr(PostgresSource, "pull", pull)
    own._safely(own.base)
    told = json.loads((tmp_path / "alarms.jsonl").read_text())
    assert (told["kind"], told["source"]) == ("keeping_failed", "shop")
