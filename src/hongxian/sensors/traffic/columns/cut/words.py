"""Words that come again and again are numbered: what is worked out of each is worked out once."""

from __future__ import annotations

from array import array
from typing import Any

MOST_BYTES = 1 << 24
"""Of all words together; when there are more, all of them are forgotten."""
MOST_WORDS = 1 << 17
_MASK = (1 << 30) - 1
"""No more than C takes for a number that is none of Python's."""


class Words:
    """Numbers words in the order in which they come first.

    Args:
        seed: a number of 20 bits that nobody can know who writes words.
    """

    def __init__(self, seed: int) -> None:
        """Know none yet."""
        self.seed = seed | 1
        self.count = 0
        self.size = 0
        self.text_made = bytearray(1 << 12)
        self.text = self.text_made
        self.room = 1 << 12
        self.most = 1 << 8
        self.starts_made = array("q", [0] * self.most)
        self.sums_made = array("q", [0] * self.most)
        self.starts = self.starts_made
        self.sums = self.sums_made
        self.table = array("q", [-1] * (1 << 9))
        self.slots = 1 << 9

    def full(self) -> bool:
        """Return whether there are too many."""
        return self.count > MOST_WORDS or self.size > MOST_BYTES

    def clear(self) -> None:
        """Forget all."""
        self.count = self.size = 0
        self.starts[0] = 0
        for slot in range(self.slots):
            self.table[slot] = -1

    def number(self, raw: Any, at: int, end: int, kind: int) -> int:
        """Return the number of a word; a new one has that of all words before.

        Args:
            raw: the bytes in which it stands.
            at: its first byte.
            end: behind it.
            kind: a byte that tells it from the same word of another kind.
        """
        total = kind
        for place in range(at, end):
            total = (total * self.seed + raw[place]) & _MASK
        total = total ^ (total >> 17)
        slot = total & (self.slots - 1)
        number = self.table[slot]
        while number >= 0:
            if self.sums[number] == total and self._same(number, raw, at, end, kind):
                return number
            slot = (slot + 1) & (self.slots - 1)
            number = self.table[slot]
        self.table[slot] = self.count
        self.sums[self.count] = total
        return self._new(raw, at, end, kind)

    def word(self, number: int) -> bytes:
        """Return a word, its kind before it."""
        first = self.starts[number]
        return bytes(memoryview(self.text_made)[first : self.starts[number + 1]])

    def _same(self, number: int, raw: Any, at: int, end: int, kind: int) -> bool:
        """Return whether a word is the one that has a number."""
        first = self.starts[number]
        if self.starts[number + 1] - first != end - at + 1 or self.text[first] != kind:
            return False
        first += 1 - at
        for place in range(at, end):  # noqa: SIM110 - compiled
            if self.text[first + place] != raw[place]:
                return False
        return True

    def _new(self, raw: Any, at: int, end: int, kind: int) -> int:
        """Keep a word; return its number."""
        number = self.count
        self._make_room(end - at + 1)
        to = self.size
        self.text[to] = kind
        to += 1
        for place in range(at, end):
            self.text[to] = raw[place]
            to += 1
        self.size = to
        self.count = number + 1
        self.starts[number + 1] = to
        if 2 * self.count > self.slots:
            self._wider()
        return number

    def _make_room(self, more: int) -> int:
        """Make room for a word of so many bytes; return the room."""
        if self.size + more > self.room:
            self.room = 2 * (self.size + more)
            made = bytearray(self.room)
            made[: self.size] = memoryview(self.text_made)[: self.size]
            self.text_made = made
            self.text = self.text_made
        if self.count + 2 > self.most:
            self.starts_made = self.starts_made + array("q", [0] * self.most)
            self.sums_made = self.sums_made + array("q", [0] * self.most)
            self.starts = self.starts_made
            self.sums = self.sums_made
            self.most *= 2
        return self.room

    def _wider(self) -> int:
        """Make the table twice as wide; return how wide."""
        self.slots *= 2
        self.table = array("q", [-1] * self.slots)
        for number in range(self.count):
            slot = self.sums[number] & (self.slots - 1)
            while self.table[slot] >= 0:
                slot = (slot + 1) & (self.slots - 1)
            self.table[slot] = number
        return self.slots


class Pairs:
    """A set of pairs of small numbers."""

    def __init__(self) -> None:
        """Hold none yet."""
        self.count = 0
        self.slots = 1 << 10
        self.table = array("q", [-1] * self.slots)

    def clear(self) -> None:
        """Forget all."""
        self.count = 0
        for slot in range(self.slots):
            self.table[slot] = -1

    def add(self, one: int, other: int) -> bool:
        """Add a pair of numbers below 2**31; return whether it is new."""
        pair = one << 31 | other
        slot = (one * 0x1E3779B1 + other * 0x05EBCA6B) & (self.slots - 1)
        while self.table[slot] >= 0:
            if self.table[slot] == pair:
                return False
            slot = (slot + 1) & (self.slots - 1)
        self.table[slot] = pair
        self.count += 1
        if 2 * self.count > self.slots:
            self._wider()
        return True

    def _wider(self) -> int:
        """Make the table twice as wide; return how wide."""
        before = self.table
        self.slots *= 2
        self.table = array("q", [-1] * self.slots)
        for place in range(self.slots // 2):
            pair = before[place]
            if pair >= 0:
                slot = (pair >> 31) * 0x1E3779B1 + (pair & 0x7FFFFFFF) * 0x05EBCA6B
                slot &= self.slots - 1
                while self.table[slot] >= 0:
                    slot = (slot + 1) & (self.slots - 1)
                self.table[slot] = pair
        return self.slots
