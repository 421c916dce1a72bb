"""Unsigned LEB128 numbers, decoded by the array.

Source: "LEB128", Dalvik executable format, Android Open Source Project.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

MAX_BYTES = 5
"""A 32-bit number never takes more bytes than this."""


def decode_all(data: npt.NDArray[np.uint8]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.int64]]:
    """Decode every number in a run of ULEB128 bytes.

    Args:
        data: bytes; a last number that is cut off is left out.

    Returns:
        The numbers, and for each the place of its first byte.
    """
    last = np.flatnonzero(data < 0x80)
    first = np.empty_like(last)
    if last.size:
        first[0] = 0
        first[1:] = last[:-1] + 1
    values = (data[first] & 0x7F).astype(np.uint32)
    length = last - first + 1
    for extra in range(1, MAX_BYTES):
        longer = np.flatnonzero(length > extra)
        if not longer.size:
            break
        more = (data[first[longer] + extra] & 0x7F).astype(np.uint32)
        values[longer] |= more << np.uint32(7 * extra)
    return values, first


def length_at(data: npt.NDArray[np.uint8], at: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return how many bytes the number at each place takes (at most :data:`MAX_BYTES`)."""
    length = np.ones(at.size, dtype=np.int64)
    open_ = np.arange(at.size)
    for extra in range(1, MAX_BYTES):
        places = at[open_] + extra - 1
        inside = places < data.size
        open_ = open_[inside][data[places[inside]] >= 0x80]
        if not open_.size:
            break
        length[open_] = extra + 1
    return length
