"""A restic repository in the vault: what may be written, read and removed."""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.guards.keep.vault.objects import Place, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hongxian.guards.keep.vault.objects import Incoming, Store
    from hongxian.guards.keep.vault.restic.dates import Dates

KINDS = ("data", "index", "keys", "locks", "snapshots")
"""Folders of a repository."""
LOCK = 1 << 16
"""Bytes of a lock."""
LOCKS = 256
"""Locks that may stand at the same time."""
STALE = 1_800.0
"""Seconds after which restic itself takes a lock for left behind."""

_ID = re.compile(r"[0-9a-f]{64}")


@dataclass(slots=True)
class Repository:
    """The repository of one client.

    Args:
        store: the vault.
        client: whose it is.
        hold: seconds for which its objects are held.
        dates: looks into its snapshots.
    """

    store: Store
    client: str
    hold: float
    dates: Dates
    expiring: bool = field(default=False)
    """While the vault itself takes out what is old, no client may begin."""

    @property
    def area(self) -> str:
        """Where its objects stand."""
        return f"restic/{self.client}"

    @property
    def locks(self) -> Path:
        """The folder of its locks, which are no copies and may be removed."""
        return self.store.root / "locks" / self.client

    def name(self, kind: str, number: str) -> str:
        """Return the name of an object in the vault, as restic lays out a local repository.

        Raises:
            RefusedError: a repository has no such object.
        """
        if kind not in KINDS or not _ID.fullmatch(number):
            raise RefusedError("name")
        return f"data/{number[:2]}/{number}" if kind == "data" else f"{kind}/{number}"

    def path(self, kind: str, number: str) -> Path:
        """Return where an object lies.

        Raises:
            RefusedError: a repository has no such object.
        """
        name = self.name(kind, number)
        return self.locks / number if kind == "locks" else self.store.path(self.area, name)

    def list(self, kind: str) -> Iterator[tuple[str, int]]:
        """Yield number and size of all objects of a kind.

        Raises:
            RefusedError: a repository has no such kind.
        """
        if kind not in KINDS:
            raise RefusedError("name")
        if kind == "locks":
            for path in sorted(self.locks.glob("*")):
                yield path.name, path.stat().st_size
        else:
            for entry in self.store.ledger.live(self.area, f"{kind}/"):
                yield entry.name.rpartition("/")[2], entry.size

    def begin(self, kind: str, number: str) -> Incoming:
        """Begin an object that is not a lock.

        Raises:
            RefusedError: its name stands, or is none.
        """
        name = "config" if kind == "config" else self.name(kind, number)
        return self.store.incoming(Place(self.area, name, self.client, self.hold))

    def finish(self, incoming: Incoming, kind: str, number: str) -> None:
        """Keep an object that has come whole.

        Raises:
            RefusedError: its name is not the hash of its content, or its date is wrong.
        """
        if kind != "config" and incoming.sha256 != number:
            raise RefusedError("hash")
        if kind == "snapshots":
            self.dates.look(incoming.read())
        incoming.keep()

    def lock(self, number: str, data: bytes) -> None:
        """Keep a lock.

        Raises:
            RefusedError: there are too many, it is too large, or the vault itself is at work.
        """
        if self.expiring:
            raise RefusedError("expiring")
        self.locks.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.path("locks", number)
        if path.exists():
            raise RefusedError("exists", name=number)
        if len(data) > LOCK or sum(1 for _ in self.locks.iterdir()) >= LOCKS:
            raise RefusedError("flood", client=self.client)
        number_of_file, fresh = tempfile.mkstemp(dir=self.store.root / "incoming")
        with os.fdopen(number_of_file, "wb") as out:
            out.write(data)
        os.rename(fresh, path)  # noqa: PTH104 - one call less

    def unlock(self, number: str) -> bool:
        """Remove a lock; return whether it was there."""
        path = self.path("locks", number)
        there = path.exists()
        path.unlink(missing_ok=True)
        return there

    def locked(self, wall: float) -> bool:
        """Whether a client is at work: a lock stands that was written a short while ago."""
        return any(wall - path.stat().st_mtime < STALE for path in self.locks.glob("*"))
