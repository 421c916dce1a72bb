"""SQL dumps as tables: ``INSERT ... VALUES`` and ``COPY ... FROM stdin``, read as a stream.

Statements are found by one pass over the text; a dump of any size takes the memory of one
statement. What a dump says of its columns (names, types, comments) is taken from CREATE TABLE.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.facts.reason import Reason
from hongxian.sensors.store.sources.encoding import blocks, tell
from hongxian.sensors.store.sources.file import LIMITS
from hongxian.sensors.store.sources.lines import text_table
from hongxian.sensors.store.sources.sqlread import Copy, Insert, Maker, Note, statements
from hongxian.sensors.store.sources.table import Column, Table
from hongxian.sensors.store.sources.values import arrow_batch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.store.sources.file import File, Limits
    from hongxian.sensors.store.sources.table import Sample

ROWS = 8_192
"""Rows of a batch."""


def dump_tables(file: File, limits: Limits = LIMITS) -> Iterator[Table]:
    """Yield the tables of a dump, and what stands outside of any table as lines.

    The dump is gone through once to learn its tables, then once for each of them.
    """
    described: dict[str, list[Column]] = {}
    counted: dict[str, int] = {}
    for found in _statements(file, limits):
        if isinstance(found, Maker):
            described[found.table] = found.columns
        elif isinstance(found, Note):
            _comment(described, found)
        elif isinstance(found, Insert | Copy):
            counted[found.table] = counted.get(found.table, 0) + found.count()
            if found.columns or found.table not in described:
                described.setdefault(found.table, [Column(name=one) for one in found.columns])
    if not counted:
        yield _rest(file, limits)
        return
    for name, rows in counted.items():
        yield _table(file, limits, name, described.get(name, []), rows)


def _comment(described: dict[str, list[Column]], note: Note) -> None:
    columns = described.get(note.table, [])
    for place, column in enumerate(columns):
        if column.name == note.column:
            columns[place] = Column(name=column.name, type=column.type, comment=note.text)


def _statements(file: File, limits: Limits) -> Iterator[Any]:
    encoding, mark = tell(file.head())
    with file.opened() as stream:
        yield from statements(blocks(stream, encoding, mark), limits.cell)


def _table(file: File, limits: Limits, name: str, columns: list[Column], rows: int) -> Table:
    table = Table(
        where=file.name, name=name, medium="dump", kind="sqldump", columns=tuple(columns),
        rows=rows, read=lambda _sample: iter(()), size=file.size, fingerprint=file.stamp,
    )  # fmt: skip

    def read(sample: Sample | None) -> Iterator[Any]:
        del sample  # files are read in full
        broken = 0
        for found in _statements(file, limits):
            if not isinstance(found, Insert | Copy) or found.table != name:
                continue
            names = found.columns or [column.name for column in columns]
            part: list[list[str | None]] = []
            for row in found.rows():
                if names and len(row) != len(names):
                    broken += 1
                part.append(row)
                if len(part) == ROWS:
                    yield _batch(part, names)
                    part = []
            if part:
                yield _batch(part, names)
        if broken:
            table.problems.append(Reason("store.broken_rows", {"count": broken}, table.place))

    table.read = read
    return table


def _batch(rows: list[list[str | None]], names: list[str]) -> Any:
    """Return rows as a batch; rows of another width than the names keep all their values."""
    width = max(len(names), *map(len, rows))
    named = [*names, *(f"column{place}" for place in range(len(names) + 1, width + 1))]
    return arrow_batch([row + [None] * (width - len(row)) for row in rows], named)


def _rest(file: File, limits: Limits) -> Table:
    """Return a dump without rows as the text that it is."""
    table = text_table(file, limits)
    table.medium, table.kind = "text", "sql"
    return table
