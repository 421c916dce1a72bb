"""Labels: the words before a value and the names of fields, as hashes and as whole words.

Case and joiners (blank, ``_``, ``-``, ``.``) do not matter: ``idCard``, ``ID_CARD`` and ``id card``
are one label. 号 and 号码, no, num and number may follow any of them.
"""

from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING

from hongxian.info.recognise.labelling import BASIS, MASK, PRIME

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TAILS = ("", "号", "号码", "编号")
TAILS_ASCII = ("", "no", "num", "number")
JOINERS = " _-."
WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\x00-\x7f]+")
PARTS = re.compile(r"[a-z0-9]+|[^\x00-\x7f]")
GENERIC = frozenset(
    {"value", "val", "str", "string", "text", "field", "column", "col", "id", "plain"}
)
"""Words at the end of a field's name that do not say what it holds."""


def spellings(label: str) -> set[str]:
    """Return the ways that a label ends, without case and joiners."""
    return {"".join(words) for words in worded(label)}


def worded(label: str) -> list[list[str]]:
    """Return the ways that a label ends, each as its words; a Chinese character is a word."""
    words = PARTS.findall(label.lower())
    tails: tuple[str, ...] = (*TAILS_ASCII, *TAILS) if label.isascii() else TAILS
    if label.endswith("号"):
        tails = ("", "码")
    return [words + PARTS.findall(tail) for tail in dict.fromkeys(tails)]


def endings(labels: Iterable[str]) -> set[str]:
    """Return what labels end with, from a word on: where none goes on, a search may stop."""
    return {
        "".join(words[at:])
        for label in labels
        for words in worded(label)
        for at in range(1, len(words))
    }


def hash_of(folded: str) -> int:
    """Return the hash of a folded label, from its end to its beginning, as the kernel makes it."""
    value = BASIS
    for byte in reversed(folded.encode()):
        value = ((value ^ byte) * PRIME) & MASK
    return value


def key_of(hashed: int) -> int:
    """Return the part of a hash that the table keeps; the rest is the place."""
    return hashed >> 30


def groups_of(labels: Iterable[tuple[str, int]]) -> dict[str, frozenset[int]]:
    """Return which recognisers each spelling belongs to."""
    found: dict[str, set[int]] = {}
    for label, recogniser in labels:
        for spelling in spellings(label):
            found.setdefault(spelling, set()).add(recogniser)
    return {spelling: frozenset(numbers) for spelling, numbers in found.items()}


def hash_table(
    numbers: Mapping[str, int], endings_: Iterable[str]
) -> tuple[array[int], array[int]]:
    """Return keys and values of an open table, of a size that is a power of two.

    Args:
        numbers: group of each spelling.
        endings_: what spellings end with; they have the value 0.
    """
    known = dict.fromkeys(endings_, 0) | dict(numbers)
    size = 1 << (2 * len(known)).bit_length()
    keys, values = array("I", bytes(4 * size)), array("i", bytes(4 * size))
    for spelling, number in known.items():
        hashed = hash_of(spelling)
        slot = hashed & (size - 1)
        while keys[slot]:
            slot = (slot + 1) & (size - 1)
        keys[slot], values[slot] = key_of(hashed), number
    return keys, values


def fold_table() -> bytes:
    """Return what the kernel makes of each byte of a label: 0 ends it, 1 joins its words."""
    table = bytearray(256)
    for byte in range(256):
        sign = chr(byte)
        if byte >= 0x80 or (sign.isascii() and sign.isalnum()):
            table[byte] = ord(sign.lower()) if byte < 0x80 else byte
        elif sign in JOINERS:
            table[byte] = 1
    return bytes(table)


def field_group(name: str, numbers: Mapping[str, int]) -> int:
    """Return the group of a field's name, 0 for none.

    Whole words count, never parts of them; the last label in the name says what it holds, and of
    two that end together the longer.
    """
    words = [word.lower() for word in WORDS.findall(name)]
    for end in range(len(words), 0, -1):
        for start in range(end):
            group = numbers.get("".join(words[start:end]), 0)
            if group:
                return group
        if group := within(words[end - 1], numbers):
            return group
        if words[end - 1] not in GENERIC and not words[end - 1].isdigit():
            return 0
    return 0


def within(word: str, numbers: Mapping[str, int]) -> int:
    """Return the group of the longest Chinese label that ends a Chinese name."""
    if word.isascii():
        return 0
    return next((numbers[word[at:]] for at in range(len(word)) if word[at:] in numbers), 0)
