"""Scans stores where Spark's executors are: files by their paths, tables of databases one each.

What an executor sends back are counts: numbers and covered excerpts. Of a large file or table each
executor counts a part; the parts are joined on the executors, where a keyed hash stands for each
value that was drawn.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from hongxian.audit import spark_units
from hongxian.audit.spark_units import Unit, numbered, rows_of, tables_of, units_of
from hongxian.facts.reason import Reason
from hongxian.facts.spark import SparkStore
from hongxian.facts.spark_session import plainly, session
from hongxian.sensors.store.counts import TableCounts
from hongxian.sensors.store.facts import now_day
from hongxian.sensors.store.parts import TablePart
from hongxian.sensors.store.read_table import count_part, count_table
from hongxian.sensors.store.scan import Scanned, counting, judged
from hongxian.words.mask import mask

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pyspark.sql import SparkSession

    from hongxian.facts import Store
    from hongxian.sensors.store.scan import Options
    from hongxian.sensors.store.sources.sources import Source
    from hongxian.sensors.store.sources.table import Table

CHUNK = 10_000
"""Units that are scanned before their counts are kept."""
ROUNDS = 8
"""Tasks for each processor, so that a slow file holds up little."""
TABLE, PROBLEM = 0, 1

Key = tuple[int, int, int]
"""Number of the unit, table or problem, and the number among them."""
Found = TableCounts | TablePart | list[Reason] | str
"""What an executor tells under a key; a text is the place of a table that has not changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreSensor:
    """What an executor does with units; Spark carries it there."""

    options: Options
    salt: bytes = field(repr=False)
    """Keys the hashes of values that were drawn; new for each scan."""
    known: Mapping[str, str]
    """Place -> fingerprint of the tables that need no second look."""

    def __call__(self, units: Iterable[Unit]) -> Iterator[tuple[Key, Found]]:
        """Yield what is found in each unit."""
        for unit in units:
            problems: list[Reason] = []
            for number, (table, start) in enumerate(tables_of(unit, problems)):
                table.where = mask(table.where)
                yield (unit.number, TABLE, number), self._found(unit, table, start)
            if problems:
                yield (unit.number, PROBLEM, unit.part), problems

    def _found(self, unit: Unit, table: Table, start: int) -> Found:
        if table.fingerprint and self.known.get(table.place) == table.fingerprint:
            return table.place
        how = counting(self.options)
        if unit.parts == 1:
            return count_table(table, how)
        return count_part(table, how, start, self.salt)


def scan_on_spark(
    specs: Sequence[str], sources: Sequence[Source], subject: str, options: Options,
    spark: SparkSession,
) -> Scanned:  # fmt: skip
    """Scan sources; what is found is what :func:`~hongxian.sensors.store.scan.scan` finds.

    Args:
        specs: what the user named; every executor must reach it under this name.
        sources: what it stands for.
        subject: whose store it is.
        options: how; the state is kept here, not on the executors.
        spark: the session.
    """
    scanned = Scanned(subject=subject, day=now_day())
    state = options.state
    known = {place: one.fingerprint for place, one in state.tables.items()} if state else {}
    sensor = StoreSensor(options=_carried(options), salt=secrets.token_bytes(32), known=known)
    full = options.sample is None
    units = list(units_of(specs, sources, scanned.problems, spark_units.PART, full=full))
    for chunk in _chunks(units):
        for key, found in _scanned(chunk, sensor, spark):
            _take(scanned, key, found, options)
    return judged(scanned, options.decisions)


def _carried(options: Options) -> Options:
    """Return what executors are told: neither files of the driver nor its progress."""
    return replace(options, decisions=(), state=None, moved=None, begun=None)


def _chunks(units: list[Unit]) -> Iterator[list[Unit]]:
    """Yield some thousands of units at a time; the parts of a file stay together."""
    chunk: list[Unit] = []
    for unit in units:
        if len(chunk) >= CHUNK and unit.part == 0:
            yield chunk
            chunk = []
        chunk.append(unit)
    if chunk:
        yield chunk


def _scanned(units: list[Unit], sensor: StoreSensor, spark: SparkSession) -> list[tuple[Key, Any]]:
    context = spark.sparkContext
    slices = min(len(units), context.defaultParallelism * ROUNDS)
    with plainly():
        if cut := [unit for unit in units if unit.span is not None]:
            rows = context.parallelize(cut, min(len(cut), slices)).map(rows_of).collect()
            units = numbered(units, dict(rows))
        found = context.parallelize(units, slices).mapPartitions(sensor)
        done = found.reduceByKey(joined, context.defaultParallelism).mapValues(finished).collect()
    return sorted(done, key=lambda one: one[0])


def joined(one: Found, other: Found) -> Found:
    """Join what was found under one key: parts of a table; else there is nothing to join."""
    if isinstance(one, TablePart) and isinstance(other, TablePart):
        return one.joined(other)
    return one


def finished(found: Found) -> Found:
    """Return the counts of a table whose parts are all there."""
    return found.done() if isinstance(found, TablePart) else found


def _take(scanned: Scanned, key: Key, found: Found, options: Options) -> None:
    if key[1] == PROBLEM and isinstance(found, list):
        scanned.problems += found
        return
    scanned.opened = True
    if isinstance(found, str) and options.state:
        scanned.reused += 1
        scanned.tables.append(options.state.tables[found])
    elif isinstance(found, TableCounts):
        scanned.tables.append(found)
        if options.moved:
            options.moved(found.rows, found.bytes)
        if options.state:
            options.state.keep(found)


class Many:
    """Spark, and the folder in which the facts are kept, if the user named one.

    Args:
        folder: the folder.

    Raises:
        HongxianError: Spark does not start, or the folder takes no facts.
    """

    def __init__(self, folder: Path | None) -> None:
        """Start Spark."""
        self.facts = SparkStore(folder) if folder else None
        if self.facts:
            self.facts.check()
        self.spark = self.facts.spark if self.facts else session()

    def kept(self, store: Store, subject: str) -> Store:
        """Keep what was found with what is there already, and return what counts on a subject."""
        if self.facts is None:
            return store
        self.facts.keep(store)
        store.close()
        self.facts.open()
        try:
            return self.facts.local([subject])
        finally:
            self.facts.close()
