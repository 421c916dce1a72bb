"""Scans stores where Spark's executors are: files by their paths, tables of databases one each.

What an executor sends back are counts: numbers and covered excerpts. Of a large file each executor
counts some groups of rows; the parts are joined on the executors, where a keyed hash stands for
each value that was drawn.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hongxian.facts.reason import Reason
from hongxian.facts.spark import SparkStore
from hongxian.facts.spark_session import plainly, session
from hongxian.sensors.store.counts import TableCounts
from hongxian.sensors.store.facts import now_day
from hongxian.sensors.store.parts import TablePart
from hongxian.sensors.store.read_table import count_part, count_table
from hongxian.sensors.store.scan import Scanned, counting, judged
from hongxian.sensors.store.sources.file import local_file
from hongxian.sensors.store.sources.files import file_part, file_tables, parts_of, walk
from hongxian.sensors.store.sources.remote import Listed, opener
from hongxian.sensors.store.sources.sources import open_source
from hongxian.words.mask import mask

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pyspark.sql import SparkSession

    from hongxian.facts import Store
    from hongxian.sensors.store.scan import Options
    from hongxian.sensors.store.sources.sources import Source
    from hongxian.sensors.store.sources.table import Table

PART = 1 << 28
"""Bytes of a Parquet file that one executor reads; larger files are read by several."""
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
class Unit:
    """What one task reads: a file, some of its groups of rows, or a table of a database."""

    number: int
    """Its place among all."""
    name: str
    """What people call it."""
    path: str = ""
    """The file, if it is one on disk."""
    part: int = 0
    parts: int = 1
    address: str = field(default="", repr=False)
    """Of a database or a file system; may hold a password."""
    listed: Listed | None = None
    """The file of a file system."""


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


def tables_of(unit: Unit, problems: list[Reason]) -> Iterator[tuple[Table, int]]:
    """Yield the tables of a unit, with the number of rows in front of each."""
    if unit.parts > 1:
        yield from file_part(
            local_file(Path(unit.path), unit.name), problems, unit.part, unit.parts
        )
        return
    if unit.path:
        try:
            file = local_file(Path(unit.path), unit.name)
        except OSError as error:
            reason = {"reason": error.strerror or "?"}
            problems.append(Reason("store.unopened", reason, unit.name))
            return
        found = file_tables(file, problems)
    elif unit.listed:
        found = file_tables(opener(unit.address, unit.name)(unit.listed), problems)
    else:
        tables = open_source(unit.address).tables([])
        found = (table for table in tables if table.place == unit.name)
    for table in found:
        yield table, 0


def units_of(
    specs: Sequence[str], sources: Sequence[Source], problems: list[Reason], size: int = PART
) -> Iterator[Unit]:
    """Yield what there is to read, in the order in which one process would read it.

    Args:
        specs: what the user named.
        sources: what it stands for.
        problems: takes what the databases cannot tell of themselves.
        size: bytes of a Parquet file that one executor reads.
    """
    number = 0
    for spec, source in zip(specs, sources, strict=True):
        for unit in _units(spec, source, problems, size):
            yield from (
                Unit(number=number, name=unit.name, path=unit.path, part=part, parts=unit.parts,
                     address=unit.address, listed=unit.listed)
                for part in range(unit.parts)
            )  # fmt: skip
            number += 1


def _units(spec: str, source: Source, problems: list[Reason], size: int) -> Iterator[Unit]:
    if source.path is not None:
        for path, name in walk(source.path):
            yield Unit(number=0, name=name, path=str(path.absolute()), parts=parts_of(path, size))
    elif source.files is not None:
        for one in source.files():
            yield Unit(number=0, name=source.name, address=spec, listed=one)
    else:
        for table in source.tables(problems):
            yield Unit(number=0, name=table.place, address=spec)


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
    units = list(units_of(specs, sources, scanned.problems))
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
