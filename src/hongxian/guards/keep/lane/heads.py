"""Where messages of protocol 3 and their texts end, for where it is compiled too."""

from __future__ import annotations

from hongxian.guards.keep.lane.frames import LENGTH, ProtocolError

COMPILED = False
"""Whether this is the compiled module; the build sets it."""


def message_end(data: bytes, place: int) -> int:
    """Return where a message ends whose letter and length, five bytes, stand at a place.

    Raises:
        ProtocolError: its length is none.
    """
    if COMPILED:
        raw = data
        length = raw[place + 1]
        length = length << 8 | raw[place + 2]
        length = length << 8 | raw[place + 3]
        length = length << 8 | raw[place + 4]
    else:
        (length,) = LENGTH.unpack_from(data, place + 1)
    if length < 4:
        raise ProtocolError("length")
    return place + 1 + length


def text_end(data: bytes, start: int, end: int) -> int:
    """Return where the text ends that begins at a place, at a zero byte.

    Raises:
        ProtocolError: it does not end before ``end``.
    """
    if COMPILED:
        raw, end = data, min(end, len(data))
        while start < end:
            if raw[start] == 0:
                return start
            start += 1
        found = -1
    else:
        found = data.find(0, start, end)
    if found < 0:
        raise ProtocolError("text")
    return found
