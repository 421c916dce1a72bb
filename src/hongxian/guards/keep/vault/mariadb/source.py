"""A MariaDB server as a source of copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.guards.keep.vault.mariadb.bases import PREFIX, bases, pull
from hongxian.guards.keep.vault.mariadb.stream import BinlogStream, number

if TYPE_CHECKING:
    from hongxian.guards.keep.vault.alarms import Alarms
    from hongxian.guards.keep.vault.ledger import Entry
    from hongxian.guards.keep.vault.objects import Store
    from hongxian.guards.keep.vault.settings import MariaSettings


class MariaSource:
    """A server.

    Args:
        store: the vault.
        alarms: told what is wrong.
        settings: of the server.
        retention: seconds for which any moment can be restored.
    """

    def __init__(
        self, store: Store, alarms: Alarms, settings: MariaSettings, retention: float
    ) -> None:
        """Begin with nothing taken."""
        self._store, self._server, self._retention = store, settings.server, retention
        self.name, self.base_every = settings.server.name, settings.base_every
        self.stream = BinlogStream(store, alarms, settings.server, retention, settings.silence)

    def pull(self) -> None:
        """Take a base.

        Raises:
            ProgramError: it could not be taken, or broke off.
            HongxianError: what came is not whole.
        """
        pull(self._store, self._server, self._retention)

    def latest(self) -> float | None:
        """Return when the newest base was taken, by the vault's clock."""
        found = bases(self._store, self.name)
        return found[-1].entry.at if found else None

    def old(self) -> list[Entry]:
        """Return what no moment of the retention needs."""
        found = bases(self._store, self.name)
        before = [one for one in found if one.entry.at <= self._store.clock.now() - self._retention]
        if not before:
            return []
        kept = before[-1]
        gone = [entry for base in before[:-1] for entry in base.entries]
        whole = {entry for base in found for entry in base.entries}
        ledger, area = self._store.ledger, self.stream.area
        gone += [  # of a base that was broken off
            entry for entry in ledger.live(area, PREFIX)
            if entry not in whole and entry.at < kept.entry.at
        ]  # fmt: skip
        first = number(kept.log)
        gone += [entry for entry in ledger.live(area, "binlog/") if number(entry.name) < first]
        return gone
