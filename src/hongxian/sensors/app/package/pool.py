"""String pools of compiled Android resources (``ResStringPool`` in AOSP's ``ResourceTypes.h``).

Strings are decoded one by one, when asked for: a table of 40,000 strings costs nothing until
someone reads it. Of styles only links count.
"""

from __future__ import annotations

import struct

import numpy as np

_HEADER = struct.Struct("<2H6L")
_UTF8 = 0x100
_SPANS = 200
NONE = 0xFFFFFFFF
"""The index that stands for "no string"."""
TEXT_BUDGET = 64 << 20
"""Characters that one pool gives at most; strings that overlap could go on for hours."""


class StringPool:
    """A pool inside ``data``; indices out of range give an empty string, as on a device.

    Args:
        data: the whole file.
        place: where the pool's chunk begins.
        end: where the enclosing chunk ends.
    """

    def __init__(self, data: bytes, place: int, end: int) -> None:
        """Read the header and the offsets; the pool is empty when they make no sense."""
        self.data = data
        self.offsets: list[int] = []
        self.place = place
        self.styles = self.style_offsets_at = self.spans = 0
        self.start, self.end, self.utf8 = place, place, False
        self.damaged = True
        self.left = TEXT_BUDGET
        if place + _HEADER.size > min(end, len(data)):
            return
        _, header, size, count, styles, flags, strings, spans = _HEADER.unpack_from(data, place)
        self.end = (
            min(place + size, end, len(data)) if size >= _HEADER.size else min(end, len(data))
        )
        self.start = place + strings
        self.utf8 = bool(flags & _UTF8)
        first = place + max(header, _HEADER.size)
        fitting = max(0, min(count, (self.end - first) // 4))
        self.damaged = fitting < count or (count > 0 and self.start >= self.end)
        if fitting:
            self.offsets = np.frombuffer(data, "<u4", fitting, first).tolist()
        self.styles = min(styles, max(0, (self.end - first) // 4 - fitting))
        self.style_offsets_at, self.spans = first + 4 * fitting, place + spans

    def __len__(self) -> int:
        """Return the number of strings."""
        return len(self.offsets)

    def get(self, index: int) -> str:
        """Return a string; empty when there is none at the index."""
        if not 0 <= index < len(self.offsets):
            return ""
        place = self.start + self.offsets[index]
        if place + 2 > self.end or self.left < 0:
            return ""
        text = self._utf8(place) if self.utf8 else self._utf16(place)
        self.left -= len(text)
        return text

    def links(self, index: int) -> tuple[str, ...]:
        """Return the targets of the ``<a href>`` that style a string."""
        if not 0 <= index < self.styles:
            return ()
        place = (
            self.spans + struct.unpack_from("<L", self.data, self.style_offsets_at + 4 * index)[0]
        )
        found = []
        for at in range(place, min(place + 12 * _SPANS, self.end - 11), 12):
            name = struct.unpack_from("<L", self.data, at)[0]
            if name == NONE:
                break
            tag, _, rest = self.get(name).partition(";")
            if tag == "a" and "href=" in rest:
                found.append(rest.partition("href=")[2].partition(";")[0])
        return tuple(found)

    def _utf8(self, place: int) -> str:
        data = self.data
        # two lengths, in UTF-16 units and in bytes; either has one byte or two
        place += 2 if data[place] & 0x80 else 1
        if place + 2 > self.end:
            return ""
        size = data[place]
        if size & 0x80:
            size = (size & 0x7F) << 8 | data[place + 1]
            place += 1
        raw = data[place + 1 : min(place + 1 + size, self.end)]
        try:
            return raw.decode()
        except UnicodeDecodeError:
            return _modified(raw)

    def _utf16(self, place: int) -> str:
        size = self.data[place] | self.data[place + 1] << 8
        place += 2
        if size & 0x8000:
            if place + 2 > self.end:
                return ""
            size = (size & 0x7FFF) << 16 | self.data[place] | self.data[place + 1] << 8
            place += 2
        return self.data[place : min(place + 2 * size, self.end)].decode("utf-16-le", "replace")


def _modified(raw: bytes) -> str:
    """Decode UTF-8 with surrogate pairs as three bytes each, as old tools write it."""
    try:
        halves = raw.decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace")
    return halves.decode("utf-16-le", "replace")
