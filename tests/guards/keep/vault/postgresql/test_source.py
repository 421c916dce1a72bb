from __future__ import annotations

from pathlib import Path

from tests.guards.keep.clusters import cluster
from tests.guards.keep.vaults import DAY, Machine, store

from hongxian.guards.keep.vault.alarms import Alarms
from hongxian.guards.keep.vault.postgresql.server import Server
from hongxian.guards.keep.vault.postgresql.source import PostgresSource
from hongxian.guards.keep.vault.settings import PostgresSettings


def test_a_server_gives_bases_which_go_in_time(tmp_path: Path) -> None:
    machine = Machine()
    vault = store(tmp_path, machine)
    with cluster() as shop:
        server = Server(name="shop", connection=shop.connection)
        alarms = Alarms(tmp_path / "alarms", vault.clock.now)
        settings = PostgresSettings(server=server, base_every=DAY, synchronous=False)
        own = PostgresSource(vault, alarms, settings, DAY)
        assert (own.name, own.base_every, own.latest(), own.old()) == ("shop", DAY, None, [])
        assert not own.stream.synchronous
        own.pull()
        first = own.latest()
        machine.passes(DAY)
        own.pull()
        machine.passes(DAY)
        assert own.latest() == first + DAY
        assert {entry.name.split("/")[1] for entry in own.old()} == {"20270115T080000000000Z"}
