"""Refuses floods: how much, and how many objects, each client may bring in an hour."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.guards.keep.vault.objects import RefusedError

if TYPE_CHECKING:
    from hongxian.guards.keep.vault.clock import VaultClock
    from hongxian.guards.keep.vault.ledger import Ledger

HOUR = 3_600.0
SLICE = 60.0
"""Seconds after which the last hour is counted anew."""


@dataclass(frozen=True, slots=True)
class Quota:
    """Bytes and objects of an hour; 0 for any number."""

    size: int = 0
    objects: int = 0


@dataclass(slots=True)
class _Counted:
    at: float
    size: int
    objects: int


@dataclass(slots=True)
class Quotas:
    """Counts what clients bring, by the vault's clock; the ledger remembers over restarts.

    Args:
        ledger: what arrived.
        clock: the vault's own.
        quotas: client -> quota.
    """

    ledger: Ledger
    clock: VaultClock
    quotas: dict[str, Quota]
    _counted: dict[str, _Counted] = field(default_factory=dict)

    def admit(self, client: str, size: int, objects: int = 0) -> None:
        """Count bytes, or an object, of a client.

        Raises:
            RefusedError: it has brought as much as it may.
        """
        quota = self.quotas.get(client, Quota())
        if not quota.size and not quota.objects:
            return
        now, counted = self.clock.now(), self._counted.get(client)
        if counted is None or now - counted.at > SLICE:
            counted = _Counted(now, *self.ledger.received(client, now - HOUR))
            self._counted[client] = counted
        if (quota.size and counted.size + size > quota.size) or (
            quota.objects and counted.objects + objects > quota.objects
        ):
            raise RefusedError("flood", client=client)
        counted.size += size
        counted.objects += objects
