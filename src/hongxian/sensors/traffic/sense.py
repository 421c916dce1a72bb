"""The traffic sensor: logs in, observations handed on, inventory, takers, facts and coverage."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.facts import Coverage, Fact
from hongxian.sensors.traffic.columns.merge import Merge
from hongxian.sensors.traffic.columns.parts import Parts
from hongxian.sensors.traffic.facts import traffic_facts
from hongxian.sensors.traffic.inventory import Inventory
from hongxian.sensors.traffic.observe import Observer
from hongxian.sensors.traffic.readers import Log, kept, read_log
from hongxian.sensors.traffic.takers import Takers
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from hongxian.facts import Reason
    from hongxian.signals.observation import Observation


@dataclass(slots=True)
class SensedTraffic:
    """What the sensor made of some logs."""

    subject: str
    artefact: str
    """sha256 of the logs."""
    logs: list[Log]
    inventory: Inventory = field(default_factory=Inventory)
    takers: Takers = field(default_factory=lambda: Takers(secrets.token_bytes(16)))

    @property
    def first(self) -> float:
        """When the first request came; 0 when no log tells."""
        return min((log.first for log in self.logs if log.first), default=0.0)

    @property
    def last(self) -> float:
        """When the last request came."""
        return max((log.last for log in self.logs), default=0.0)

    @property
    def requests(self) -> int:
        """Requests that were read."""
        return sum(log.read for log in self.logs)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why not all was read."""
        return tuple(reason for log in self.logs for reason in log.reasons)

    def facts(self) -> list[Fact]:
        """Return what the logs show."""
        return list(traffic_facts(self.subject, self.artefact, self.inventory))

    def coverage(self) -> list[Coverage]:
        """Return how far the sensor looked."""
        status = "not_run" if not self.requests else "partial" if self.reasons else "ran"
        about = {"requests": self.requests, "logs": [log.path.name for log in self.logs]}
        return [Coverage(
            subject=self.subject, scope="traffic.requests", status=status, reasons=self.reasons,
            artefact=self.artefact, detail=about,
        )]  # fmt: skip


def open_traffic(paths: Iterable[Path], subject: str | None = None) -> SensedTraffic:
    """Return logs that are ready to be read: files, and all files of folders.

    Raises:
        HongxianError: a path is not there, or a folder is empty.
    """
    logs = [Log(path) for given in paths for path in _files(given)]
    whole = hashlib.sha256()
    for log in logs:
        with log.path.open("rb") as source:
            whole.update(hashlib.file_digest(source, "sha256").digest())
    artefact = whole.hexdigest()
    return SensedTraffic(subject or f"interface:{artefact[:12]}", artefact, logs)


def observe(
    sensed: SensedTraffic, secret: bytes | None = None, jobs: int | None = None
) -> Iterator[Observation]:
    """Read the logs once, the oldest first, and yield observations with PI as they are counted.

    Args:
        sensed: the logs.
        secret: what identifiers are to be hashed with where they are read; ``None`` leaves their
            values in the observations.
        jobs: processes; ``None`` for as many as there are cores, when a log is large.
    """
    observer = Observer()
    merge = Merge(sensed.inventory, observer.templates, keyed=secret is not None)
    parts = Parts(secret, jobs)
    try:
        for log in sorted(sensed.logs, key=_begins):
            for seen in observer.observe(read_log(log, head=True)):
                sensed.inventory.add(seen)
                sensed.takers.add(seen.observation)
                if seen.observation.identifiers or seen.observation.given:
                    yield seen.observation
            if log.place:
                for one in merge.observations(log, kept(log, parts.pages(log))):
                    sensed.takers.add(one)
                    yield one
    finally:
        parts.close()


def _begins(log: Log) -> float:
    """Return when a log begins: rotated logs have names in any order."""
    first = next(read_log(Log(log.path)), None)
    return first.at if first else 0.0


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise WordedError("file_missing", path)
    if not path.is_dir():
        return [path]
    found = sorted(one for one in path.rglob("*") if one.is_file() and one.name[0] != ".")
    if not found:
        raise WordedError("watch_empty", path)
    return found
