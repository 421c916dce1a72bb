"""A small mutational fuzzer: seeded, so that any input can be made again by its number."""

from __future__ import annotations

import random
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

INTERESTING = (0, 1, 2, 3, 7, 8, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x10000,
               0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF)  # fmt: skip
_MOST_CHANGES = 4
_BLOCK = 64


def mutated(seeds: Sequence[bytes], number: int) -> bytes:
    """Return input ``number``."""
    dice = random.Random(number)
    data = bytearray(seeds[number % len(seeds)])
    for _ in range(1 + int(dice.random() * _MOST_CHANGES)):
        if not data:
            break
        _CHANGES[int(dice.random() * len(_CHANGES))](dice, data, seeds)
    return bytes(data)


def inputs(
    seeds: Sequence[bytes],
    count: int,
    start: int = 0,
    change: Callable[[Sequence[bytes], int], bytes] = mutated,
) -> Iterator[tuple[int, bytes]]:
    """Yield numbered inputs ``start`` to ``start + count``; the same number, the same input."""
    for number in range(start, start + count):
        yield number, change(seeds, number)


def _place(dice: random.Random, data: bytearray) -> int:
    return int(dice.random() * len(data))


def _flip(dice: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    data[_place(dice, data)] ^= 1 << int(dice.random() * 8)


def _byte(dice: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    data[_place(dice, data)] = int(dice.random() * 256)


def _half(dice: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    place = _place(dice, data) & ~1
    if place + 2 <= len(data):
        struct.pack_into("<H", data, place, _number(dice) & 0xFFFF)


def _word(dice: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    place = _place(dice, data) & ~3
    if place + 4 <= len(data):
        struct.pack_into("<L", data, place, _number(dice))


def _number(dice: random.Random) -> int:
    return INTERESTING[int(dice.random() * len(INTERESTING))]


def _shift(dice: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    """Move a number by a little: sizes and offsets that are off by one, or by one field."""
    place = _place(dice, data) & ~3
    if place + 4 <= len(data):
        value = struct.unpack_from("<L", data, place)[0] + int(dice.random() * 65) - 32
        struct.pack_into("<L", data, place, value & 0xFFFFFFFF)


def _cut(dice: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    del data[_place(dice, data) :]


def _drop(dice: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    place = _place(dice, data)
    del data[place : place + 1 + int(dice.random() * _BLOCK)]


def _repeat(dice: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    place = _place(dice, data)
    data[place:place] = data[place : place + 1 + int(dice.random() * _BLOCK)]


def _splice(dice: random.Random, data: bytearray, seeds: Sequence[bytes]) -> None:
    other = seeds[int(dice.random() * len(seeds))]
    place = int(dice.random() * max(1, len(other)))
    piece = other[place : place + 1 + int(dice.random() * _BLOCK)]
    at = _place(dice, data)
    data[at : at + len(piece)] = piece


_CHANGES: tuple[Callable[[random.Random, bytearray, Sequence[bytes]], None], ...] = (
    _flip, _byte, _half, _word, _word, _shift, _shift, _cut, _drop, _repeat, _splice,
)  # fmt: skip
