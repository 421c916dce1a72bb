"""Formats without a meaning of their own: digits, an alphabet, or each character in its class."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from hongxian.guards.mask.ff1 import LEAST_DOMAIN
from hongxian.guards.mask.formats.part import (
    DIGITS,
    LARGEST,
    Ranked,
    Spelled,
    no_bytes,
    wide_enough,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.guards.mask.formats.part import Bytes, Part, Words

_FIRST = {1: 48, 2: 65, 3: 97}
_COUNT = {1: 10, 2: 26, 3: 26}


def _classes() -> Bytes:
    classes = DIGITS.copy()
    classes[65:91], classes[97:123] = 2, 3
    return classes


@dataclass(frozen=True, slots=True)
class Classes:
    """Digits stay digits, capitals capitals, small letters small letters; the rest stays."""

    classes: Bytes = field(default_factory=_classes, repr=False)
    outside: bytes | None = None

    def parts(self, text: Bytes, pattern: Bytes) -> Iterator[Part]:
        """Yield all rows: by numerals when they have one class, else counted through."""
        counts = [_COUNT[kind] for kind in pattern.tolist()]
        first = np.array([_FIRST[kind] for kind in pattern.tolist()], np.uint8)
        rows, kept = np.arange(len(text)), no_bytes(len(text))
        if len(set(counts)) == 1 and wide_enough(counts[0], len(counts)):
            yield Spelled(rows, text - first, counts[0], kept, lambda new: new + first)
        size = 1
        for count in counts:
            size *= count
        if len(set(counts)) > 1 and LEAST_DOMAIN <= size < LARGEST:
            numbers = _ranks(text - first, counts)
            yield Ranked(rows, numbers, size, kept, lambda new: _letters(new, counts) + first)


@dataclass(frozen=True, slots=True)
class Alphabet:
    """Characters of an alphabet of ASCII; all others stay.

    Args:
        letters: the characters, each once.
    """

    letters: str
    outside: bytes | None = None
    classes: Bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Give each character of the alphabet its class."""
        classes = np.zeros(256, np.uint8)
        classes[list(self.letters.encode("ascii"))] = 1
        object.__setattr__(self, "classes", classes)

    def parts(self, text: Bytes, pattern: Bytes) -> Iterator[Part]:
        """Yield all rows when the domain is large enough."""
        del pattern
        if not wide_enough(len(self.letters), text.shape[1]):
            return
        letters = np.frombuffer(self.letters.encode("ascii"), np.uint8)
        places = np.zeros(256, np.uint8)
        places[letters] = np.arange(len(letters))
        yield Spelled(np.arange(len(text)), places[text], len(letters), no_bytes(len(text)),
                      lambda new: letters[new])  # fmt: skip


def _ranks(numerals: Bytes, counts: list[int]) -> Words:
    numbers = np.zeros(len(numerals), np.uint64)
    for column, count in zip(numerals.T, counts, strict=True):
        numbers *= np.uint64(count)
        numbers += column
    return numbers


def _letters(numbers: Words, counts: list[int]) -> Bytes:
    out = np.empty((len(numbers), len(counts)), np.uint8)
    for place in reversed(range(len(counts))):
        numbers, numeral = np.divmod(numbers, np.uint64(counts[place]))
        out[:, place] = numeral
    return out
