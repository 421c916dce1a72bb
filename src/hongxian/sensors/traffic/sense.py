"""The traffic sensor: logs in, observations handed on, inventory, takers, facts and coverage."""

from __future__ import annotations

import hashlib
import math
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from hongxian.facts import Coverage, Fact
from hongxian.folders import files_below
from hongxian.sensors.traffic.columns.merge import Merge
from hongxian.sensors.traffic.columns.parts import Parts
from hongxian.sensors.traffic.columns.requests import Request
from hongxian.sensors.traffic.facts import traffic_facts
from hongxian.sensors.traffic.hashed import NOWHERE
from hongxian.sensors.traffic.inventory import Inventory
from hongxian.sensors.traffic.observe import Observer
from hongxian.sensors.traffic.readers import Log, kept, read_log
from hongxian.sensors.traffic.takers import Takers
from hongxian.sensors.traffic.topics.address import is_topic, topic_address
from hongxian.sensors.traffic.topics.records import SHIPPED, lines_of, told_by, unwrapped
from hongxian.sensors.traffic.topics.topic import Topic, open_topic
from hongxian.words.worded import WordedError, unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from hongxian.facts import Reason
    from hongxian.sensors.traffic.columns.pages import Page
    from hongxian.sensors.traffic.hashed import Hashed
    from hongxian.sensors.traffic.model import Exchange
    from hongxian.signals.observation import Observation

