"""Keeps one PostgreSQL server: its WAL all the time, a base from time to time, nothing too long."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from hongxian.errors import HongxianError
from hongxian.guards.keep.programs import ProgramError
from hongxian.guards.keep.vault.objects import RefusedError
from hongxian.guards.keep.vault.postgresql.bases import bases, pull
from hongxian.guards.keep.vault.postgresql.retention import old
from hongxian.guards.keep.vault.postgresql.stream import Stream

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongxian.guards.keep.vault.alarms import Alarms
    from hongxian.guards.keep.vault.objects import Store
    from hongxian.guards.keep.vault.settings import PostgresSettings

BEAT = 2.0
"""Seconds between two looks."""
SWEEP, RETRY = 3_600.0, 600.0
"""Seconds between two searches for what is old, and after a base that failed."""


class Keeper:
    """What the vault does for one server.

    Args:
        store: the vault.
        alarms: told what is wrong.
        settings: of the server.
        retention: seconds for which any moment can be restored.
    """

    def __init__(
        self, store: Store, alarms: Alarms, settings: PostgresSettings, retention: float
    ) -> None:
        """Begin with nothing known."""
        self._store, self._alarms, self._settings = store, alarms, settings
        self._retention = retention
        self.stream = Stream(
            store, alarms, settings.server, retention, settings.silence, settings.synchronous
        )
        self._ended = threading.Event()
        self._base: threading.Thread | None = None
        self._swept = self._tried = 0.0

    def run(self) -> None:
        """Look again and again until told to end."""
        try:
            while not self._ended.is_set():
                self._safely(self.look)
                self._ended.wait(BEAT)
        finally:
            self._safely(self.stream.end)
            if self._base is not None:
                self._base.join()

    def look(self) -> None:
        """Take WAL, begin a base when it is time, and take out what is old."""
        self.stream.look()
        now = self._store.clock.now()
        if self.stream.running and self._due(now) and not self._busy():
            self._tried = now
            self._base = threading.Thread(target=self._safely, args=(self.base,))
            self._base.start()
        if now - self._swept >= SWEEP:
            self._swept = now
            self._store.expire(old(self._store, self._settings.server.name, self._retention))

    def base(self) -> None:
        """Take a base backup now."""
        self._store.room(0)
        pull(self._store, self._settings.server, self._retention)
        self.stream.base_due = False
        self._alarms.over("keeping_failed", self._settings.server.name)

    def end(self) -> None:
        """End what :meth:`run` does."""
        self._ended.set()

    def _busy(self) -> bool:
        return self._base is not None and self._base.is_alive()

    def _due(self, now: float) -> bool:
        if now - self._tried < RETRY:
            return False
        found = bases(self._store, self._settings.server.name)
        late = not found or now - found[-1].at >= self._settings.base_every
        return late or self.stream.base_due

    def _safely(self, act: Callable[[], None]) -> None:
        """Do something; that it failed is told, and the next look tries again."""
        try:
            act()
        except (ProgramError, RefusedError, HongxianError, OSError) as error:
            self._alarms.tell("keeping_failed", self._settings.server.name, reason=error)
