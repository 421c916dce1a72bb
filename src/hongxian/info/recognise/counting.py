"""Writes hits down and counts them by kind, so that a column costs no object per hit.

Compiled like ``checks.py``, by the same rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.info.recognise.labelling import Labelling

if TYPE_CHECKING:
    from hongxian.info.recognise.tables import Tables

VALID, LABELLED = 1, 2
FIELDS = 5
"""Numbers per hit: row, start, end, recogniser, grade."""
ROW_AT, START_AT, END_AT, RECOGNISER_AT, GRADE_AT = 0, 1, 2, 3, 4
SUMS = 6
"""Numbers per kind: the rows with a hit, with a valid one, with one that is all of the row; then,
for each of the three, the last row that was counted, from 1."""
EVERY, GOOD, FULL = 0, 1, 2
LAST = 3


class Counting(Labelling):
    """The tables, the text, and room for hits."""

    def __init__(self, tables: Tables, out: Any) -> None:
        """Take the tables and room for hits, ``FIELDS`` numbers each."""
        Labelling.__init__(self, tables)
        self.out = out
        self.room = len(out) // FIELDS
        self.row = self.hits = 0

    def into(self, codes: Any, weights: Any, sums: Any) -> None:
        """Take where and how hits are counted.

        Args:
            codes: the kind of each recogniser.
            weights: how often each row stands; empty for once each.
            sums: ``SUMS`` numbers for each kind, which are added to.
        """
        self.codes = codes
        self.weighted = len(weights)
        self.weights = weights
        self.sums = sums

    def fits(self, offsets: Any, size: int) -> int:
        """Return whether offsets never fall and stay within so many bytes."""
        before = 0
        for i in range(len(offsets)):
            if offsets[i] < before:
                return 0
            before = offsets[i]
        return 1 if before <= size else 0

    def write(self, start: int, end: int, recogniser: int, grade: int) -> None:
        """Write a hit down."""
        at = self.hits * FIELDS
        self.out[at + ROW_AT] = self.row
        self.out[at + START_AT] = start
        self.out[at + END_AT] = end
        self.out[at + RECOGNISER_AT] = recogniser
        self.out[at + GRADE_AT] = grade
        self.hits += 1

    def gather(self, offsets: Any) -> None:
        """Add the hits that are written down to the sums of their kinds; each row counts once."""
        for hit in range(self.hits):
            at = hit * FIELDS
            row = self.out[at + ROW_AT]
            kind = self.codes[self.out[at + RECOGNISER_AT]] * SUMS
            self.add(kind + EVERY, row)
            if self.out[at + GRADE_AT] == VALID:
                self.add(kind + GOOD, row)
            inside = self.out[at + START_AT] - offsets[row]
            if inside <= 1 and self.out[at + END_AT] >= offsets[row + 1] - 2:
                self.add(kind + FULL, row)

    def add(self, place: int, row: int) -> None:
        """Count a row in one of the sums, unless it was."""
        if self.sums[place + LAST] != row + 1:
            self.sums[place + LAST] = row + 1
            self.sums[place] += self.weights[row] if self.weighted else 1