_NOBODY = "unknown", ""


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
    def topics(self) -> list[Topic]:
        """The logs that are topics."""
        return [log for log in self.logs if isinstance(log, Topic)]

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why not all was read."""
        return tuple(reason for log in self.logs for reason in log.reasons)

    def in_order(self) -> list[Log]:
        """Return the logs, that which begins first before the others, topics last."""
        return sorted(self.logs, key=_begins)

    def close(self) -> None:
        """Leave the brokers of topics."""
        for topic in self.topics:
            topic.close()

    def facts(self) -> list[Fact]:
        """Return what the logs show."""
        return list(traffic_facts(self.subject, self.artefact, self.inventory))

    def coverage(self) -> list[Coverage]:
        """Return how far the sensor looked."""
        status = "not_run" if not self.requests else "partial" if self.reasons else "ran"
        about = {"requests": self.requests, "logs": [log.name for log in self.logs]}
        return [Coverage(
            subject=self.subject, scope="traffic.requests", status=status, reasons=self.reasons,
            artefact=self.artefact, detail=about,
        )]  # fmt: skip


def open_traffic(
    specs: Iterable[Path | str], subject: str | None = None, *, follow: bool = False,
    digests: Callable[[list[Path]], list[bytes]] | None = None,
) -> SensedTraffic:  # fmt: skip
    """Return logs that are ready to be read: files, all files of folders, and topics of Kafka.

    Args:
        specs: paths, and addresses as ``kafka://broker/topic``.
        subject: what is audited; a name made of the logs' hash without it.
        follow: whether topics are read on where they ended at the start.
        digests: returns the sha256 of files, if somebody else is to read them.

    Raises:
        HongxianError: a path is not there, a folder is empty, or a topic cannot be reached.
    """
    logs: list[Log] = []
    for given in specs:
        if is_topic(given):
            logs.append(open_topic(topic_address(str(given)), follow=follow))
        else:
            logs += map(Log, _files(Path(given)))
    whole = hashlib.sha256()
    files = [log.path for log in logs if not isinstance(log, Topic)]
    known = dict(zip(files, digests(files) if digests else map(_digest, files), strict=True))
    for log in logs:
        whole.update(log.digest if isinstance(log, Topic) else known[log.path])
    artefact = whole.hexdigest()
    return SensedTraffic(subject or f"interface:{artefact[:12]}", artefact, logs)


class Sensing:
    """Reads logs, counts what they show, and hands on the requests with PI.

    Args:
        sensed: the logs, and what is made of them.
        secret: what identifiers are to be hashed with where they are read; ``None`` leaves their
            values in the observations.
        jobs: processes; ``None`` for as many as there are cores, when a log is large.
        hashed: where digests stand for identifiers.
    """

    def __init__(
        self, sensed: SensedTraffic, secret: bytes | None = None, jobs: int | None = None,
        hashed: Hashed = NOWHERE,
    ) -> None:  # fmt: skip
        """Read nothing yet."""
        self.sensed = sensed
        self._observer = Observer(hashed=hashed)
        self._merge = Merge(
            sensed.inventory, self._observer.templates, keyed=secret is not None
        )  # fmt: skip
        self._parts = Parts(secret, jobs, hashed)

    def log(self, log: Log) -> Iterator[Observation | Request]:
        """Read a log from front to end, or a topic to where it ended at the start."""
        if isinstance(log, Topic):
            for batch in log.batches():
                yield from self.records(log, batch)
            return
        yield from self._exchanges(read_log(log, head=True))
        if log.place:
            yield from self._pages(log, kept(log, self._parts.pages(log)))

    def records(self, topic: Topic, batch: list[bytes]) -> Iterator[Observation | Request]:
        """Take in a batch of records of a topic."""
        bad = topic.bad
        if topic.form == "" or topic.form in SHIPPED:
            lines = unwrapped(batch)
            topic.form = topic.form or told_by(batch, lines)
            batch = lines if topic.form in SHIPPED else batch
        if topic.form.endswith("json"):
            yield from self._pages(topic, self._parts.reading.pages_of(batch))
        else:
            yield from self._exchanges(lines_of(topic, batch))
        if topic.bad > bad:
            topic.note_bad(batch)

    def close(self) -> None:
        """End the processes that read."""
        self._parts.close()

    def _exchanges(self, found: Iterable[Exchange]) -> Iterator[Observation]:
        for seen in self._observer.observe(found):
            self.sensed.inventory.add(seen)
            self.sensed.takers.add(seen.observation)
            if seen.observation.identifiers or seen.observation.given:
                yield seen.observation

    def _pages(self, log: Log, pages: Iterable[Page]) -> Iterator[Request]:
        gave = self.sensed.takers.gave
        for one in self._merge.requests(log, pages):
            like = one.pattern
            if like.records:
                near = like.nearest
                who = _NOBODY if near is None else (like.kinds[near], one.names[near])
                gave(who, one.at, like.endpoint, like.given, like.records)
            yield one


def observe(
    sensed: SensedTraffic, secret: bytes | None = None, jobs: int | None = None,
    hashed: Hashed = NOWHERE,
) -> Iterator[Observation]:  # fmt: skip
    """Read the logs once, the oldest first, topics last; yield observations with PI as counted.

    Args:
        sensed: the logs.
        secret: as for :class:`Sensing`.
        jobs: the same.
        hashed: the same.
    """
    keyed = secret is not None
    for one in requests(sensed, secret, jobs, hashed):
        yield one.observation(keyed=keyed) if isinstance(one, Request) else one


def requests(
    sensed: SensedTraffic, secret: bytes | None = None, jobs: int | None = None,
    hashed: Hashed = NOWHERE,
) -> Iterator[Observation | Request]:  # fmt: skip
    """Yield what :func:`observe` does; each is good until the next one is asked for."""
    sensing = Sensing(sensed, secret, jobs, hashed)
    try:
        for log in sensed.in_order():
            yield from sensing.log(log)
    finally:
        sensing.close()


def _digest(path: Path) -> bytes:
    try:
        with path.open("rb") as source:
            return hashlib.file_digest(source, "sha256").digest()
    except OSError as error:
        raise unreadable(path, error) from None


def _begins(log: Log) -> float:
    """Return when a log begins: rotated logs have names in any order."""
    if isinstance(log, Topic):
        return math.inf
    first = next(read_log(Log(log.path)), None)
    return first.at if first else 0.0


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise WordedError("file_missing", path)
    if not path.is_dir():
        return [path]
    found = [one for one in files_below(path) if one.name[0] != "."]
    if not found:
        raise WordedError("watch_empty", path)
    return found
