"""Keeps one database server: its log all the time, a base from time to time, nothing too long."""

from __future__ import annotations

import sqlite3
import threading
from typing import TYPE_CHECKING, Protocol

from hongxian.errors import HongxianError
from hongxian.guards.keep.programs import ProgramError
from hongxian.guards.keep.vault.objects import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hongxian.guards.keep.vault.alarms import Alarms
    from hongxian.guards.keep.vault.ledger import Entry
    from hongxian.guards.keep.vault.objects import Store

BEAT = 2.0
"""Seconds between two looks."""
FAULTS = (ProgramError, RefusedError, HongxianError, OSError, sqlite3.Error)
"""What can go wrong with one look, and may be right at the next."""
SWEEP, RETRY = 3_600.0, 600.0
"""Seconds between two searches for what is old, and after a base that failed."""


class LogStream(Protocol):
    """What takes the log of a server as it is written."""

    base_due: bool
    """Whether the chain broke, so that only a new base can be rolled forward."""

    @property
    def running(self) -> bool:
        """Whether the log is being taken."""

    def look(self) -> None:
        """See that all is well, and take what is finished."""

    def end(self) -> None:
        """End taking the log."""


class Source(Protocol):
    """A server of which copies are taken."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def stream(self) -> LogStream:
        """What takes its log."""

    @property
    def base_every(self) -> float:
        """Seconds between two bases."""

    def pull(self) -> None:
        """Take a base."""

    def latest(self) -> float | None:
        """Return when the newest base was taken, by the vault's clock."""

    def old(self) -> Iterable[Entry]:
        """Return what is needed no more."""


class Keeper:
    """What the vault does for one server.

    Args:
        store: the vault.
        alarms: told what is wrong.
        source: the server.
    """

    def __init__(self, store: Store, alarms: Alarms, source: Source) -> None:
        """Begin with nothing known."""
        self._store, self._alarms, self.source = store, alarms, source
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
            self._safely(self.source.stream.end)
            if self._base is not None:
                self._base.join()

    def look(self) -> None:
        """Take the log, begin a base when it is time, and take out what is old."""
        self.source.stream.look()
        now = self._store.clock.now()
        if self.source.stream.running and self._due(now) and not self._busy():
            self._tried = now
            self._base = threading.Thread(target=self._safely, args=(self.base,))
            self._base.start()
        if now - self._swept >= SWEEP:
            self._swept = now
            self._store.expire(self.source.old())

    def base(self) -> None:
        """Take a base now."""
        self._store.room(0)
        self.source.pull()
        self.source.stream.base_due = False
        self._alarms.over("keeping_failed", self.source.name)

    def end(self) -> None:
        """End what :meth:`run` does."""
        self._ended.set()

    def _busy(self) -> bool:
        return self._base is not None and self._base.is_alive()

    def _due(self, now: float) -> bool:
        if now - self._tried < RETRY:
            return False
        latest = self.source.latest()
        late = latest is None or now - latest >= self.source.base_every
        return late or self.source.stream.base_due

    def _safely(self, act: Callable[[], None]) -> None:
        """Do something; that it failed is told, and the next look tries again."""
        try:
            act()
        except FAULTS as error:
            self._alarms.tell("keeping_failed", self.source.name, reason=error)
