"""Reads a table through and counts its columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hongxian.facts.reason import Reason
from hongxian.sensors.store.column_names import named
from hongxian.sensors.store.counts import ColumnCounts, TableCounts
from hongxian.sensors.store.draw import rows_from
from hongxian.sensors.store.flatten import flat_columns
from hongxian.sensors.store.parts import TablePart
from hongxian.sensors.store.proof import ROWS, proven
from hongxian.sensors.store.sources.faults import SourceError
from hongxian.sensors.store.sources.lines import LINE
from hongxian.sensors.store.sources.packed import BROKEN
from hongxian.sensors.store.tally import ColumnTally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hongxian.sensors.store.absent import Absent
    from hongxian.sensors.store.sources.table import Sample, Table

COLUMNS = 5_000
"""Columns of one table that are counted apart."""
TEXTS = ("log", "text", "document")
"""Media whose one column is lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """How tables are counted."""

    sample: Sample | None = None
    """How many rows to ask for of a source that can draw; ``None`` reads all."""
    seed: int = 0
    """Of the draw of values within columns."""
    absent: Absent | None = None
    """Persons who should not be there any more."""
    moved: Callable[[int, int], None] | None = None
    """Is told how many rows and bytes each batch had."""


def count_table(table: Table, how: Counting | None = None) -> TableCounts:
    """Read a table and return what was counted; what was read before a fault stays."""
    return count_part(table, how or Counting(), 0, None).done()


def count_part(table: Table, how: Counting, start: int, salt: bytes | None) -> TablePart:
    """Read a part of a table and return what was counted, to be joined with the other parts.

    Args:
        table: the part.
        how: how to count.
        start: rows of the table in front of it.
        salt: the same secret for all parts of the table; ``None`` when there is no other part.
    """
    tallies = _Tallies(table, how, start)
    for batch in _batches(table, how.sample):
        before = tallies.bytes
        tallies.add(batch)
        if how.moved:
            how.moved(batch.num_rows, tallies.bytes - before)
    return tallies.part(salt, sampled=how.sample is not None and table.samples)


def _batches(table: Table, sample: Sample | None) -> Iterator[Any]:
    """Yield the batches of a table; a fault in the middle becomes one of its problems."""
    try:
        yield from (table.coded or table.read)(sample)
    except SourceError as error:
        table.problems.append(error.reason(table.place))
    except BROKEN as error:  # what Arrow and the readers of formats raise on damage is among them
        reason = getattr(error, "strerror", None)
        word = "store.unopened" if reason else "store.damaged"
        table.problems.append(Reason(word, {"reason": reason} if reason else {}, table.place))


class _Tallies:
    """The tallies of a table's columns."""

    def __init__(self, table: Table, how: Counting, start: int) -> None:
        self.table, self.how, self.start = table, how, start
        self.known = {column.name: column for column in table.columns}
        self.tallies: dict[str, ColumnTally] = {}
        self.head: list[Any] = []
        self.rows = self.bytes = 0
        for name in self.known:
            self.tally(name)

    def tally(self, path: str) -> ColumnTally:
        """Return the tally of a column, new if it was not seen before."""
        if path not in self.tallies and len(self.tallies) >= COLUMNS:
            path = "..."
        if path not in self.tallies:
            column = self.known.get(path)
            comment = column.comment if column else ""
            lines = self.table.medium in TEXTS and path == LINE
            told = named(path, comment)
            counts = ColumnCounts(name=path, type=column.type if column else "", comment=comment)
            self.tallies[path] = ColumnTally(
                counts, label="" if lines else told.label, timed=told.timed, lines=lines
            )
        return self.tallies[path]

    def add(self, batch: Any) -> None:
        """Count a batch; the first rows of a table may prove what a hash is of."""
        if self.rows < ROWS:
            self.head.append(batch.slice(0, ROWS - self.rows))
        start = self.start + self.rows + self.table.lost
        rows = rows_from(start, batch.num_rows, self.how.seed)
        self.rows += batch.num_rows
        for path, array, own in flat_columns(batch, rows):
            tally = self.tally(path)
            before = tally.counts.bytes
            tally.add(array, own)
            self.bytes += tally.counts.bytes - before
            if self.how.absent:
                self.how.absent.look(path, array)

    def part(self, salt: bytes | None, *, sampled: bool) -> TablePart:
        """Return what was counted."""
        table, absent = self.table, self.how.absent
        counts = TableCounts(
            where=table.where, name=table.name, medium=table.medium, kind=table.kind,
            fingerprint=table.fingerprint, rows=self.rows, bytes=self.bytes,
            total=table.rows if sampled else None,
            reasons=[one.data() for one in table.problems],
            proven=sorted(proven(self.head)), present=absent.taken() if absent else {},
        )  # fmt: skip
        columns = {path: tally.part(salt) for path, tally in self.tallies.items()}
        return TablePart(
            start=self.start, counts=counts, columns=columns, known=frozenset(self.known)
        )
