"""Turns identifiers into keyed hashes: state that leaks tells nobody's number."""

from __future__ import annotations

import re
import sys
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from hongxian.info.mobile_regions import load_mobile_regions
from hongxian.signals.keyed import BLOCK_SIZE, COMPILED, Keyed
from hongxian.signals.observation import OBJECT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hongxian.signals.observation import Identifier

CELL = 16
"""Numbers in a row that make a cell: many numbers in few cells stand side by side."""
BLOCK = 100
"""Numbers in a row that make a block, which several principals may share out among them."""

_MOBILE = re.compile(r"(?:(?:\+|00)?86)?(1[3-9]\d{9})")
_RESIDENT = re.compile(r"(\d{17})[\dXx]")
_SMALL = 1 << 62
"""Numbers below it are hashed by :class:`Keyed`."""
_JOINERS = str.maketrans("", "", " -()")


class Key(NamedTuple):
    """An identifier without its value."""

    value: int
    cell: int | None = None
    """Hash of its cell; ``None`` where numbers have no order."""
    block: int | None = None
    """Hash of its block."""
    place: int = 0
    """Place within the block."""
    region: int = 0
    """Where it was issued; 0 when that is not known."""


class Keys:
    """Makes keys.

    Args:
        secret: what the hashes are keyed with; the same for all that share their state.
    """

    def __init__(self, secret: bytes) -> None:
        """Keep the secret."""
        self._hash = blake2b(digest_size=8, key=secret[:64])
        self._quick = COMPILED and sys.byteorder == "little" and bool(secret)
        self._keyed = Keyed(secret[:64])
        self._words: dict[str, tuple[bytes, bytes, bytes]] = {}
        self._segments: Sequence[int] | None = None
        self._first = 0

    def text(self, text: str) -> int:
        """Return the keyed hash of a text, of 63 bits."""
        data = text.encode("utf-8", "surrogatepass")
        if self._quick and 0 < len(data) <= BLOCK_SIZE:
            return self._keyed.text(data)
        hashed = self._hash.copy()  # quicker than a new one with its key
        hashed.update(data)
        return int.from_bytes(hashed.digest(), "big") >> 1

    def key(self, one: Identifier) -> Key:
        """Return the key of an identifier; telephones are one however they are written."""
        return self.of(one.info, one.value)

    def of(self, info: str, value: str) -> Key:
        """Return the key of a value of a PI type, as :meth:`key` does."""
        if self._quick and len(value) == 11 and info == "basic.phone":
            plain = digits(value)
            if 13 <= plain // 1_000_000_000 <= 19:
                return self._numbered(info, plain, self._region(plain // 10_000))
        number, region = self._number(info, value)
        if number is None:
            return Key(self.text(f"{info} {value.strip()}"))
        if self._quick and number < _SMALL:
            return self._numbered(info, number, region)
        return Key._make((
            self.text(f"{info} {number}"), self.text(f"{info} cell {number // CELL}"),
            self.text(f"{info} block {number // BLOCK}"), number % BLOCK, region,
        ))  # fmt: skip

    def _numbered(self, info: str, number: int, region: int) -> Key:
        """Return the key of a number in which neighbours follow each other."""
        words, keyed = self._words.get(info), self._keyed
        if words is None:
            one = info.encode()
            words = self._words[info] = (one + b" ", one + b" cell ", one + b" block ")
        return tuple.__new__(Key, (
            keyed.number(words[0], number), keyed.number(words[1], number // CELL),
            keyed.number(words[2], number // BLOCK), number % BLOCK, region,
        ))  # fmt: skip

    def _number(  # noqa: PLR0911 - a way for each kind of number
        self, info: str, value: str
    ) -> tuple[int | None, int]:
        """Return the number in which neighbours follow each other, and where it was issued."""
        if info == "basic.phone" and len(value) == 11 and value.isascii() and value.isdigit():
            known = "13" <= value[:2] <= "19"
            return (int(value), self._region(int(value[:7]))) if known else (None, 0)
        text = value.translate(_JOINERS)
        if not text.isascii() or len(text) > 20:
            return None, 0
        if info == "basic.phone" and (found := _MOBILE.fullmatch(text)):
            return int(found[1]), self._region(int(found[1][:7]))
        if info == "identity.doc_number" and (found := _RESIDENT.fullmatch(text)):
            return int(found[1]), int(found[1][:4])
        if info == "property.bank_card" and text.isdigit():
            return int(text[:-1] or "0"), 0  # the last digit is a check digit
        if info == OBJECT and text.isdigit():
            return int(text), 0
        return None, 0

    def _region(self, segment: int) -> int:
        """Return where mobile numbers of a segment, their first seven digits, were issued.

        It is 0 when that is not known.
        """
        if self._segments is None:
            table = load_mobile_regions()
            self._segments, self._first = table.segments, table.first
        place = segment - self._first
        return self._segments[place] if 0 <= place < len(self._segments) else 0


def digits(text: str) -> int:
    """Return the number that at most 18 digits of ASCII are; -1 for any other text."""
    number = 0
    for one in text:
        digit = ord(one) - 0x30
        if digit < 0 or digit > 9:
            return -1
        number = 10 * number + digit
    return number
