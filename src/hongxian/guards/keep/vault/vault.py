"""A vault at work: what it looks at from time to time, and what it tells."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.errors import HongxianError
from hongxian.guards.keep.evidence.written import Written
from hongxian.guards.keep.vault.alarms import Alarms
from hongxian.guards.keep.vault.clock import VaultClock
from hongxian.guards.keep.vault.keeper import FAULTS, Keeper
from hongxian.guards.keep.vault.mariadb.source import MariaSource
from hongxian.guards.keep.vault.objects import RefusedError, Store
from hongxian.guards.keep.vault.passwords import Passwords
from hongxian.guards.keep.vault.postgresql.source import PostgresSource
from hongxian.guards.keep.vault.quotas import Quota, Quotas
from hongxian.guards.keep.vault.restic.dates import Dates
from hongxian.guards.keep.vault.restic.expiry import ExpiryError, expire
from hongxian.guards.keep.vault.restic.repository import Repository
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hongxian.guards.keep.vault.keeper import Source
    from hongxian.guards.keep.vault.s3 import Bucket
    from hongxian.guards.keep.vault.settings import VaultSettings

BEAT = 10.0
"""Seconds between two looks."""
WRITE = 60.0
"""Seconds between two entries of evidence."""
SWEEP = 3_600.0
"""Seconds between two searches for what is old."""


def open_store(settings: VaultSettings, *, readonly: bool = False) -> Store:
    """Open a vault's folder.

    Args:
        settings: of the vault.
        readonly: whether to look only.
    """
    clock = VaultClock(
        settings.folder / "clock.json",
        tolerance=settings.tolerance, longest_off=settings.longest_off,
    )  # fmt: skip
    store = Store(settings.folder, clock, settings.reserve, readonly=readonly)
    if (latest := store.ledger.latest()) is not None:
        store.clock = VaultClock(clock.path, latest, clock.tolerance, clock.longest_off)
    return store


@dataclass(slots=True)
class _Source:
    """Who is to be heard from, how often (seconds), and how the last sign of life is found."""

    name: str
    silence: float
    latest: Callable[[], float | None]


class Vault:
    """Everything that one process of a vault holds together.

    Args:
        settings: what it is told.
        lang: language of what is told on stderr.
    """

    def __init__(self, settings: VaultSettings, lang: str) -> None:
        """Open the folder and put it in order."""
        self.settings = settings
        self.store = open_store(settings)
        self.store.recover()
        self.clock = self.store.clock
        self.clock.tick()
        self.began = self.clock.now()
        self._written = Written(settings.evidence, settings.evidence_key)
        self.alarms = Alarms(
            settings.folder / "alarms.jsonl", self.clock.now, settings.webhook, lang,
            settings.name, written=self._written,
        )  # fmt: skip
        clients = settings.clients
        self.quotas = Quotas(self.store.ledger, self.clock, {
            name: Quota(one.bytes_per_hour, one.objects_per_hour) for name, one in clients.items()
        })  # fmt: skip
        self.passwords = Passwords({name: one.password for name, one in clients.items()})
        self.repositories = {name: self._repository(name) for name in clients}
        self.sources = [
            _Source(name, one.silence, lambda name=name: self.store.ledger.latest(name))  # type: ignore[misc]
            for name, one in clients.items() if one.silence
        ]  # fmt: skip
        self.keepers = [
            Keeper(self.store, self.alarms, source) for source in self._databases(settings)
        ]
        self.bucket = self._bucket()
        self._chain = ""
        self._ended = threading.Event()
        self._swept = self._written_at = 0.0

    def begin(self) -> None:
        """Tell what cannot be seen, once."""
        for name, one in self.settings.clients.items():
            if one.reading_password is None:
                self.alarms.tell("blind", name)
        if os.getuid() == 0:
            self.alarms.tell("root", self.settings.name)

    def look(self) -> None:
        """Look at the clock, at who is silent, and at what is old."""
        jump = self.clock.tick()
        if jump is not None:
            self.alarms.tell("clock", self.settings.name, seconds=round(jump.ahead))
        else:
            self.alarms.over("clock", self.settings.name)
        now = self.clock.now()
        for source in self.sources:
            latest = source.latest() or self.began
            if now - latest > source.silence:
                self.alarms.tell("silent", source.name, hours=round((now - latest) / 3600, 1))
            else:
                self.alarms.over("silent", source.name)
        try:
            self.store.room(0)
        except RefusedError:
            self.alarms.tell("refused_reserve", self.settings.name)
        if now - self._written_at >= WRITE:
            self._written_at = now
            self.write()
        if now - self._swept >= SWEEP:
            self._swept = now
            self.sweep()

    def write(self) -> None:
        """Write to the log of evidence how far the ledger has come: it cannot be altered unseen."""
        entries, chain = self.store.ledger.head()
        if chain != self._chain:
            try:
                self._written.record("copies", {"entries": entries, "chain": chain})
            except HongxianError as error:
                self.alarms.tell("evidence", self.settings.name, reason=error)
            else:
                self._chain = chain

    def sweep(self) -> None:
        """Take out what has been held long enough."""
        for name, one in self.settings.clients.items():
            if one.reading_password is None:
                continue
            try:
                done = expire(self.repositories[name], one.reading_password)
            except ExpiryError as error:
                self.alarms.tell("expiry", name, reason=error)
                continue
            if done is None:
                self.alarms.tell("locked", name)

    def run(self) -> None:
        """Look again and again until told to end."""
        self.begin()
        threads = [threading.Thread(target=keeper.run) for keeper in self.keepers]
        if self.bucket is not None:
            threads.append(threading.Thread(target=self._copies))
        for thread in threads:
            thread.start()
        while not self._ended.is_set():
            try:
                self.look()
            except FAULTS as error:
                self.alarms.tell("keeping_failed", self.settings.name, reason=error)
            self._ended.wait(BEAT)
        for keeper in self.keepers:
            keeper.end()
        for thread in threads:
            thread.join()
        self.write()
        self._written.close()
        self.alarms.close()

    def end(self) -> None:
        """End what :meth:`run` does."""
        self._ended.set()

    def copy(self) -> None:
        """Copy to the bucket what is not there yet."""
        if self.bucket is None:
            return
        from hongxian.guards.keep.vault.s3 import CopyError  # noqa: PLC0415 - an extra of its own

        try:
            self.bucket.copy()
        except CopyError as error:
            self.alarms.tell("copy_failed", self.settings.name, reason=error)
        else:
            self.alarms.over("copy_failed", self.settings.name)

    def _copies(self) -> None:
        while not self._ended.is_set():
            self.copy()
            self._ended.wait(BEAT)

    def _bucket(self) -> Bucket | None:
        if self.settings.s3 is None:
            return None
        try:
            from hongxian.guards.keep.vault.s3 import Bucket  # noqa: PLC0415 - an extra of its own
        except ModuleNotFoundError:
            raise WordedError("no_keep_s3_extra") from None
        return Bucket(self.store, self.settings.s3)

    def _databases(self, settings: VaultSettings) -> Iterator[Source]:
        for one in settings.postgresql.values():
            hold = one.retention or settings.retention
            yield PostgresSource(self.store, self.alarms, one, hold)
        for other in settings.mariadb.values():
            hold = other.retention or settings.retention
            yield MariaSource(self.store, self.alarms, other, hold)

    def _repository(self, name: str) -> Repository:
        told = self.settings.clients[name]
        dates = Dates(self.store, f"restic/{name}", told.reading_password, told.longest_backup)
        return Repository(self.store, name, told.retention or self.settings.retention, dates)
