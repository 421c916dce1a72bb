"""What was counted of a part of a table; parts are put together as if one had read all.

A part holds numbers and covered excerpts, as counts do, and of the values that were drawn a keyed
hash each, never a value. Parts may be joined in any order; each knows the number of its first row.
Only the proof that a hash is the bare one of the clear value beside it needs the first rows in one
piece (:data:`~hongxian.sensors.store.proof.ROWS`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hongxian.sensors.store.dates import Days, add_days, span_of

if TYPE_CHECKING:
    from hongxian.sensors.store.counts import ColumnCounts, TableCounts
    from hongxian.sensors.store.draw import Drawn


@dataclass(slots=True, kw_only=True)
class ColumnPart:
    """What was counted of a part of a column."""

    counts: ColumnCounts
    """Without what is told by the draw and by the days."""
    drawn: Drawn
    days: Days = field(default_factory=dict)
    worth: bool = False
    """Whether any value may be PI: whole numbers are when one of them is large enough."""

    def add(self, later: ColumnPart) -> None:
        """Add a part that was read behind this one."""
        self.counts.add(later.counts)
        self.drawn = self.drawn.joined(later.drawn)
        add_days(self.days, later.days)
        self.worth = self.worth or later.worth

    def done(self) -> ColumnCounts:
        """Return the counts of the column."""
        counts = self.counts
        span = span_of(self.days, counts.filled)
        if span:
            counts.oldest, counts.newest = span
        if not self.worth:
            counts.hits = {}
            return counts
        different, counts.shapes = self.drawn.counted()
        counts.sampled, counts.distinct = len(self.drawn.values), len(self.drawn.different())
        for info, hit in counts.hits.items():
            hit.distinct = different.get(info, 0)
        return counts


@dataclass(slots=True, kw_only=True)
class TablePart:
    """What was counted of a part of a table."""

    start: int
    """Rows in front of it."""
    counts: TableCounts
    """Without columns."""
    columns: dict[str, ColumnPart]
    known: frozenset[str]
    """Columns that the source named before any row was read."""

    def joined(self, other: TablePart) -> TablePart:
        """Return what would have been counted of both; neither is used afterwards."""
        one, two = sorted((self, other), key=lambda part: (part.start, part.counts.rows))
        for name, column in two.columns.items():
            if name in one.columns:
                one.columns[name].add(column)
            else:
                one.columns[name] = column
        ours, theirs = one.counts, two.counts
        ours.proven = ours.proven if ours.rows else theirs.proven
        for count in ("rows", "bytes"):
            setattr(ours, count, getattr(ours, count) + getattr(theirs, count))
        ours.reasons = _each_once([*ours.reasons, *theirs.reasons])
        for name, rows in theirs.present.items():
            ours.present[name] = ours.present.get(name, 0) + rows
        return one

    def done(self) -> TableCounts:
        """Return the counts of the table."""
        nested = {name.split(".", 1)[0] for name in self.columns if name not in self.known}
        self.counts.columns = [
            column.done()
            for name, column in self.columns.items()
            if column.counts.rows or name not in nested
        ]
        self.counts.reasons = _each_once(self.counts.reasons)
        return self.counts


def _each_once(reasons: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for place, one in enumerate(reasons) if one not in reasons[:place]]
