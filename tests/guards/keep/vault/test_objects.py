from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import pytest
from tests.guards.keep.vaults import DAY, Machine, store

from hongxian.guards.keep.vault.objects import Place, RefusedError, Store, blocks, file_hash


def put(vault: Store, name: str, data: bytes, hold: float = DAY) -> None:
    incoming = vault.incoming(Place("a", name, "c", hold))
    try:
        incoming.write(data)
        incoming.keep()
    finally:
        incoming.close()


def test_an_object_is_kept_read_only_with_its_hash(tmp_path: Path) -> None:
    vault = store(tmp_path)
    put(vault, "folder/x", b"hello")
    entry = vault.ledger.find("a", "folder/x")
    assert entry is not None
    assert (entry.sha256, entry.size) == (hashlib.sha256(b"hello").hexdigest(), 5)
    path = vault.path("a", "folder/x")
    assert path.stat().st_mode & 0o777 == 0o440
    with vault.open("a", "folder/x") as source:
        assert b"".join(blocks(source, 4)) == b"hell"
    assert list((tmp_path / "incoming").iterdir()) == []


def test_a_name_is_never_given_twice(tmp_path: Path) -> None:
    vault = store(tmp_path)
    late = vault.incoming(Place("a", "x", "c", DAY))
    late.write(b"late")
    put(vault, "x", b"first")
    with pytest.raises(RefusedError):
        vault.incoming(Place("a", "x", "c", DAY))
    with pytest.raises(RefusedError):
        late.keep()
    late.close()
    assert vault.path("a", "x").read_bytes() == b"first"


def test_two_at_the_same_moment_are_told_apart_by_the_file_system(tmp_path, monkeypatch) -> None:
    vault = store(tmp_path)
    put(vault, "x", b"first")
    monkeypatch.setattr(Store, "_free", lambda *_: None)
    with pytest.raises(RefusedError, match="exists"):
        put(vault, "x", b"second")
    assert vault.path("a", "x").read_bytes() == b"first"


@pytest.mark.parametrize(
    "name", ["", "../x", "/x", "a/../x", ".x", "a//b", "a/", "x\0", "é", "x" * 300]
)
def test_names_lead_nowhere_else(tmp_path: Path, name: str) -> None:
    with pytest.raises(RefusedError, match="name"):
        store(tmp_path).incoming(Place("a", name, "c", DAY))


def test_what_is_not_kept_leaves_nothing(tmp_path: Path) -> None:
    vault = store(tmp_path)
    incoming = vault.incoming(Place("a", "x", "c", DAY))
    incoming.write(b"half")
    assert incoming.read() == b"half"
    incoming.close()
    assert list((tmp_path / "incoming").iterdir()) == []
    assert vault.ledger.head()[0] == 0


def test_it_is_held_by_the_clock_of_the_vault(tmp_path: Path) -> None:
    machine = Machine()
    vault = store(tmp_path, machine)
    put(vault, "x", b"held", 10 * DAY)
    put(vault, "y", b"held", 30 * DAY)
    machine.wall += 400 * DAY
    vault.clock.tick()
    assert vault.expire(vault.ledger.live("a")) == []
    machine.passes(11 * DAY)
    assert [one.name for one in vault.expire(vault.ledger.live("a"))] == ["x"]
    assert not vault.path("a", "x").exists()
    assert [one.name for one in vault.ledger.live("a")] == ["y"]
    assert [one.name for one in vault.expire(vault.ledger.live("a"), frozenset("y"))] == ["y"]


def test_finished_files_are_taken_at_once_or_not_at_all(tmp_path: Path) -> None:
    vault = store(tmp_path / "vault")
    for name in ("1", "2"):
        (tmp_path / "vault" / "incoming" / name).write_bytes(name.encode())
    files = [(tmp_path / "vault" / "incoming" / one, Place("a", one, "c", DAY)) for one in "12"]
    assert [one.name for one in vault.adopt(files)] == ["1", "2"]
    with pytest.raises(RefusedError):
        vault.adopt(files)
    assert vault.ledger.head()[0] == 2


def test_an_end_in_between_is_put_in_order(tmp_path: Path) -> None:
    vault = store(tmp_path)
    put(vault, "x", b"whole")
    whole = vault.ledger.find("a", "x")
    assert whole
    later = Place("a", "later", "c", DAY)
    vault.ledger.intend([vault._entry(later, whole.sha256, 5),
                         vault._entry(Place("a", "never", "c", DAY), whole.sha256, 5)])  # fmt: skip
    os.link(vault.path("a", "x"), vault.path("a", "later"))
    put(vault, "old", b"old", 0)
    vault.expire(vault.ledger.live("a", "old"))
    os.link(vault.path("a", "x"), vault.path("a", "old"))
    (tmp_path / "incoming" / "left").write_bytes(b"left")
    (tmp_path / "incoming" / "folder").mkdir()
    vault.recover()
    assert [one.name for one in vault.ledger.live("a")] == ["later", "x"]
    assert not vault.path("a", "old").exists()
    assert vault.ledger.intended() == []
    assert list((tmp_path / "incoming").iterdir()) == []


def test_the_disk_keeps_its_reserve(tmp_path: Path) -> None:
    vault = store(tmp_path, reserve=shutil.disk_usage(tmp_path).total * 2)
    with pytest.raises(RefusedError, match="reserve"):
        put(vault, "x", b"more")


def test_a_file_is_hashed(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"hello")
    assert file_hash(tmp_path / "x") == hashlib.sha256(b"hello").hexdigest()
