"""Mutations that a DEX reader mostly lets through: what methods do, hold and refer to changes.

Generic mutations break the tables, and the reader refuses them; what comes behind it - call graph,
search, facts - would hardly be tried.
"""

from __future__ import annotations

import random
import struct
from functools import cache
from typing import TYPE_CHECKING

from hongxian.sensors.app.dex.program import read_program

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_MOST_CHANGES = 24
_OPCODES = (0x0E, 0x1A, 0x1C, 0x1F, 0x22, 0x28, 0x38, 0x39, 0x54, 0x5B, 0x60, 0x62, 0x69, 0x6E,
            0x6F, 0x70, 0x71, 0x72, 0x74, 0x76, 0x78, 0x2B, 0x2C, 0xFA, 0xFC)  # fmt: skip
"""Those that the sensor looks at."""

Spans = tuple[tuple[int, int], ...]


def mutated_dex(seeds: Sequence[bytes], number: int) -> bytes:
    """Return input ``number``; the same number, the same input."""
    dice = random.Random(number)
    data = bytearray(seeds[number % len(seeds)])
    spans = _bodies(seeds[number % len(seeds)])
    for _ in range(1 + int(dice.random() * _MOST_CHANGES)):
        dice.choice(_CHANGES)(dice, data, spans)
    return bytes(data)


@cache
def _bodies(seed: bytes) -> tuple[tuple[int, int], ...]:
    """Return first and last unit of each body."""
    program = read_program([("classes.dex", seed)])
    found = []
    for start in program.body_start.tolist():
        (size,) = struct.unpack_from("<I", seed, 2 * start - 4)
        found.append((start, start + size - 1))
    return tuple(found)


def _unit(dice: random.Random, data: bytearray, spans: Spans) -> None:
    """Change a unit of a body: a register, an index, a jump."""
    struct.pack_into("<H", data, 2 * dice.randint(*dice.choice(spans)), _value(dice))


def _value(dice: random.Random) -> int:
    return dice.randrange(1 << dice.choice((4, 7, 9, 16)))


def _opcode(dice: random.Random, data: bytearray, spans: Spans) -> None:
    data[2 * dice.randint(*dice.choice(spans))] = dice.choice(_OPCODES)


def _swap(dice: random.Random, data: bytearray, spans: Spans) -> None:
    """Write the beginning of one body over another."""
    (one, last), (other, end) = dice.choice(spans), dice.choice(spans)
    size = 2 * dice.randint(1, min(last - one, end - other) + 1)
    data[2 * one : 2 * one + size] = data[2 * other : 2 * other + size]


def _head(dice: random.Random, data: bytearray, spans: Spans) -> None:
    """Change registers, tries or the size in the head of a body."""
    at = 2 * dice.choice(spans)[0] - 16
    struct.pack_into("<H", data, at + dice.choice((0, 2, 4, 6, 12)), dice.randrange(64))


def _entry(dice: random.Random, data: bytearray, _: Spans) -> None:
    """Let a table entry point to another of the right kind: owner, proto, name, superclass."""
    counts = struct.unpack_from("<12I", data, 0x38)
    table, size, column, form, target = dice.choice(_COLUMNS)
    rows, offset = counts[2 * table : 2 * table + 2]
    if rows and counts[2 * target]:
        at = offset + size * dice.randrange(rows) + column
        struct.pack_into(form, data, at, dice.randrange(counts[2 * target]))


def _member(dice: random.Random, data: bytearray, _: Spans) -> None:
    """Change a byte of a class's data, mostly an access flag or a step between indices."""
    count, offset = struct.unpack_from("<II", data, 0x60)
    at = struct.unpack_from("<I", data, offset + 32 * dice.randrange(count) + 24)[0]
    place = at + dice.randrange(4, 40)
    if at and place < len(data):
        data[place] = dice.choice((data[place] ^ 1 << dice.randrange(8), dice.randrange(3)))


_COLUMNS = (
    # table, size of an entry, place in it, its form, table that it points to
    (2, 12, 4, "<I", 1), (3, 8, 0, "<H", 1), (3, 8, 2, "<H", 1), (4, 8, 0, "<H", 1),
    (4, 8, 2, "<H", 2), (4, 8, 4, "<I", 0), (5, 32, 0, "<I", 1), (5, 32, 8, "<I", 1),
)  # fmt: skip

_CHANGES: tuple[Callable[[random.Random, bytearray, Spans], None], ...] = (
    _unit, _unit, _unit, _opcode, _opcode, _swap, _head, _entry, _entry, _entry, _member,
)  # fmt: skip
