from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from tests.guards.keep.vaults import DAY, store

from hongxian.guards.keep.vault.objects import RefusedError
from hongxian.guards.keep.vault.restic.dates import Dates
from hongxian.guards.keep.vault.restic.repository import LOCK, LOCKS, Repository

LONG = "0" * 64


@pytest.fixture
def own(tmp_path: Path) -> Repository:
    vault = store(tmp_path)
    return Repository(vault, "shop", DAY, Dates(vault, "restic/shop", None, DAY))


def brought(own: Repository, kind: str, data: bytes, number: str | None = None) -> None:
    number = number or hashlib.sha256(data).hexdigest()
    incoming = own.begin(kind, number)
    try:
        incoming.write(data)
        own.finish(incoming, kind, number)
    finally:
        incoming.close()


def test_objects_lie_as_in_a_local_repository(own: Repository) -> None:
    brought(own, "data", b"pack")
    brought(own, "config", b"config", "any")
    brought(own, "snapshots", b"snapshot")
    number = hashlib.sha256(b"pack").hexdigest()
    assert own.path("data", number) == (
        own.store.root / "objects/restic/shop/data" / number[:2] / number
    )
    assert list(own.list("data")) == [(number, 4)]
    assert (own.store.root / "objects/restic/shop/config").read_bytes() == b"config"


@pytest.mark.parametrize(("kind", "number"), [("other", LONG), ("data", "x"), ("data", "A" * 64)])
def test_other_names_are_refused(own: Repository, kind: str, number: str) -> None:
    with pytest.raises(RefusedError, match="name"):
        own.begin(kind, number)


def test_other_kinds_are_refused(own: Repository) -> None:
    with pytest.raises(RefusedError, match="name"):
        list(own.list("other"))


def test_a_name_is_the_hash(own: Repository) -> None:
    with pytest.raises(RefusedError, match="hash"):
        brought(own, "data", b"pack", LONG)


def test_locks_are_few_and_small(own: Repository) -> None:
    own.lock(LONG, b"lock")
    assert list(own.list("locks")) == [(LONG, 4)]
    assert own.locked(own.path("locks", LONG).stat().st_mtime + 60)
    os.utime(own.path("locks", LONG), (0, 0))
    assert not own.locked(10_000)
    with pytest.raises(RefusedError, match="exists"):
        own.lock(LONG, b"lock")
    with pytest.raises(RefusedError, match="flood"):
        own.lock("1" * 64, b"x" * (LOCK + 1))
    for number in range(LOCKS - 1):
        own.lock(f"{number:064x}".replace("0" * 64, "f" * 64), b"")
    with pytest.raises(RefusedError, match="flood"):
        own.lock("e" * 64, b"")
    assert own.unlock(LONG)
    assert not own.unlock(LONG)


def test_nobody_begins_while_the_vault_is_at_work(own: Repository) -> None:
    own.expiring = True
    with pytest.raises(RefusedError, match="expiring"):
        own.lock(LONG, b"lock")
