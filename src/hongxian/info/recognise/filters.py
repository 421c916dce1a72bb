"""Small tables that tell early that nothing can come of a word; they never hide what can.

Most words of a text begin no value. Two looks, at the first two bytes and at the length with the
byte behind the word, spare the automaton nearly all of them. All is worked out from the automaton
itself. A third table tells whether three bytes may end a label.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.info.recognise.forms import DIGIT, UPPER
from hongxian.info.recognise.kernel import LENGTHS, TAIL_BITS, WORD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hongxian.info.recognise.automaton import Automaton

JOINER = 1
"""What the folded text has between words."""


def pair_table(automaton: Automaton, row: int) -> bytes:
    """Return for each two first bytes whether the automaton lives on after them."""
    table = bytearray(1 << 16)
    for first in range(256):
        after = automaton.step[row + automaton.classes[first]] >> 1
        if after:
            for second in range(256):
                if automaton.step[after + automaton.classes[second]]:
                    table[first << 8 | second] = 1
    return bytes(table)


def length_table(automaton: Automaton, row: int, kinds: bytes) -> bytes:
    """Return whether anything may come of a word, by how it begins, its length and what follows.

    The place is ``(begin * LENGTHS + length) * 256 + following``; ``begin`` is 0 for a digit, 1 for
    a capital, 2 for the rest; the last length stands for all longer ones.
    """
    ways = _Ways(automaton, kinds)
    table = bytearray(3 * LENGTHS * 256)
    for begin in range(3):
        heads = [byte for byte in range(256) if kinds[byte] & WORD and _begin(kinds[byte]) == begin]
        first = {automaton.step[row + automaton.classes[byte]] >> 1 for byte in heads}
        reached = first - {0}
        for length in range(1, LENGTHS):
            if length == LENGTHS - 1:
                reached = ways.closure(reached)
            at = (begin * LENGTHS + length) * 256
            for byte in ways.following(reached):
                table[at + byte] = 1
            reached = ways.on(reached)
    return bytes(table)


def _begin(kind: int) -> int:
    return 0 if kind & DIGIT else 1 if kind & UPPER else 2


class _Ways:
    """Where the automaton goes inside of a word, and what may follow a word."""

    def __init__(self, automaton: Automaton, kinds: bytes) -> None:
        self.automaton = automaton
        inner = [byte for byte in range(256) if kinds[byte] & WORD]
        self.outer = [byte for byte in range(256) if not kinds[byte] & WORD]
        self.inner_classes = sorted({automaton.classes[byte] for byte in inner})
        self.known: dict[int, set[int]] = {}

    def targets(self, row: int) -> set[int]:
        if row not in self.known:
            step = self.automaton.step
            self.known[row] = {step[row + one] >> 1 for one in self.inner_classes} - {0}
        return self.known[row]

    def on(self, rows: set[int]) -> set[int]:
        return set().union(*map(self.targets, rows))

    def closure(self, rows: set[int]) -> set[int]:
        todo, seen = rows, set(rows)
        while todo := self.on(todo) - seen:
            seen |= todo
        return seen

    def following(self, rows: set[int]) -> Iterable[int]:
        """Return the bytes after which a value may go on, or before which it may end."""
        step, classes, width = self.automaton.step, self.automaton.classes, self.automaton.width
        if any(step[row + width] for row in rows):
            return self.outer
        alive = {one for row in rows for one in range(width) if step[row + one]}
        return [byte for byte in self.outer if classes[byte] in alive]


def tail_place(third: int, second: int, last: int) -> int:
    """Return the bit of three folded bytes, as the kernel asks for it."""
    return (third * 961 + second * 31 + last) & (8 * TAIL_BITS - 1)


def tail_table(spellings: Iterable[str]) -> bytes:
    """Return bits for the three bytes that labels end with.

    A joiner may stand between any two of them; a label of two bytes has any byte before it.
    """
    table = bytearray(TAIL_BITS)
    for spelling in spellings:
        raw = spelling.encode()
        last, second = raw[-1], raw[-2]
        thirds = {raw[-3], JOINER} if len(raw) > 2 else range(256)
        for ending in [(third, second, last) for third in thirds] + [(second, JOINER, last)]:
            place = tail_place(*ending)
            table[place >> 3] |= 1 << (place & 7)
    return bytes(table)
