"""A PostgreSQL server as a source of copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.guards.keep.vault.postgresql.bases import bases, pull
from hongxian.guards.keep.vault.postgresql.retention import old
from hongxian.guards.keep.vault.postgresql.stream import Stream

if TYPE_CHECKING:
    from hongxian.guards.keep.vault.alarms import Alarms
    from hongxian.guards.keep.vault.ledger import Entry
    from hongxian.guards.keep.vault.objects import Store
    from hongxian.guards.keep.vault.settings import PostgresSettings


class PostgresSource:
    """A server.

    Args:
        store: the vault.
        alarms: told what is wrong.
        settings: of the server.
        retention: seconds for which any moment can be restored.
    """

    def __init__(
        self, store: Store, alarms: Alarms, settings: PostgresSettings, retention: float
    ) -> None:
        """Begin with nothing taken."""
        self._store, self._server, self._retention = store, settings.server, retention
        self.name, self.base_every = settings.server.name, settings.base_every
        self.stream = Stream(
            store, alarms, settings.server, retention, settings.silence,
            synchronous=settings.synchronous,
        )  # fmt: skip

    def pull(self) -> None:
        """Take a base backup."""
        pull(self._store, self._server, self._retention)

    def latest(self) -> float | None:
        """Return when the newest base was taken, by the vault's clock."""
        found = bases(self._store, self.name)
        return found[-1].at if found else None

    def old(self) -> list[Entry]:
        """Return what no moment of the retention needs."""
        return old(self._store, self.name, self._retention)
