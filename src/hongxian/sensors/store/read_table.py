"""Reads a table through and counts its columns."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

from hongxian.facts.reason import Reason
from hongxian.sensors.store.column_names import named
from hongxian.sensors.store.counts import ColumnCounts, TableCounts
from hongxian.sensors.store.flatten import flat_columns
from hongxian.sensors.store.proof import proven
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


def count_table(
    table: Table,
    sample: Sample | None,
    *,
    seed: int = 0,
    absent: Absent | None = None,
    moved: Callable[[int, int], None] | None = None,
) -> TableCounts:
    """Read a table and return what was counted; what was read before a fault stays.

    Args:
        table: the table.
        sample: how many rows to ask for of a source that can draw; ``None`` reads all.
        seed: of the draw of values within columns.
        absent: persons who should not be there any more.
        moved: is told how many rows and bytes each batch had.
    """
    counting = _Counting(table, seed, absent)
    for batch in _batches(table, sample):
        before = counting.bytes
        counting.add(batch)
        if moved:
            moved(batch.num_rows, counting.bytes - before)
    return counting.done(sampled=sample is not None and table.samples)


def _batches(table: Table, sample: Sample | None) -> Iterator[Any]:
    """Yield the batches of a table; a fault in the middle becomes one of its problems."""
    try:
        yield from table.read(sample)
    except SourceError as error:
        table.problems.append(error.reason(table.place))
    except BROKEN as error:  # what Arrow and the readers of formats raise on damage is among them
        reason = getattr(error, "strerror", None)
        word = "store.unopened" if reason else "store.damaged"
        table.problems.append(Reason(word, {"reason": reason} if reason else {}, table.place))


class _Counting:
    """The tallies of a table's columns."""

    def __init__(self, table: Table, seed: int, absent: Absent | None) -> None:
        self.table, self.seed, self.absent = table, seed, absent
        self.known = {column.name: column for column in table.columns}
        self.tallies: dict[str, ColumnTally] = {}
        self.proven: set[str] = set()
        self.rows = self.bytes = 0
        for name in self.known:
            self.tally(name)

    def tally(self, path: str) -> ColumnTally:
        """Return the tally of a column, new if it was not seen before."""
        if path not in self.tallies:
            if len(self.tallies) >= COLUMNS:
                path = "..."
            column = self.known.get(path)
            comment = column.comment if column else ""
            lines = self.table.medium in TEXTS and path == LINE
            told = named(path, comment)
            counts = ColumnCounts(name=path, type=column.type if column else "", comment=comment)
            self.tallies[path] = ColumnTally(
                counts, label="" if lines else told.label, timed=told.timed, lines=lines,
                seed=self.seed ^ zlib.crc32(path.encode()),
            )  # fmt: skip
        return self.tallies[path]

    def add(self, batch: Any) -> None:
        """Count a batch; the first one may prove what a hash is of."""
        if not self.rows:
            self.proven = proven(batch)
        self.rows += batch.num_rows
        for path, array in flat_columns(batch):
            tally = self.tally(path)
            before = tally.counts.bytes
            tally.add(array)
            self.bytes += tally.counts.bytes - before
            if self.absent:
                self.absent.look(path, array)

    def done(self, *, sampled: bool) -> TableCounts:
        """Return the counts."""
        table = self.table
        nested = {path.split(".", 1)[0] for path in self.tallies if path not in self.known}
        columns = [
            tally.done()
            for path, tally in self.tallies.items()
            if tally.counts.rows or path not in nested
        ]
        return TableCounts(
            where=table.where, name=table.name, medium=table.medium, kind=table.kind,
            fingerprint=table.fingerprint, rows=self.rows, bytes=self.bytes, columns=columns,
            total=table.rows if sampled else None,
            reasons=[one.data() for one in table.problems],
            proven=sorted(self.proven), present=self.absent.taken() if self.absent else {},
        )  # fmt: skip
