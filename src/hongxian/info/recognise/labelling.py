"""Finds the label that stands before a value: backwards, by a hash of whole words.

Compiled like ``checks.py``, by the same rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.info.recognise.forms import DIGIT, HIGH, LOWER, UPPER
from hongxian.info.recognise.verify import Verifier

if TYPE_CHECKING:
    from hongxian.info.recognise.tables import Tables

MASK = 0x3FFFFFFFFFFFFFFF
PRIME = 1099511628211
BASIS = 1469598103934665
TAIL_BITS = 8192
"""Bytes of the filter of labels."""


class Labelling(Verifier):
    """A text, all checks, and the labels before values."""

    def __init__(self, tables: Tables) -> None:
        """Take the tables of labels and those of the checks."""
        Verifier.__init__(self, tables.marks, tables.card_lengths, tables.iban_lengths)
        self.separators = tables.separators
        self.fold = tables.fold
        self.tails = tables.tails
        self.label_keys = tables.label_keys
        self.label_values = tables.label_values
        self.label_mask = len(tables.label_keys) - 1
        self.basis, self.prime, self.mask = BASIS, PRIME, MASK
        self.edge = self.group = 0

    def named(self, data: Any) -> int:
        """Return the group of the label that a text ends with, 0 for none."""
        self.data = data
        self.lo = self.edge = self.group = self.front = 0
        self.hi = len(data)
        return self.label_before(self.hi)

    def label_before(self, at: int) -> int:
        """Return the group of the label before a value, 0 for none."""
        data, fold, separators = self.data, self.fold, self.separators
        i = at
        floor = max(self.edge, at - 9)
        while i > floor:
            c = data[i - 1]
            if c >= 128:
                if i - 3 < floor or not self.is_separator(i - 3):
                    break
                i -= 3
            elif separators[c]:
                i -= 1
            else:
                break
        if i == self.lo:
            return self.group
        if i - 2 < self.edge:
            return 0
        place = fold[data[i - 2]] * 31 + fold[data[i - 1]]
        if i - 3 >= self.edge:
            place += fold[data[i - 3]] * 961
        place &= 8 * TAIL_BITS - 1
        return self.label_ending(i) if self.tails[place >> 3] >> (place & 7) & 1 else 0

    def is_separator(self, at: int) -> int:
        """Return whether ： ＝ （ “ ” 「 」 【 】 是 为 stand at a place."""
        sign = self.data[at] << 16 | self.data[at + 1] << 8 | self.data[at + 2]
        return sign in (
            0xEFBC9A, 0xEFBC9D, 0xEFBC88, 0xE2809C, 0xE2809D, 0xE3808C, 0xE3808D, 0xE38090,
            0xE38091, 0xE698AF, 0xE4B8BA,
        )  # fmt: skip

    def label_ending(self, end: int) -> int:
        """Return the group of the longest label that ends at a place, whole words only."""
        data, fold = self.data, self.fold
        found = 0
        hashed = self.basis
        i = end
        floor = max(self.edge, end - 40)
        while i > floor:
            c = fold[data[i - 1]]
            if c == 0:
                break
            i -= 1
            if c == 1:
                continue
            hashed = ((hashed ^ c) * self.prime) & self.mask
            if self.word_begins(i):
                group = self.label_of(hashed)
                if group < 0:
                    break
                if group:
                    found = group
        return found

    def word_begins(self, i: int) -> int:
        """Return whether a word, a part of a camelCase name or a character begins at a place."""
        kind = self.kinds[self.data[i]]
        if kind & HIGH:
            return self.data[i] >= 0xC0
        before = self.kind(i - 1)
        if not before & (LOWER | UPPER | DIGIT):
            return 1
        return kind & UPPER and before & LOWER

    def label_of(self, hashed: int) -> int:
        """Return the group of a label, by its hash; 0 for the end of one, -1 for neither."""
        slot = hashed & self.label_mask
        key = hashed >> 30
        while self.label_keys[slot]:
            if self.label_keys[slot] == key:
                return self.label_values[slot]
            slot = (slot + 1) & self.label_mask
        return -1
