"""FF1 of NIST SP 800-38G, one text at a time and of any length, as the standard writes it down.

The column-wise :mod:`hongxian.guards.mask.ff1` turns here for texts that are too long for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.guards.mask.ciphers import BLOCK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hongxian.guards.mask.ciphers import BlockCipher

ROUNDS = 10


def half_bytes(radix: int, length: int) -> int:
    """Return *b* of the standard: the bytes that hold the longer half of a text."""
    largest: int = radix ** (length - length // 2) - 1
    return (largest.bit_length() + 7) // 8


def first_block(radix: int, length: int, tweak: int) -> bytes:
    """Return *P* of the standard; ``tweak`` is the tweak's length."""
    return (
        bytes([1, 2, 1]) + radix.to_bytes(3, "big") + bytes([ROUNDS, length // 2 % 256])
        + length.to_bytes(4, "big") + tweak.to_bytes(4, "big")
    )  # fmt: skip


def encrypt_numerals(
    cipher: BlockCipher, radix: int, numerals: Sequence[int], tweak: bytes, *, decrypt: bool = False
) -> list[int]:
    """Return the numerals of one text encrypted, or decrypted.

    Args:
        cipher: the block cipher under its key.
        radix: how many numerals the alphabet has.
        numerals: the text as numbers below the radix.
        tweak: what makes equal texts of different places differ.
        decrypt: turn back instead.
    """
    length = len(numerals)
    sizes = (length // 2, length - length // 2)
    left, right = _number(numerals[: sizes[0]], radix), _number(numerals[sizes[0] :], radix)
    for turn in reversed(range(ROUNDS)) if decrypt else range(ROUNDS):
        modulus = radix ** sizes[turn % 2]
        if decrypt:
            mixed = _mixed(cipher, radix, length, tweak, turn, left)
            left, right = (right - mixed) % modulus, left
        else:
            mixed = _mixed(cipher, radix, length, tweak, turn, right)
            left, right = right, (left + mixed) % modulus
    return [*_numerals(left, radix, sizes[0]), *_numerals(right, radix, sizes[1])]


def _mixed(  # noqa: PLR0913, PLR0917 - the standard's own parameters
    cipher: BlockCipher, radix: int, length: int, tweak: bytes, turn: int, half: int
) -> int:
    """Return *y* of a round, from the half that stays."""
    size = half_bytes(radix, length)
    wanted = 4 * -(-size // 4) + 4
    fill = bytes(-(len(tweak) + size + 1) % BLOCK)
    text = first_block(radix, length, len(tweak)) + tweak + fill + bytes([turn])
    state = bytes(BLOCK)
    whole = text + half.to_bytes(size, "big")
    for place in range(0, len(whole), BLOCK):
        state = cipher.encrypt(_xor(state, whole[place : place + BLOCK]))
    stream = state
    for count in range(1, -(-wanted // BLOCK)):
        stream += cipher.encrypt(_xor(state, count.to_bytes(BLOCK, "big")))
    return int.from_bytes(stream[:wanted], "big")


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(left ^ right for left, right in zip(one, other, strict=True))


def _number(numerals: Sequence[int], radix: int) -> int:
    number = 0
    for numeral in numerals:
        number = number * radix + int(numeral)
    return number


def _numerals(number: int, radix: int, length: int) -> list[int]:
    found = []
    for _ in range(length):
        number, numeral = divmod(number, radix)
        found.append(numeral)
    return found[::-1]
