from __future__ import annotations

import pytest
from tests.guards.keep.clusters import cluster

from hongxian.guards.keep.programs import ProgramError
from hongxian.guards.keep.vault.postgresql.server import Server


def test_a_server_tells_who_it_is_and_what_it_keeps() -> None:
    with cluster() as shop:
        server = Server(name="shop", connection=shop.connection, slot="s")
        before = server.probe()
        assert (before.kept, before.timeline) == (None, 1)
        assert before.system == shop.sql("select system_identifier from pg_control_system()")
        server.make_slot()
        assert server.probe().kept is not None  # WAL is kept from now on
        with pytest.raises(ProgramError, match="already exists"):
            server.make_slot()
        shop.sql("create table t (id int)")
        after = server.probe()
        assert after.kept is not None
        assert after.position > before.position
    with pytest.raises(ProgramError):
        server.probe()
