"""Drills when they are due, and alarms when one failed or none was done in time."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

from hongxian.guards.keep.drill.kinds import FAULTS, brought
from hongxian.guards.keep.drill.results import due, keep, moment, trials
from hongxian.guards.keep.drill.trial import tried
from hongxian.guards.keep.evidence.written import Written
from hongxian.guards.keep.vault.alarms import Alarms
from hongxian.guards.keep.vault.clock import VaultClock
from hongxian.guards.keep.vault.objects import Store, file_hash
from hongxian.words.worded import WordedError, unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from hongxian.guards.keep.drill.kinds import Brought
    from hongxian.guards.keep.drill.results import Trial
    from hongxian.guards.keep.drill.settings import DrillSettings

LONGEST = 300.0
"""Seconds after which it is looked again whether a drill is due."""
RETRY = 3_600.0
"""Seconds after a drill that failed."""


def opened(settings: DrillSettings) -> Store:
    """Open the vault of drills, to read it.

    Raises:
        HongxianError: there is none that can be read.
    """
    if not (settings.vault / "ledger.sqlite").is_file():
        raise WordedError("keep_no_vault", settings.vault)
    return Store(settings.vault, VaultClock(settings.vault / "clock.json"), readonly=True)


class Schedule:
    """Does drills.

    Args:
        settings: of the drills.
        lang: language of what is told on stderr.
    """

    def __init__(self, settings: DrillSettings, lang: str) -> None:
        """Open the vault, and the log of alarms."""
        self.settings, self._store = settings, opened(settings)
        settings.folder.mkdir(mode=0o711, parents=True, exist_ok=True)
        self.alarms = Alarms(
            settings.folder / "alarms.jsonl", time.time, settings.webhook, lang, settings.name
        )
        self._ended = threading.Event()
        self._tried: dict[str, float] = {}

    def drill(self, name: str, until: float | None = None) -> Trial:
        """Try the copies of a source, keep what was seen, and tell when it failed.

        Args:
            name: of the source.
            until: a moment to which WAL is replayed; ``None``: to its end.
        """
        trial = tried(self._store, self.settings, self.settings.source(name), until)
        self._record(trial, keep(trial, self.settings.folder / "trials" / name))
        if trial.outcome == "failed":
            reason = trial.reason or ", ".join(
                f"{one.what} {one.name}".strip() for one in trial.checks if one.outcome == "failed"
            )
            self.alarms.tell("drill_failed", name, reason=reason)
        else:
            self.alarms.over("drill_failed", name)
            self.alarms.over("drill_overdue", name)
        return trial

    def bring(self, name: str, folder: Path, until: float | None = None) -> Brought:
        """Bring the copies of a source back into a folder, ready to be started as a server.

        Args:
            name: of the source.
            folder: where to; ``data`` is made in it, and ``wal`` when that will be replayed.
            until: a moment to which the log is replayed; ``None``: to its end.

        Raises:
            HongxianError: the folder cannot be used, there is no base, or an object was altered.
        """
        source = self.settings.source(name)
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise WordedError("keep_folder_used", folder)
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            done = brought(self._store, source, folder.absolute(), until)
        except OSError as error:
            raise unreadable(folder, error) from None
        except FAULTS as error:
            raise WordedError("keep_not_restored", folder, reason=error) from None
        self._write("restored", {
            "source": name, "base": done.base, "bytes": done.size,
            "until": "" if until is None else moment(until),
        })  # fmt: skip
        return done

    def _record(self, trial: Trial, path: Path) -> None:
        self._write("drill", {
            "source": trial.source, "outcome": trial.outcome, "base": trial.base or "",
            "rto_ms": round(1_000 * (trial.rto or 0)), "rpo_ms": round(1_000 * (trial.rpo or 0)),
            "checks": len(trial.checks), "result": path.name, "sha256": file_hash(path),
        })  # fmt: skip

    def _write(self, kind: str, body: Mapping[str, Any]) -> None:
        log = Written(self.settings.evidence, self.settings.evidence_key)
        try:
            log.record(kind, body)
        finally:
            log.close()

    def look(self) -> float:
        """Do what is due; return in how many seconds something is due next."""
        soonest = LONGEST
        for name, source in self.settings.sources.items():
            known = trials(self.settings.folder / "trials" / name)
            left = due(source, known)
            if left < -source.every:
                self.alarms.tell("drill_overdue", name, days=round(-left / 86_400, 1))
            if left <= 0 and time.time() - self._tried.get(name, 0.0) >= RETRY:
                self._tried[name] = time.time()
                self.drill(name)
                left = due(source, trials(self.settings.folder / "trials" / name))
            if left > 0:
                soonest = min(soonest, left)
        return soonest

    def run(self) -> None:
        """Look again and again until told to end."""
        while not self._ended.is_set():
            self._ended.wait(max(1.0, self.look()))
        self.alarms.close()

    def end(self) -> None:
        """End what :meth:`run` does."""
        self._ended.set()
