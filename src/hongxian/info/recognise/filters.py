"""Small tables that tell early that nothing can come of a word; they never hide what can.

Most places of a text begin nothing. The gate is asked at each of them, by the byte in front of it
and the byte behind it; a second look, at the length of a word with the byte behind it, spares the
automaton most of the rest. All is worked out from the automaton itself. A third table tells whether
three bytes may end a label.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.info.recognise.forms import DIGIT, UPPER
from hongxian.info.recognise.kernel import (
    AHEAD,
    ALONE_BIT,
    LENGTHS,
    MAIL,
    NAMED_BIT,
    OPEN,
    SIDES,
    SIGN_BIT,
    WORD,
)
from hongxian.info.recognise.labelling import TAIL_BITS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hongxian.info.recognise.automaton import Automaton

JOINER = 1
"""What the folded text has between words."""
YEAR, WIDE = "年".encode(), ("：".encode(), "＝".encode())
"""Characters that set something off: their last two bytes are looked at."""


def gate_table(automaton: Automaton, kinds: bytes, separators: bytes) -> tuple[bytes, bytes]:
    """Return the classes of bytes and what two of them say, small enough for the nearest cache.

    A pair of bytes speaks of a place between them, and of one in front of both. The low bits tell
    what may begin with the second byte behind the first one, the bits ``AHEAD`` of them what may
    begin with the first byte before the second one. Something begins where a bit is set on both
    sides.
    """
    behind: dict[tuple[int, bool], bytes] = {}
    pairs = pair_table(automaton, automaton.starts[OPEN])
    mails = pair_table(automaton, automaton.starts[MAIL])
    table = bytearray()
    for first in range(256):
        traits = (first if first >= 128 else separators[first], bool(kinds[first] & WORD))
        if traits not in behind:
            behind[traits] = _behind(first, kinds, separators)
        alone = (pairs if kinds[first] & WORD else mails)[first << 8 : (first + 1) << 8]
        ahead = _ahead(first, kinds, alone)
        table += bytes(
            one | other << AHEAD for one, other in zip(behind[traits], ahead, strict=True)
        )
    return _classed(bytes(table))


def _classed(table: bytes) -> tuple[bytes, bytes]:
    """Return a table of pairs of bytes by classes: bytes that say the same on either side."""
    traits = [(table[byte << 8 : (byte + 1) << 8], table[byte::256]) for byte in range(256)]
    numbers = {one: number for number, one in enumerate(dict.fromkeys(traits))}
    sides = bytes(numbers[one] for one in traits)
    small = bytearray(1 << 2 * SIDES)
    for one, first in numbers.items():
        for byte, second in enumerate(sides):
            small[first << SIDES | second] = one[0][byte]
    return sides, bytes(small)


def _behind(before: int, kinds: bytes, separators: bytes) -> bytes:
    """Return what may begin with each byte, by the byte before it."""
    table = bytearray(256)
    for sign in b"@:=+":
        table[sign] = SIGN_BIT
    for character in (YEAR, *WIDE):
        table[character[2]] = SIGN_BIT if before == character[1] else 0
    inside = kinds[before] & WORD
    if inside:
        table[ord("+")] = 0
        return bytes(table)
    for byte in range(128):
        if kinds[byte] & WORD:
            number = separators[before] == 2 and kinds[byte] & (DIGIT | UPPER)
            named = before >= 128 or separators[before] == 1 or number
            table[byte] = ALONE_BIT | (NAMED_BIT if named else 0)
    return bytes(table)


def _ahead(first: int, kinds: bytes, alive: bytes) -> bytes:
    """Return what may begin with a byte, by each byte behind it."""
    words = bytes(kinds[byte] & WORD != 0 for byte in range(256))
    if kinds[first] & WORD:
        return bytes(NAMED_BIT | (ALONE_BIT if one else 0) for one in alive)
    if first == ord("@"):
        return bytes(SIGN_BIT if one else 0 for one in alive)
    if first in b":=":
        return bytes(0 if one else SIGN_BIT for one in words)
    if first == ord("+"):
        return bytes(SIGN_BIT if kind & DIGIT else 0 for kind in kinds)
    last = first in (YEAR[2], *(sign[2] for sign in WIDE))
    return bytes([SIGN_BIT if last else 0]) * 256


def pair_table(automaton: Automaton, row: int) -> bytes:
    """Return for each two first bytes whether the automaton lives on after them."""
    table = bytearray(1 << 16)
    for first in range(256):
        after = automaton.step[row + automaton.classes[first]]
        if after:
            for second in range(256):
                if automaton.step[after + automaton.classes[second]]:
                    table[first << 8 | second] = 1
    return bytes(table)


BEGINS = 12
"""Kinds of first bytes of words: each digit, capitals, the rest."""


def begin_table(kinds: bytes) -> bytes:
    """Return the kind of each byte as the first one of a word."""
    return bytes(
        byte - 48 if kind & DIGIT else 10 if kind & UPPER else 11 for byte, kind in enumerate(kinds)
    )


def length_table(automaton: Automaton, row: int, kinds: bytes) -> bytes:
    """Return whether anything may come of a word: by begin, digits, length and what follows.

    The place is ``((begin * 2 + digits) * LENGTHS + length) * 256 + following``; ``digits`` is 1
    for a word with any; the last length stands for all longer ones.
    """
    ways = _Ways(automaton, kinds)
    begins = begin_table(kinds)
    table = bytearray(2 * BEGINS * LENGTHS * 256)
    for begin in range(BEGINS):
        heads = [byte for byte in range(256) if kinds[byte] & WORD and begins[byte] == begin]
        first = {automaton.step[row + automaton.classes[byte]] for byte in heads} - {0}
        reached = [set(), first] if begin < 10 else [first, set()]
        for length in range(1, LENGTHS):
            if length == LENGTHS - 1:
                reached = ways.closure(reached)
            for digits, rows in enumerate(reached):
                at = ((begin * 2 + digits) * LENGTHS + length) * 256
                for byte in ways.following(rows):
                    table[at + byte] = 1
            reached = ways.on(reached)
    return bytes(table)


class _Ways:
    """Where the automaton goes inside of a word, and what may follow a word.

    States are told apart by whether a digit was read: a pair of sets, without and with one.
    """

    def __init__(self, automaton: Automaton, kinds: bytes) -> None:
        self.automaton = automaton
        classes = automaton.classes
        inner = [byte for byte in range(256) if kinds[byte] & WORD]
        self.outer = [byte for byte in range(256) if not kinds[byte] & WORD]
        self.digits = sorted({classes[byte] for byte in inner if kinds[byte] & DIGIT})
        self.letters = sorted({classes[byte] for byte in inner if not kinds[byte] & DIGIT})
        self.known: dict[int, tuple[set[int], set[int]]] = {}

    def targets(self, row: int) -> tuple[set[int], set[int]]:
        """Return the states after a letter and those after a digit."""
        if row not in self.known:
            step = self.automaton.step
            self.known[row] = (
                {step[row + one] for one in self.letters} - {0},
                {step[row + one] for one in self.digits} - {0},
            )
        return self.known[row]

    def on(self, reached: list[set[int]]) -> list[set[int]]:
        """Return the states after one byte more."""
        without, digits = reached
        letters = [self.targets(row) for row in without]
        numbers = [self.targets(row) for row in digits]
        return [
            set().union(*(one for one, _ in letters)),
            set().union(*(one for _, one in letters), *(one for pair in numbers for one in pair)),
        ]

    def closure(self, reached: list[set[int]]) -> list[set[int]]:
        """Return the states after any number of bytes."""
        todo, seen = reached, [set(one) for one in reached]
        while any(todo):
            todo = [new - old for new, old in zip(self.on(todo), seen, strict=True)]
            seen = [old | new for old, new in zip(seen, todo, strict=True)]
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
