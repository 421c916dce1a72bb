"""Refuses snapshots whose date is not the one at which they arrived.

A back-dated snapshot is thrown away first by rules such as *keep the last seven*, a future-dated
one pushes true ones out of them. The vault goes by arrival anyway; it refuses such dates when it
can read them, and says when it can not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from hongxian.guards.keep.vault.objects import RefusedError
from hongxian.guards.keep.vault.restic.crypto import Key, UnreadableError, master_key, unpacked

if TYPE_CHECKING:
    from hongxian.guards.keep.vault.objects import Store

AHEAD = 300.0
"""Seconds by which the clock of a client may be fast."""
LARGEST = 1 << 24
"""Bytes of a snapshot's file."""
KEYS = 64
"""Key files that are tried."""


@dataclass(slots=True)
class Dates:
    """Looks into snapshots as they arrive.

    Args:
        store: the vault.
        area: of the repository.
        password: to read by; ``None``: dates cannot be seen.
        longest: seconds that a backup may take; its date is that of its beginning.
    """

    store: Store
    area: str
    password: str | None
    longest: float
    _key: Key | None = field(default=None)

    def look(self, data: bytes) -> None:
        """Look at a snapshot's file.

        Raises:
            RefusedError: its date is wrong, or it cannot be read by the repository's key.
        """
        if self.password is None:
            return
        try:
            told = unpacked(data, self._master())
            taken = moment(told["time"])
        except (UnreadableError, KeyError, TypeError, ValueError):
            raise RefusedError("unreadable") from None
        now = self.store.clock.now()
        if taken > now + AHEAD:
            raise RefusedError("future")
        if taken < now - self.longest:
            raise RefusedError("past")

    def _master(self) -> Key:
        if self._key is None:
            for entry in list(self.store.ledger.live(self.area, "keys/"))[:KEYS]:
                with self.store.open(self.area, entry.name) as source:
                    file = source.read(LARGEST)
                try:
                    self._key = master_key(file, self.password or "")
                except UnreadableError:
                    continue
                return self._key
            raise UnreadableError("keys")
        return self._key


def moment(text: str) -> float:
    """Return seconds since 1970 of a date as restic writes it, with nanoseconds and a zone.

    Raises:
        ValueError: it is none.
    """
    whole, point, rest = text.partition(".")
    if point:  # Python reads microseconds at most
        digits = len(rest) - len(rest.lstrip("0123456789"))
        whole = f"{whole}.{rest[: min(digits, 6)]:0<6}{rest[digits:]}"
    read = datetime.fromisoformat(whole)
    if read.tzinfo is None:
        raise ValueError("zone")
    return read.timestamp()
