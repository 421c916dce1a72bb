from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.guards.keep.clusters import Cluster, cluster
from tests.guards.keep.vaults import DAY, Machine, store

from hongxian.guards.keep.programs import ProgramError
from hongxian.guards.keep.vault.check import check
from hongxian.guards.keep.vault.postgresql.bases import bases, files, pull
from hongxian.guards.keep.vault.postgresql.server import Server


@pytest.fixture(scope="module")
def shop() -> Iterator[Cluster]:
    with cluster() as made:
        yield made


def test_a_base_is_kept_whole_under_names_that_objects_can_have(tmp_path, shop: Cluster) -> None:
    machine = Machine()
    vault = store(tmp_path, machine)
    (shop.data / ".hidden ~ 名").write_text("odd")
    server = Server(name="shop", connection=shop.connection)
    first = pull(vault, server, DAY)
    machine.passes(60)
    second = pull(vault, server, DAY)
    assert [one.number for one in bases(vault, "shop")] == [first.number, second.number]
    assert bases(vault, "shop")[0] == first
    assert first.timeline == 1
    assert len(first.segment) == 24
    assert {"pg_wal", "base/1"} <= set(first.folders)
    held = dict(files(vault, "shop", first))
    assert {"PG_VERSION", "global/pg_control", "backup_manifest", ".hidden ~ 名"} <= set(held)
    assert sum(entry.size for entry in held.values()) == first.size
    assert check(vault).whole
    assert list((tmp_path / "incoming").iterdir()) == []


def test_a_base_that_cannot_be_taken_leaves_nothing(tmp_path: Path) -> None:
    vault = store(tmp_path)
    with pytest.raises(ProgramError):
        pull(vault, Server(name="shop", connection="host=127.0.0.1 port=1"), DAY)
    assert bases(vault, "shop") == []
    assert list((tmp_path / "incoming").iterdir()) == []
