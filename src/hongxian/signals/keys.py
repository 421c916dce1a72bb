"""Turns identifiers into keyed hashes: state that leaks tells nobody's number."""

from __future__ import annotations

import re
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from hongxian.info.mobile_regions import MobileRegions, load_mobile_regions
from hongxian.signals.observation import OBJECT

if TYPE_CHECKING:
    from hongxian.signals.observation import Identifier

CELL = 16
"""Numbers in a row that make a cell: many numbers in few cells stand side by side."""
BLOCK = 100
"""Numbers in a row that make a block, which several principals may share out among them."""

_MOBILE = re.compile(r"(?:(?:\+|00)?86)?(1[3-9]\d{9})")
_RESIDENT = re.compile(r"(\d{17})[\dXx]")
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
        self._secret = secret[:64]

    @cached_property
    def _regions(self) -> MobileRegions:
        return load_mobile_regions()

    def text(self, text: str) -> int:
        """Return the keyed hash of a text, of 63 bits."""
        digest = blake2b(
            text.encode("utf-8", "surrogatepass"), digest_size=8, key=self._secret
        ).digest()
        return int.from_bytes(digest) >> 1

    def key(self, one: Identifier) -> Key:
        """Return the key of an identifier; telephones are one however they are written."""
        number, region = self._number(one)
        if number is None:
            return Key(self.text(f"{one.info} {one.value.strip()}"))
        return Key(
            value=self.text(f"{one.info} {number}"),
            cell=self.text(f"{one.info} cell {number // CELL}"),
            block=self.text(f"{one.info} block {number // BLOCK}"),
            place=number % BLOCK,
            region=region,
        )

    def _number(self, one: Identifier) -> tuple[int | None, int]:
        """Return the number in which neighbours follow each other, and where it was issued."""
        text = one.value.translate(_JOINERS)
        if not text.isascii() or len(text) > 20:
            return None, 0
        if one.info == "basic.phone" and (found := _MOBILE.fullmatch(text)):
            number = int(found[1])
            return number, self._regions.region(number)
        if one.info == "identity.doc_number" and (found := _RESIDENT.fullmatch(text)):
            return int(found[1]), int(found[1][:4])
        if one.info == "property.bank_card" and text.isdigit():
            return int(text[:-1] or "0"), 0  # the last digit is a check digit
        if one.info == OBJECT and text.isdigit():
            return int(text), 0
        return None, 0
