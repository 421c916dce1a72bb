from __future__ import annotations

import sqlite3
from pathlib import Path

from tests.guards.keep.vault.test_objects import put
from tests.guards.keep.vaults import store

from hongxian.guards.keep.vault.check import check


def test_the_first_altered_object_is_pointed_at(tmp_path: Path) -> None:
    vault = store(tmp_path)
    for name in ("x", "y", "z", "w"):
        put(vault, name, name.encode() * 10)
    seen: list[int] = []
    whole = check(vault, seen.append)
    assert (whole.whole, whole.objects, whole.size, seen) == (True, 4, 40, [1, 2, 3, 4])
    y = vault.path("a", "y")
    y.chmod(0o600)
    y.write_bytes(b"y" * 9 + b"z")
    vault.path("a", "z").unlink()
    vault.path("a", "w").unlink()
    vault.path("a", "w").symlink_to(y)
    vault.path("a", "more").write_bytes(b"more")
    found = check(vault)
    assert [(one.what, one.name) for one in found.faults] == [
        ("altered", "y"), ("missing", "z"), ("altered", "w"), ("stranger", "more"),
    ]  # fmt: skip
    assert found.entry is None
    assert not found.whole


def test_an_edited_ledger_is_found(tmp_path: Path) -> None:
    vault = store(tmp_path)
    put(vault, "x", b"x")
    with sqlite3.connect(tmp_path / "ledger.sqlite") as base:
        base.execute("update entries set until = 0")
    assert check(vault).entry == 1
