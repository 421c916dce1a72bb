"""Watches logs where Spark's executors are: pieces of logs are read apart, endpoints judged apart.

Executors survey the logs and read pieces of them as one process does; requests with PI stay with
them. The driver adds up what was counted, in the order of the logs, and says how endpoints are
called; then each endpoint is judged by one task, its requests in the order in which one process
would have judged them. Identifiers are hashed where they are read.
"""

from __future__ import annotations

import secrets
import zlib
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hongxian.audit.watch import hashed_by
from hongxian.audit.watch_endpoint import Court, EndpointJudge
from hongxian.audit.watch_merge import merged
from hongxian.facts.spark_session import plainly
from hongxian.guards.gate.policy import GatePolicy
from hongxian.sensors.traffic.columns.joined import joined
from hongxian.sensors.traffic.columns.merge import Merge, moved
from hongxian.sensors.traffic.columns.requests import Patterns, Request
from hongxian.sensors.traffic.hashed import NOWHERE
from hongxian.sensors.traffic.readers import Log
from hongxian.sensors.traffic.survey import Found, Survey, pages_of, pieces_of, survey
from hongxian.sensors.traffic.templates import OTHER, Templates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyspark import RDD
    from pyspark.sql import SparkSession

    from hongxian.audit.watch import Watched
    from hongxian.sensors.traffic.columns.pages import Page
    from hongxian.sensors.traffic.hashed import Hashed
    from hongxian.sensors.traffic.openapi import Documented
    from hongxian.sensors.traffic.sense import SensedTraffic
    from hongxian.sensors.traffic.survey import Piece

SIZE = 64 << 20
"""Bytes of a log that are a task."""
CHUNK = 2_000
"""Requests with PI that are handed on together."""

_NOWHERE = Log(Path())
"""Places of requests are told already."""

Key = tuple[int, int]
"""Number of a log, and of a piece of it."""
Told = tuple["Page", Found]
"""The sum of a piece's pages, and what else there is to tell."""
Rows = list[Any]
"""Requests with PI, in their order."""
Chunk = tuple[tuple[str, tuple[int, ...]], Rows | tuple[bytes, bytes]]
"""Endpoint and place among all, and requests; or what its judge told and remembered before."""
Judged = tuple[str, bytes, bytes]
"""Endpoint, what its judge tells, and what it remembers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrafficSensor:
    """What an executor does with pieces of logs; Spark carries it there."""

    secret: bytes = field(repr=False)
    hashed: Hashed = NOWHERE

    def __call__(self, pieces: Iterable[Piece]) -> Iterator[tuple[Key, Told, Rows]]:
        """Yield what each piece shows."""
        for piece in pieces:
            found = Found()
            page, rows = joined(pages_of(piece, self.secret, found, self.hashed))
            yield (piece.log, piece.number), (page, found), rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """How places and endpoints are called, as the driver has settled it."""

    logs: tuple[str, ...]
    """Name of each log."""
    lines: dict[Key, int]
    """Lines in front of each piece."""
    templates: frozenset[str] | None
    """Those that count by themselves; ``None`` for all of them."""
    first: int = 0
    """Number of the first log among all that were ever read."""

    def __call__(self, found: Iterable[tuple[Key, Told, Rows]]) -> Iterator[Chunk]:
        """Yield the requests with PI of each piece by endpoint, with place and order."""
        for key, _, rows in found:
            log, piece = key
            chunks: dict[str, Rows] = {}
            for number, one in enumerate(rows):
                endpoint = self._endpoint(*one[1])
                held = chunks.setdefault(endpoint, [])
                held.append((number, self._where(key, one[0]), one))
                if len(held) >= CHUNK:
                    yield (endpoint, (self.first + log, piece, held[0][0])), chunks.pop(endpoint)
            for endpoint, held in chunks.items():
                yield (endpoint, (self.first + log, piece, held[0][0])), held

    def _endpoint(self, method: str, template: str) -> str:
        known = self.templates is None or template in self.templates
        return f"{method} {template if known else OTHER}"

    def _where(self, key: Key, number: int | str) -> str:
        if isinstance(number, str):
            return number
        return f"{self.logs[key[0]]}:{self.lines[key] + number + 1}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What an executor does with the requests of endpoints, each endpoint's in their order."""

    court: Court
    remember: bool = False
    """Whether the next batch of a stream goes on with it."""

    def __call__(self, chunks: Iterable[Chunk]) -> Iterator[Judged]:
        """Yield endpoints, what their judges tell, and what they remember."""
        for endpoint, found in groupby(chunks, key=lambda one: one[0][0]):
            before: tuple[bytes, bytes] | None = None
            judge: EndpointJudge | None = None
            patterns = Patterns()
            for (_, order), rows in found:
                if isinstance(rows, tuple):  # what was found before stands before all requests
                    before = rows
                    continue
                judge = judge or EndpointJudge(self.court, endpoint, before)
                for number, where, (_, _, at, names, keys, plain) in rows:
                    like = patterns.of(endpoint, plain)
                    judge.add(Request(like, at, names, keys, _NOWHERE, where), (*order[:2], number))
            if judge is not None:
                yield endpoint, judge.told(), judge.memory() if self.remember else b""
            elif before is not None:
                yield endpoint, *before


