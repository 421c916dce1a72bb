"""Rows of a column that are encrypted together: their numbers, what is kept, and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np

from hongxian.guards.mask.cells import pa
from hongxian.guards.mask.ff1 import FF1, LEAST_DOMAIN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from hongxian.guards.mask.ciphers import BlockCipher

    Bytes = NDArray[np.uint8]
    Words = NDArray[np.uint64]
    Rows = NDArray[np.int64]
    Part: TypeAlias = "Ranked | Spelled"

LARGEST = 1 << 63
"""Domains of numbers must be smaller; longer texts of one alphabet go by their numerals."""

DIGITS = np.zeros(256, np.uint8)
"""Class of each byte in which only digits count."""
DIGITS[48:58] = 1


@dataclass(frozen=True, slots=True)
class Ranked:
    """Values counted through: each is a number below ``size``, and each such number a value.

    Args:
        rows: which rows of the text these are.
        numbers: their numbers.
        size: how many values there are.
        kept: bytes that stay as they are; they become part of the tweak.
        write: makes bytes of new numbers.
    """

    rows: Rows
    numbers: Words
    size: int
    kept: Bytes
    write: Callable[[Words], Bytes]

    def turned(self, cipher: BlockCipher, domain: bytes, *, decrypt: bool) -> Bytes:
        """Return the new bytes of the rows; numbers go as texts of bits."""
        tweak = _tweak(domain, self.kept)
        new = FF1(cipher, 2).encrypt_numbers(self.numbers, self.size, tweak, decrypt=decrypt)
        return self.write(new)


@dataclass(frozen=True, slots=True)
class Spelled:
    """Values of one alphabet, numeral by numeral.

    Args:
        rows: which rows of the text these are.
        numerals: a row of numbers below the radix for each.
        radix: how many numerals there are.
        kept: bytes that stay as they are; they become part of the tweak.
        write: makes bytes of new numerals.
    """

    rows: Rows
    numerals: Bytes
    radix: int
    kept: Bytes
    write: Callable[[Bytes], Bytes]

    def turned(self, cipher: BlockCipher, domain: bytes, *, decrypt: bool) -> Bytes:
        """Return the new bytes of the rows."""
        tweak = _tweak(domain, self.kept)
        new = FF1(cipher, self.radix).encrypt(self.numerals, tweak, decrypt=decrypt)
        return self.write(new.astype(np.uint8))


class Format(Protocol):
    """What a value looks like, before and after."""

    @property
    def classes(self) -> Bytes:
        """Class of each of 256 bytes; bytes of class 0 stay where they are."""

    @property
    def outside(self) -> bytes | None:
        """Bytes of class 0 that a value may have; ``None`` for any."""

    def parts(self, text: Bytes, pattern: Bytes) -> Iterator[Part]:
        """Yield what can be encrypted; rows that no part holds do not fit.

        Args:
            text: a row for each value, without the bytes that stay.
            pattern: the class of each column.
        """


def wide_enough(radix: int, length: int) -> bool:
    """Return whether a domain is large enough that FF1 may be used on it."""
    return length >= 2 and radix**length >= LEAST_DOMAIN


def no_bytes(rows: int) -> Bytes:
    """Return a table without columns: nothing is kept."""
    return np.zeros((rows, 0), np.uint8)


def number(digits: Bytes) -> Words:
    """Return the number that columns of digits (0 to 9) spell."""
    found = np.zeros(len(digits), np.uint64)
    for column in digits.T:
        found *= np.uint64(10)
        found += column
    return found


def spell(numbers: Words, out: Bytes) -> None:
    """Write numbers as ASCII digits into all columns of a table."""
    for place in reversed(range(out.shape[1])):
        numbers, digit = np.divmod(numbers, np.uint64(10))
        out[:, place] = digit + np.uint64(48)


def patterns(codes: Bytes) -> Iterator[tuple[Rows, Bytes]]:
    """Yield row numbers and pattern of all rows with one pattern of classes."""
    if len(codes) and (codes == codes[0]).all():
        yield np.arange(len(codes)), codes[0]
        return
    rows, width = codes.shape
    buffers = [None, pa.py_buffer(np.ascontiguousarray(codes))]
    coded = pa.Array.from_buffers(pa.binary(width), rows, buffers).dictionary_encode()
    which = coded.indices.to_numpy()
    order = np.argsort(which.astype(np.uint16) if len(coded.dictionary) < 1 << 16 else which,
                       kind="stable")  # fmt: skip
    ends = np.cumsum(np.bincount(which, minlength=len(coded.dictionary)))
    for same in np.split(order, ends[:-1]):
        if len(same):
            yield same, codes[same[0]]


def _tweak(domain: bytes, kept: Bytes) -> Bytes:
    """Return the domain's bytes with the kept bytes of each row behind; one row if all agree."""
    kept = kept[:1] if kept.shape[1] == 0 or (kept == kept[:1]).all() else kept
    start = np.broadcast_to(np.frombuffer(domain, np.uint8), (len(kept), len(domain)))
    return np.ascontiguousarray(np.concatenate([start, kept], axis=1))
