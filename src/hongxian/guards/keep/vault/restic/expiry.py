"""The vault itself takes out what it has held long enough, by running restic on its own copy.

Which snapshots are old is decided by the day of their arrival, never by their own dates. restic
works in a shadow of the repository (hard links); only when the shadow is whole afterwards does the
vault remove, of what restic has removed, that whose time is over.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hongxian.guards.keep.vault.objects import FILE, FOLDER, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hongxian.guards.keep.vault.ledger import Entry
    from hongxian.guards.keep.vault.restic.repository import Repository

LEAST = 1
"""Snapshots that stay, however old: the newest."""
REPACK_NOTHING = ("--prune", "--max-unused", "unlimited", "--max-repack-size", "0")


class ExpiryError(Exception):
    """restic could not do it; the vault has removed nothing."""


@dataclass(frozen=True, slots=True)
class Expired:
    """How much went: snapshots, objects, and bytes."""

    snapshots: int = 0
    objects: int = 0
    size: int = 0


def expire(own: Repository, password: str, program: str = "restic") -> Expired | None:
    """Take out of a repository what is old; ``None``: a client is at work, another time.

    Args:
        own: the repository.
        password: to read it by.
        program: restic.

    Raises:
        ExpiryError: restic could not do it.
    """
    old = _old(own)
    if not old:
        return Expired()
    own.expiring = True  # from here on no client can begin
    shadow = Path(tempfile.mkdtemp(dir=own.store.root / "incoming"))
    try:
        if own.locked(time.time()):
            return None
        entries = list(own.store.ledger.live(own.area))
        _shade(own, entries, shadow)
        ids = [entry.name.rpartition("/")[2] for entry in old]
        _restic(program, shadow, password, "forget", *REPACK_NOTHING, *ids)
        _restic(program, shadow, password, "check")
        return _applied(own, entries, shadow)
    finally:
        shutil.rmtree(shadow, ignore_errors=True)
        own.expiring = False


def _old(own: Repository) -> list[Entry]:
    arrived = sorted(own.store.ledger.live(own.area, "snapshots/"), key=lambda one: one.at)
    now = own.store.clock.now()
    return [entry for entry in arrived[:-LEAST] if entry.until <= now]


def _shade(own: Repository, entries: Sequence[Entry], shadow: Path) -> None:
    for kind in ("data", "index", "keys", "locks", "snapshots"):
        (shadow / kind).mkdir(mode=FOLDER)
    for entry in entries:
        path = shadow / entry.name
        path.parent.mkdir(mode=FOLDER, exist_ok=True)
        os.link(own.store.path(own.area, entry.name), path)


def _restic(program: str, shadow: Path, password: str, *words: str) -> None:
    command = [program, "--no-cache", "--quiet", "-r", str(shadow), *words]
    environment = {"PATH": os.environ.get("PATH", ""), "RESTIC_PASSWORD": password}
    try:
        done = subprocess.run(  # noqa: S603 - the program is the vault's own choice
            command, env=environment, capture_output=True, text=True, check=False
        )
    except OSError as error:
        raise ExpiryError(error.strerror) from None
    if done.returncode:
        raise ExpiryError(" ".join(done.stderr.split())[-200:])


def _applied(own: Repository, entries: Sequence[Entry], shadow: Path) -> Expired:
    store, before = own.store, {entry.name: entry for entry in entries}
    after = {path.relative_to(shadow).as_posix() for path in _files(shadow)}
    fresh = sorted(after - before.keys())
    hold = own.hold
    store.adopt((shadow / name, Place(own.area, name, "vault", hold)) for name in fresh)
    # a client that read an old index would count on packs that are gone: indexes go first, and
    # those that restic has just replaced go although their own time is not over
    order = ("index", "snapshots", "data")
    removed = sorted(before.keys() - after, key=lambda name: order.index(name.partition("/")[0]))
    replaced = frozenset(name for name in removed if fresh and name.startswith("index/"))
    gone = store.expire([before[name] for name in removed], replaced)
    for name in before.keys() - {entry.name for entry in gone}:
        store.path(own.area, name).chmod(FILE)  # restic makes files writable to remove them
    snapshots = sum(1 for entry in gone if entry.name.startswith("snapshots/"))
    return Expired(snapshots, len(gone), sum(entry.size for entry in gone))


def _files(shadow: Path) -> Iterator[Path]:
    for path in shadow.rglob("*"):
        if path.is_file() and not path.is_relative_to(shadow / "locks"):
            yield path