class Digests:
    """Surveys logs on executors, and remembers what it saw.

    Args:
        spark: the session.
        size: bytes of a log that are a task.
    """

    def __init__(self, spark: SparkSession, size: int = SIZE) -> None:
        """Know no log yet."""
        self.spark = spark
        self._look = partial(survey, size=size)
        self.surveys: dict[Path, Survey] = {}

    def __call__(self, logs: Sequence[Path]) -> list[bytes]:
        """Return the sha256 of each log."""
        absolute = [path.absolute() for path in logs]
        if absolute:
            context = self.spark.sparkContext
            slices = min(len(absolute), context.defaultParallelism * 8)
            with plainly():
                found = context.parallelize(absolute, slices).map(self._look).collect()
            self.surveys.update(zip(absolute, found, strict=True))
        return [self.surveys[path].digest for path in absolute]


def watch_on_spark(
    sensed: SensedTraffic, policy: GatePolicy | None, documented: list[Documented] | None,
    digests: Digests, *, learn: bool = False,
) -> Watched:  # fmt: skip
    """Read logs and judge every request; what is found is what one process finds.

    Args:
        sensed: the logs, which ``digests`` has surveyed; executors reach them under their names.
        policy: what the gate is told.
        documented: operations of a given OpenAPI document.
        digests: surveyed the logs.
        learn: also return what is usual at each endpoint.
    """
    court = Court(policy=policy or GatePolicy(), secret=secrets.token_bytes(32),
                  salt=sensed.takers.salt, learn=learn)  # fmt: skip
    reading = Pieces(digests, sensed.logs)
    with plainly():
        found = reading.read(court)
        named = counted(sensed, reading, found, Templates())
        judged = judge(found.mapPartitions(named), Bench(court=court)).collect()
        found.unpersist()
    return merged(sensed, court, sorted(judged), documented)


class Pieces:
    """The pieces of some logs, the oldest log first.

    Args:
        digests: surveyed the logs.
        logs: the logs.
    """

    def __init__(self, digests: Digests, logs: Iterable[Log]) -> None:
        """Put them in order."""
        self._spark = digests.spark
        surveys = {log.path: digests.surveys[log.path.absolute()] for log in logs}
        self.logs = sorted(logs, key=lambda log: surveys[log.path].begins)
        self._surveys = [surveys[log.path] for log in self.logs]

    def read(self, court: Court) -> RDD[tuple[Key, Told, Rows]]:
        """Return what each piece shows; it stays where it is read."""
        from pyspark import StorageLevel  # noqa: PLC0415 - heavy, and an extra

        pieces = pieces_of(self._surveys)
        context = self._spark.sparkContext
        found = context.parallelize(pieces, max(1, len(pieces)))
        sensor = TrafficSensor(secret=court.secret, hashed=hashed_by(court.policy))
        return found.mapPartitions(sensor).persist(StorageLevel.MEMORY_AND_DISK)


def counted(
    sensed: SensedTraffic, reading: Pieces, found: RDD[tuple[Key, Told, Rows]],
    templates: Templates, first: int = 0,
) -> Named:  # fmt: skip
    """Count what pieces show, in their order, and return how endpoints and places are called.

    Args:
        sensed: takes what is counted.
        reading: the pieces.
        found: what they show.
        templates: those that were seen before.
        first: number of the first log among all that were ever read.
    """
    merge = Merge(sensed.inventory, templates, keyed=True)
    lines: dict[Key, int] = {}
    for key, (page, what) in sorted(found.map(_summary).collect(), key=lambda one: one[0]):
        log = reading.logs[key[0]]
        lines[key] = log.line
        log.form = what.form or log.form
        log.unread += what.unread
        merge.counted(log, page)
        moved(log, page)
    return Named(
        logs=tuple(log.name for log in reading.logs), lines=lines, first=first,
        templates=templates.known if templates.full else None,
    )  # fmt: skip


def judge(chunks: RDD[Chunk], bench: Bench) -> RDD[Judged]:
    """Have each endpoint judged by one task, its requests in their order."""
    slices = chunks.context.defaultParallelism
    in_order = chunks.repartitionAndSortWithinPartitions(slices, _task)
    return in_order.mapPartitions(bench)


def _task(key: tuple[str, tuple[int, ...]]) -> int:
    """Return a number that is the same for an endpoint on every executor."""
    return zlib.crc32(key[0].encode("utf-8", "surrogatepass"))


def _summary(one: tuple[Key, Told, Rows]) -> tuple[Key, Told]:
    return one[:2]
