"""Tells bytes that look random, as encrypted ones do, from a binary form."""

from __future__ import annotations

import math
from collections import Counter
from functools import cache

LEAST = 32
"""Of fewer bytes nothing can be said."""
SAMPLE = 4096
RANDOM = 0.94
"""Share of the entropy that so many random bytes have on average. 1,000 draws of each size from
32 bytes up lay above .943, from 160 bytes up above .97."""
CIPHER = 128
"""A field of so many random bytes is no hash, and longer than most keys and tokens."""


def looks_random(data: bytes) -> bool:
    """Whether the beginning, the middle and the end of the bytes look random."""
    if len(data) < LEAST:
        return False
    if len(data) <= 3 * SAMPLE:
        return _share(data) >= RANDOM
    middle = len(data) // 2
    pieces = (data[:SAMPLE], data[middle : middle + SAMPLE], data[-SAMPLE:])
    return all(_share(piece) >= RANDOM for piece in pieces)


def _share(data: bytes) -> float:
    size = len(data)
    entropy = -sum(n / size * math.log2(n / size) for n in Counter(data).values())
    return entropy / _expected(size)


@cache
def _expected(size: int) -> float:
    """Return the entropy that so many random bytes show on average.

    Each of 256 values comes up a binomial number of times; the formula sums over that number.
    """
    chance, lost, times = (255 / 256) ** size, 0.0, 0
    while times <= size and times <= size / 64 + 64:
        if times > 1:
            lost += chance * times * math.log2(times)
        chance *= (size - times) / (times + 1) / 255
        times += 1
    return math.log2(size) - 256 / size * lost
