"""Format-preserving encryption FF1 of NIST SP 800-38G, over whole columns.

A column goes through the ten rounds together: each round is one call of the block cipher over all
rows and a few operations of numpy on 64-bit words. FF1 is a Feistel network over the two halves of
a text; here the halves are numbers from the start.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from hongxian.guards.mask.ciphers import BLOCK
from hongxian.guards.mask.ff1_wide import ROUNDS, encrypt_numerals, first_block, half_bytes
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hongxian.guards.mask.ciphers import BlockCipher

    Words = NDArray[np.uint64]
    Bytes = NDArray[np.uint8]

LEAST_DOMAIN = 10**6
"""Fewest texts that a domain may have: SP 800-38G rev. 1 (draft of 2019 and 2025), section 5.2."""

_NARROW = 7
"""Bytes of a half up to which it and the number of its round fit into one word."""

_ROWS = 1 << 14
"""Rows that go through the rounds together: their words stay in the cache."""


@dataclass(frozen=True, slots=True)
class FF1:
    """FF1 under one key over one alphabet.

    Args:
        cipher: the block cipher under its key.
        radix: how many numerals the alphabet has, 2 to 65,536.
    """

    cipher: BlockCipher = field(repr=False)
    radix: int

    def encrypt(
        self, numerals: NDArray[np.integer], tweak: Bytes | bytes, *, decrypt: bool = False
    ) -> NDArray[np.integer]:
        """Return texts of one length encrypted, or decrypted.

        Args:
            numerals: a row for each text, numbers below the radix.
            tweak: the same for all, or a row of bytes for each text.
            decrypt: turn back instead.

        Raises:
            HongxianError: there are fewer such texts than a million.
        """
        rows, length = numerals.shape
        _large_enough(self.radix**length)
        rowed = _rowed(tweak)
        if half_bytes(self.radix, length) > _NARROW:
            wide = [
                encrypt_numerals(self.cipher, self.radix, row, own, decrypt=decrypt)
                for row, own in zip(numerals.tolist(), _each(rowed, rows), strict=True)
            ]
            return np.array(wide, numerals.dtype).reshape(rows, length)
        half = length // 2
        left, right = self._number(numerals[:, :half]), self._number(numerals[:, half:])
        left, right = self.encrypt_halves(left, right, length, rowed, decrypt=decrypt)
        out = np.empty_like(numerals)
        self._write(left, out[:, :half])
        self._write(right, out[:, half:])
        return out

    def encrypt_numbers(
        self, numbers: Words, size: int, tweak: Bytes | bytes, *, decrypt: bool = False
    ) -> Words:
        """Return numbers below ``size`` encrypted to numbers below ``size``.

        What falls outside is encrypted again until it falls inside (cycle walking), which keeps
        the whole a permutation. The numbers are texts of as many numerals as ``size`` needs.
        """
        _large_enough(size)
        length = 2
        while self.radix**length < size:
            length += 1
        base = np.uint64(self.radix ** (length - length // 2))
        rowed, out = _rowed(tweak), numbers.copy()
        open_rows = np.arange(len(numbers))
        while len(open_rows):
            own = rowed if len(rowed) == 1 else rowed[open_rows]
            left, right = np.divmod(out[open_rows], base)
            left, right = self.encrypt_halves(left, right, length, own, decrypt=decrypt)
            out[open_rows] = left * base + right
            open_rows = open_rows[out[open_rows] >= np.uint64(size)]
        return out

    def encrypt_halves(
        self, left: Words, right: Words, length: int, tweak: Bytes, *, decrypt: bool = False
    ) -> tuple[Words, Words]:
        """Return both halves of texts encrypted; halves take at most seven bytes.

        Args:
            left: the first half of each text, as a number.
            right: the second half, the longer one when the length is odd.
            length: numerals of a text.
            tweak: a row of bytes for each text, or one row for all.
            decrypt: turn back instead.
        """
        done = [
            self._rounds(left[start : start + _ROWS], right[start : start + _ROWS], length,
                         tweak if len(tweak) == 1 else tweak[start : start + _ROWS], decrypt)
            for start in range(0, max(len(left), 1), _ROWS)
        ]  # fmt: skip
        return np.concatenate([one for one, _ in done]), np.concatenate([two for _, two in done])

    def _rounds(
        self, left: Words, right: Words, length: int, tweak: Bytes, decrypt: bool
    ) -> tuple[Words, Words]:
        size = half_bytes(self.radix, length)
        base = self._chained(length, tweak, size)
        words = np.empty((len(left), 2), np.uint64)
        words[:, 0] = base[:, 0]
        for turn in reversed(range(ROUNDS)) if decrypt else range(ROUNDS):
            modulus = self.radix ** ((length + turn % 2) // 2)
            stays, moves = (left, right) if decrypt else (right, left)
            last = stays | np.uint64(turn << 8 * size)
            np.bitwise_xor(base[:, 1], last.byteswap(), out=words[:, 1])
            mixed = _reduced(self.cipher.encrypt_words(words), size, modulus)
            if decrypt:
                left, right = (moves + (np.uint64(modulus) - mixed)) % np.uint64(modulus), stays
            else:
                left, right = stays, (moves + mixed) % np.uint64(modulus)
        return left, right

    def _chained(self, length: int, tweak: Bytes, size: int) -> Words:
        """Return what the last block of each text is added to: it does not change with rounds."""
        rows, long = tweak.shape
        state = np.frombuffer(self.cipher.encrypt(first_block(self.radix, length, long)), np.uint8)
        blocks = np.zeros((rows, long + size + 1 + -(long + size + 1) % BLOCK), np.uint8)
        blocks[:, :long] = tweak
        for place in range(0, blocks.shape[1] - BLOCK, BLOCK):
            mixed = np.ascontiguousarray(state ^ blocks[:, place : place + BLOCK])
            state = self.cipher.encrypt_words(mixed.view(np.uint64)).view(np.uint8)
        return np.ascontiguousarray(state ^ blocks[:, -BLOCK:]).view(np.uint64)

    def _number(self, numerals: NDArray[np.integer]) -> Words:
        number = np.zeros(len(numerals), np.uint64)
        for column in numerals.T:
            number *= np.uint64(self.radix)
            number += column.astype(np.uint64)
        return number

    def _write(self, number: Words, out: NDArray[np.integer]) -> None:
        for place in reversed(range(out.shape[1])):
            rest = number // np.uint64(self.radix)
            out[:, place] = number - rest * np.uint64(self.radix)
            number = rest


def _large_enough(size: int) -> None:
    if size < LEAST_DOMAIN:
        raise WordedError("mask_domain", left=size, least=LEAST_DOMAIN)


def _reduced(blocks: Words, size: int, modulus: int) -> Words:
    """Return the first bytes of blocks (8, or 12 for longer halves) modulo the size of a half."""
    high = blocks[:, 0].byteswap()
    rest = high % np.uint64(modulus)
    if size <= 4:
        return rest
    low = blocks[:, 1].byteswap() >> np.uint64(32)
    bits = 16 if modulus < 1 << 48 else 8  # as many as still fit above a rest
    for shift in range(32 - bits, -1, -bits):
        piece = (low >> np.uint64(shift)) & np.uint64((1 << bits) - 1)
        rest = ((rest << np.uint64(bits)) | piece) % np.uint64(modulus)
    return rest


def _rowed(tweak: Bytes | bytes) -> Bytes:
    return np.frombuffer(tweak, np.uint8)[None, :] if isinstance(tweak, bytes) else tweak


def _each(tweak: Bytes, rows: int) -> list[bytes]:
    return [row.tobytes() for row in tweak] if len(tweak) == rows else [tweak.tobytes()] * rows
