"""What a tagger knows of each character: itself, its neighbour, the words that begin with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Codes = NDArray[np.uint32]
    Bytes = NDArray[np.uint8]

WORD_LENGTHS = (2, 3, 4)
"""Words of other lengths are not looked up."""

PAIR_BITS = 17
"""Pairs of characters are hashed to so many bits."""

_LINE_END = 10
_SLOT_BITS = 22
_CHECK_BITS = 10
_PRIME = np.uint32(0x01000193)
_GOLDEN = np.uint32(0x9E3779B1)


class Clues(NamedTuple):
    """What stands at each position of a text."""

    char: NDArray[np.int32]
    pair: NDArray[np.int32]
    words: tuple[Bytes, ...]
    """The class of the word that begins there, for each of ``WORD_LENGTHS``; 0 is none."""


class WordTable:
    """The classes of many words by their hashes; one wrong answer in thousands is accepted."""

    def __init__(self, hashes: Codes, classes: Bytes) -> None:
        """Take hashes from :func:`hash_words`; of two words in one slot the last counts."""
        self._slots = np.zeros(1 << _SLOT_BITS, np.uint16)
        checks = (hashes >> np.uint32(_SLOT_BITS)).astype(np.uint16)
        marked = (classes.astype(np.uint16) << np.uint16(_CHECK_BITS)) | checks
        self._slots[hashes & np.uint32((1 << _SLOT_BITS) - 1)] = marked

    def classes(self, hashes: Codes) -> Bytes:
        """Return the class of each word, 0 where it is not known."""
        found = self._slots[hashes & np.uint32((1 << _SLOT_BITS) - 1)]
        checks = (hashes >> np.uint32(_SLOT_BITS)).astype(np.uint16)
        same = (found & np.uint16((1 << _CHECK_BITS) - 1)) == checks
        return np.where(same, found >> np.uint16(_CHECK_BITS), 0).astype(np.uint8)


def code_points(text: str) -> Codes:
    """Return the code points of a text; those beyond the basic plane are one and the same."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.minimum(codes, np.uint32(0xFFFF))


def hash_grams(codes: Codes, length: int) -> Codes:
    """Return the hash of the characters from each position on; zeros follow the last one."""
    hashes = codes.copy()
    for step in range(1, length):
        following = np.zeros_like(codes)
        following[:-step] = codes[step:]
        hashes = hashes * _PRIME ^ following
    return _mix(hashes)


def hash_words(words: list[str]) -> Codes:
    """Return the hashes of words, as :func:`hash_grams` makes them within a text."""
    hashes = np.empty(len(words), np.uint32)
    for length in {len(word) for word in words}:
        places = [place for place, word in enumerate(words) if len(word) == length]
        codes = code_points("".join(words[place] for place in places)).reshape(-1, length)
        value = codes[:, 0].copy()
        for step in range(1, length):
            value = value * _PRIME ^ codes[:, step]
        hashes[places] = _mix(value)
    return hashes


def read_clues(codes: Codes, characters: NDArray[np.int32], table: WordTable) -> Clues:
    """Return what a tagger looks at, for each position; the end of a line begins no word."""
    within = codes != _LINE_END
    pairs = (hash_grams(codes, 2) >> np.uint32(32 - PAIR_BITS)).astype(np.int32) * within
    words = tuple(table.classes(hash_grams(codes, length)) * within for length in WORD_LENGTHS)
    return Clues(characters[codes], pairs, words)


def _mix(hashes: Codes) -> Codes:
    hashes = hashes * _GOLDEN
    return hashes ^ (hashes >> np.uint32(15))


def is_han(codes: Codes) -> NDArray[np.bool_]:
    """Return which characters are Chinese ones."""
    han: NDArray[np.bool_] = ((codes >= 0x3400) & (codes <= 0x9FFF)) | (codes == 0x3007)
    return han
