"""What there is to scan, in units of which each is one executor's work.

A unit is a file, a table of a database, or a part of one that is large: some groups of rows of
Parquet, some bytes of a file of lines, some pages or keys of a table. Parts other than those of
Parquet are asked first how many rows they have, for each row is drawn by its number.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hongxian.facts.reason import Reason
from hongxian.sensors.store.proof import ROWS
from hongxian.sensors.store.sources.faults import SourceError
from hongxian.sensors.store.sources.file import local_file
from hongxian.sensors.store.sources.files import file_part, file_tables, parts_of, walk
from hongxian.sensors.store.sources.remote import Listed, opener
from hongxian.sensors.store.sources.sources import open_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from hongxian.sensors.store.sources.sources import Source
    from hongxian.sensors.store.sources.table import Cuts, Span, Table

PART = 1 << 28
"""Bytes of a file or table that one executor reads; larger ones are read by several."""


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
    span: Span | None = None
    """The part, where it is not some groups of rows of Parquet."""
    start: int = 0
    """Rows in front of the span."""
    address: str = field(default="", repr=False)
    """Of a database or a file system; may hold a password."""
    listed: Listed | None = None
    """The file of a file system."""


def units_of(
    specs: Sequence[str], sources: Sequence[Source], problems: list[Reason], size: int = PART,
    *, full: bool = False,
) -> Iterator[Unit]:  # fmt: skip
    """Yield what there is to read, in the order in which one process would read it.

    Args:
        specs: what the user named.
        sources: what it stands for.
        problems: takes what the databases cannot tell of themselves.
        size: bytes of a file or table that one executor reads.
        full: whether tables of databases are read in full, not by a sample.
    """
    number = 0
    for spec, source in zip(specs, sources, strict=True):
        for unit, spans in _units(spec, source, problems, size, full=full):
            parts = len(spans) or unit.parts
            for part in range(parts):
                span = spans[part] if spans else None
                yield replace(unit, number=number, part=part, parts=parts, span=span)
            number += 1


def _units(
    spec: str, source: Source, problems: list[Reason], size: int, *, full: bool
) -> Iterator[tuple[Unit, list[Span]]]:
    if source.path is not None:
        for path, name in walk(source.path):
            parts = parts_of(path, size)
            unit = Unit(number=0, name=name, path=str(path.absolute()), parts=parts)
            yield unit, _spans_of_file(unit, path, size) if parts == 1 else []
    elif source.files is not None:
        for one in source.files():
            yield Unit(number=0, name=source.name, address=spec, listed=one), []
    else:
        for table in source.tables(problems):
            yield (
                Unit(number=0, name=table.place, address=spec),
                _spans(table, size) if full else [],
            )


def _spans_of_file(unit: Unit, path: Path, size: int) -> list[Span]:
    try:
        if path.stat().st_size < 2 * size:
            return []
    except OSError:  # told when it is opened
        return []
    table = next(whole_tables(unit, []), None)
    return _spans(table, size) if table else []


def _spans(table: Table, size: int) -> list[Span]:
    try:
        return table.cuts.spans(size) if table.cuts else []
    except (SourceError, OSError):  # told when it is read as a whole
        return []


def tables_of(unit: Unit, problems: list[Reason]) -> Iterator[tuple[Table, int]]:
    """Yield the tables of a unit, with the number of rows in front of each."""
    if unit.span is not None:
        for table in whole_tables(replace(unit, span=None), problems):
            if table.cuts is not None:
                table.read = partial(_within, table.cuts, unit.span)
                yield table, unit.start
                return
    elif unit.parts > 1:
        yield from file_part(
            local_file(Path(unit.path), unit.name), problems, unit.part, unit.parts
        )
    else:
        for table in whole_tables(unit, problems):
            yield table, 0


def _within(cuts: Cuts, span: Span, _sample: object, /) -> Iterator[Any]:
    return cuts.read(span)


def whole_tables(unit: Unit, problems: list[Reason]) -> Iterator[Table]:
    """Yield the tables of a unit, all of whose rows are read."""
    if unit.path:
        try:
            file = local_file(Path(unit.path), unit.name)
        except OSError as error:
            reason = {"reason": error.strerror or "?"}
            problems.append(Reason("store.unopened", reason, unit.name))
            return
        yield from file_tables(file, problems)
    elif unit.listed:
        yield from file_tables(opener(unit.address, unit.name)(unit.listed), problems)
    else:
        tables = open_source(unit.address).tables([])
        yield from (table for table in tables if table.place == unit.name)


def rows_of(unit: Unit) -> tuple[tuple[int, int], int | None]:
    """Return number and part of a unit, and the rows of its span; ``None`` when it has no own."""
    rows = None
    try:
        table = next(whole_tables(unit, []), None)
        if table is not None and table.cuts is not None and unit.span is not None:
            rows = table.cuts.count(unit.span)
    except (SourceError, OSError):  # told by who reads it as a whole
        rows = None
    return (unit.number, unit.part), rows


def numbered(units: Iterable[Unit], rows: Mapping[tuple[int, int], int | None]) -> list[Unit]:
    """Return units that know how many rows are in front of them; some are put together for that.

    Args:
        units: the units, the parts of a table one behind the other.
        rows: the rows of each span, by number and part.
    """
    found: list[Unit] = []
    for _, group in groupby(units, key=lambda unit: unit.number):
        own = list(group)
        if own[0].span is None:
            found += own
            continue
        counts = [rows[unit.number, unit.part] for unit in own]
        found += _started(own, counts) if None not in counts else _started(own, [0] * len(own))
    return found


def _started(units: list[Unit], counts: Sequence[int | None]) -> list[Unit]:
    """Return parts with the rows in front of each.

    The first one takes what follows while it has too few rows to prove hashes by; an empty one goes
    to the one before it.
    """
    kept: list[Unit] = []
    spans: list[Span] = []
    start = 0
    for unit, count in zip(units, counts, strict=True):
        if unit.span is None or count is None:
            continue
        if kept and (not count or (len(kept) == 1 and start < ROWS)):
            spans[-1] = spans[-1].joined(unit.span)
        else:
            kept.append(replace(unit, start=start))
            spans.append(unit.span)
        start += count
    if len(kept) == 1:
        return [replace(kept[0], part=0, parts=1, span=None)]
    return [
        replace(unit, part=part, parts=len(kept), span=span)
        for part, (unit, span) in enumerate(zip(kept, spans, strict=True))
    ]
