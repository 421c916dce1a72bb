from __future__ import annotations

from pathlib import Path

import pytest
from tests.guards.keep.protected import USER
from tests.guards.keep.vault.postgresql.test_retention import held
from tests.guards.keep.vaults import store

from hongxian.errors import HongxianError
from hongxian.guards.keep.drill.copies import copy_all, hand_over


def test_objects_come_out_as_they_came_or_not_at_all(tmp_path: Path) -> None:
    vault = store(tmp_path / "vault")
    held(vault, "wal/a", b"one")
    held(vault, "wal/b", b"three")
    entries = list(vault.ledger.live("postgresql/shop", "wal/"))
    assert copy_all(vault, [(one, tmp_path / one.name[4:]) for one in entries]) == 8
    assert ((tmp_path / "a").read_bytes(), (tmp_path / "b").read_bytes()) == (b"one", b"three")
    path = vault.path("postgresql/shop", "wal/b")
    path.chmod(0o600)
    path.write_bytes(b"thrae")
    with pytest.raises(HongxianError, match="wal/b: is not as it came"):
        copy_all(vault, [(entries[1], tmp_path / "c")])


def test_a_folder_is_handed_over(tmp_path: Path) -> None:
    import getpass

    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "c").touch()
    hand_over(tmp_path / "a", USER or getpass.getuser())
    assert {(tmp_path / "a").owner(), (tmp_path / "a/b/c").owner()} == {USER or getpass.getuser()}
