"""Which methods of a class bear an annotation.

Source: "annotations_directory_item", Dalvik executable format, Android Open Source Project.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from hongxian.sensors.app.dex.tables import Dex

_MOST = 65536
_DIRECTORY, _FIELD, _METHOD = 16, 8, 8


def annotated_methods(dex: Dex, owner: bytes, annotation: bytes) -> list[str]:
    """Return the names of a class's methods that bear an annotation.

    Args:
        dex: the file that defines the class; another gives nothing.
        owner: descriptor of the class.
        annotation: descriptor of the annotation.
    """
    wanted, own = type_index(dex, annotation), type_index(dex, owner)
    if wanted < 0 or own < 0:
        return []
    found = np.flatnonzero(dex.classes["type"] == own)
    directory = int(dex.classes["annotations"][found[0]]) if found.size else 0
    head = _numbers(dex, directory, 4) if directory else []
    if not head:
        return []
    at = directory + _DIRECTORY + _FIELD * min(head[1], _MOST)
    pairs = _numbers(dex, at, 2 * min(head[2], _MOST))
    return [
        dex.string(int(dex.methods[method]["name"]))
        for method, annotations in zip(pairs[::2], pairs[1::2], strict=True)
        if method < len(dex.methods) and wanted in _types(dex, annotations)
    ]


def type_index(dex: Dex, descriptor: bytes) -> int:
    """Return the index of a type, -1 when the file does not name it; types are sorted."""
    low, high = 0, len(dex.types)
    while low < high:
        middle = (low + high) // 2
        if dex.string_bytes(int(dex.types[middle])) < descriptor:
            low = middle + 1
        else:
            high = middle
    if low < len(dex.types) and dex.string_bytes(int(dex.types[low])) == descriptor:
        return low
    return -1


def _types(dex: Dex, offset: int) -> set[int]:
    """Return the types of an annotation set."""
    count = _numbers(dex, offset, 1)
    items = _numbers(dex, offset + 4, min(count[0], _MOST)) if count else []
    return {_leb(dex.raw, item + 1) for item in items}


def _numbers(dex: Dex, offset: int, count: int) -> list[int]:
    if offset + 4 * count > len(dex.raw):
        return []
    return list(struct.unpack_from(f"<{count}I", dex.raw, offset))


def _leb(raw: bytes, at: int) -> int:
    value = 0
    for shift, byte in enumerate(raw[at : at + 5]):
        value |= (byte & 0x7F) << 7 * shift
        if byte < 0x80:
            break
    return value
