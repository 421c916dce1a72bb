"""Keyed hashes of short texts: BLAKE2b (RFC 7693) of eight bytes, for where it is compiled.

``hashlib`` works the block of the key through for each text anew, and makes objects on the way;
here a text that fits into one block costs one block.
"""

from __future__ import annotations

from array import array

COMPILED = False
"""Whether this is the compiled module; the build sets it."""
BLOCK_SIZE = 128
_MOST_WORDS = 100
_ALL = (1 << 64) - 1
_LOW = (1 << 32) - 1
_START = (
    0x6A09E667F3BCC908, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1,
    0x510E527FADE682D1, 0x9B05688C2B3E6C1F, 0x1F83D9ABFB41BD6B, 0x5BE0CD19137E2179,
)  # fmt: skip
"""The initial vector (RFC 7693, section 2.6)."""
_ORDER = bytes((
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
    14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3,
    11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4,
    7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8,
    9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13,
    2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9,
    12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11,
    13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10,
    6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5,
    10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0,
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
    14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3,
))  # fmt: skip
"""Which word of a block comes when, round by round (section 2.7)."""


class Keyed:
    """Hashes texts with a key, on a machine whose lowest byte comes first.

    Args:
        key: 1 to 64 bytes.
    """

    __slots__ = ("_room", "_state", "_vector", "_words")

    def __init__(self, key: bytes) -> None:
        """Work the block of the key through."""
        self._room = bytearray(BLOCK_SIZE)
        self._words = memoryview(self._room).cast("Q")
        self._vector = array("Q", _START)
        self._state = array("Q", _START)
        self._state[0] ^= 0x01010000 ^ (len(key) << 8) ^ 8
        self._room[: len(key)] = key
        self.blend(BLOCK_SIZE, 0)

    def text(self, data: bytes) -> int:
        """Return the hash of one to 128 bytes, of 63 bits."""
        raw, room, at, size = data, self._room, 0, min(len(data), BLOCK_SIZE)
        while at < size:
            room[at] = raw[at]
            at += 1
        return self._filled(size)

    def number(self, words: bytes, number: int) -> int:
        """Return the hash of at most 100 bytes and the digits of a number of at most 62 bits."""
        raw, room, at, size = words, self._room, 0, min(len(words), _MOST_WORDS)
        first = BLOCK_SIZE
        while first == BLOCK_SIZE or number > 0:  # the digits, from the last one on
            first -= 1
            room[first] = 0x30 + number % 10
            number = number // 10
        while at < size:
            room[at] = raw[at]
            at += 1
        while first < BLOCK_SIZE:
            room[at] = room[first]
            at += 1
            first += 1
        return self._filled(at)

    def _filled(self, size: int) -> int:
        """Return the hash of what stands at the beginning of the room."""
        room, at = self._room, size
        while at < BLOCK_SIZE:
            room[at] = 0
            at += 1
        return turned(self.blend(BLOCK_SIZE + size, _ALL)) >> 1

    def blend(self, count: int, last: int) -> int:  # noqa: PLR0915 - twelve rounds of eight steps
        """Work the block through (section 3.2); return the first word.

        Args:
            count: bytes up to its end.
            last: all bits when it is the last one; else 0, and the state becomes the new one.
        """
        words, vector, state, order, full = self._words, self._vector, self._state, _ORDER, _ALL
        v0, v1, v2, v3 = state[0], state[1], state[2], state[3]
        v4, v5, v6, v7 = state[4], state[5], state[6], state[7]
        v8, v9, v10, v11 = vector[0], vector[1], vector[2], vector[3]
        v12, v13, v14, v15 = vector[4] ^ count, vector[5], vector[6] ^ last, vector[7]
        for at in range(0, 192, 16):
            v0 = (v0 + v4 + words[order[at + 0]]) & full
            v12 = v12 ^ v0
            v12 = (v12 >> 32 | v12 << 32) & full
            v8 = (v8 + v12) & full
            v4 = v4 ^ v8
            v4 = (v4 >> 24 | v4 << 40) & full
            v0 = (v0 + v4 + words[order[at + 1]]) & full
            v12 = v12 ^ v0
            v12 = (v12 >> 16 | v12 << 48) & full
            v8 = (v8 + v12) & full
            v4 = v4 ^ v8
            v4 = (v4 >> 63 | v4 << 1) & full
            v1 = (v1 + v5 + words[order[at + 2]]) & full
            v13 = v13 ^ v1
            v13 = (v13 >> 32 | v13 << 32) & full
            v9 = (v9 + v13) & full
            v5 = v5 ^ v9
            v5 = (v5 >> 24 | v5 << 40) & full
            v1 = (v1 + v5 + words[order[at + 3]]) & full
            v13 = v13 ^ v1
            v13 = (v13 >> 16 | v13 << 48) & full
            v9 = (v9 + v13) & full
            v5 = v5 ^ v9
            v5 = (v5 >> 63 | v5 << 1) & full
            v2 = (v2 + v6 + words[order[at + 4]]) & full
            v14 = v14 ^ v2
            v14 = (v14 >> 32 | v14 << 32) & full
            v10 = (v10 + v14) & full
            v6 = v6 ^ v10
            v6 = (v6 >> 24 | v6 << 40) & full
            v2 = (v2 + v6 + words[order[at + 5]]) & full
            v14 = v14 ^ v2
            v14 = (v14 >> 16 | v14 << 48) & full
            v10 = (v10 + v14) & full
            v6 = v6 ^ v10
            v6 = (v6 >> 63 | v6 << 1) & full
            v3 = (v3 + v7 + words[order[at + 6]]) & full
            v15 = v15 ^ v3
            v15 = (v15 >> 32 | v15 << 32) & full
            v11 = (v11 + v15) & full
            v7 = v7 ^ v11
            v7 = (v7 >> 24 | v7 << 40) & full
            v3 = (v3 + v7 + words[order[at + 7]]) & full
            v15 = v15 ^ v3
            v15 = (v15 >> 16 | v15 << 48) & full
            v11 = (v11 + v15) & full
            v7 = v7 ^ v11
            v7 = (v7 >> 63 | v7 << 1) & full
            v0 = (v0 + v5 + words[order[at + 8]]) & full
            v15 = v15 ^ v0
            v15 = (v15 >> 32 | v15 << 32) & full
            v10 = (v10 + v15) & full
            v5 = v5 ^ v10
            v5 = (v5 >> 24 | v5 << 40) & full
            v0 = (v0 + v5 + words[order[at + 9]]) & full
            v15 = v15 ^ v0
            v15 = (v15 >> 16 | v15 << 48) & full
            v10 = (v10 + v15) & full
            v5 = v5 ^ v10
            v5 = (v5 >> 63 | v5 << 1) & full
            v1 = (v1 + v6 + words[order[at + 10]]) & full
            v12 = v12 ^ v1
            v12 = (v12 >> 32 | v12 << 32) & full
            v11 = (v11 + v12) & full
            v6 = v6 ^ v11
            v6 = (v6 >> 24 | v6 << 40) & full
            v1 = (v1 + v6 + words[order[at + 11]]) & full
            v12 = v12 ^ v1
            v12 = (v12 >> 16 | v12 << 48) & full
            v11 = (v11 + v12) & full
            v6 = v6 ^ v11
            v6 = (v6 >> 63 | v6 << 1) & full
            v2 = (v2 + v7 + words[order[at + 12]]) & full
            v13 = v13 ^ v2
            v13 = (v13 >> 32 | v13 << 32) & full
            v8 = (v8 + v13) & full
            v7 = v7 ^ v8
            v7 = (v7 >> 24 | v7 << 40) & full
            v2 = (v2 + v7 + words[order[at + 13]]) & full
            v13 = v13 ^ v2
            v13 = (v13 >> 16 | v13 << 48) & full
            v8 = (v8 + v13) & full
            v7 = v7 ^ v8
            v7 = (v7 >> 63 | v7 << 1) & full
            v3 = (v3 + v4 + words[order[at + 14]]) & full
            v14 = v14 ^ v3
            v14 = (v14 >> 32 | v14 << 32) & full
            v9 = (v9 + v14) & full
            v4 = v4 ^ v9
            v4 = (v4 >> 24 | v4 << 40) & full
            v3 = (v3 + v4 + words[order[at + 15]]) & full
            v14 = v14 ^ v3
            v14 = (v14 >> 16 | v14 << 48) & full
            v9 = (v9 + v14) & full
            v4 = v4 ^ v9
            v4 = (v4 >> 63 | v4 << 1) & full
        first = state[0] ^ v0 ^ v8
        if not last:
            state[0], state[1] = first, state[1] ^ v1 ^ v9
            state[2], state[3] = state[2] ^ v2 ^ v10, state[3] ^ v3 ^ v11
            state[4], state[5] = state[4] ^ v4 ^ v12, state[5] ^ v5 ^ v13
            state[6], state[7] = state[6] ^ v6 ^ v14, state[7] ^ v7 ^ v15
        return first


def turned(word: int) -> int:
    """Return a word of eight bytes whose first byte was the lowest, read from the highest."""
    half = _LOW
    low, high = word & half, word >> 32
    low = (low & 0x00FF00FF) << 8 | (low >> 8) & 0x00FF00FF
    high = (high & 0x00FF00FF) << 8 | (high >> 8) & 0x00FF00FF
    low = (low << 16 | low >> 16) & half
    high = (high << 16 | high >> 16) & half
    return low << 32 | high
