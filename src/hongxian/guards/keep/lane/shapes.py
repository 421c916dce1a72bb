"""The shape of a text in three passes over its bytes, for where it is compiled.

It is the shape by which judgements are kept (:mod:`hongxian.guards.keep.statements.postgres.shape`
says what it is, and why texts of one shape are judged alike), or none: letters beyond ASCII stand
in strings alone.
"""

from __future__ import annotations

from typing import Any

from hongxian.guards.keep.lane.encodings import decoded
from hongxian.guards.keep.lane.heads import COMPILED
from hongxian.guards.keep.statements.postgres.shape import shape

LONGEST = 2_000
"""Bytes of a text whose shape is found."""
_QUOTE, _DOUBLE, _DOLLAR, _AND, _DOT, _LOW, _MINUS, _PLUS, _SLASH, _STAR, _BACK = b"'\"$&._-+/*\\"
_ZERO, _NINE, _A, _B, _E, _O, _X, _Z = b"09abeoxz"
_STRING, _NUMBER, _ASCII, _LOWER = 0, 1, 0x80, 0x20


class Shapes:
    """Finds shapes."""

    __slots__ = ("_room",)

    def __init__(self) -> None:
        """Make room for one."""
        self._room = bytearray(LONGEST)

    def of(self, text: bytes) -> bytes | None:
        """Return the shape of a text, ``None`` when it has none or is not looked for here."""
        if COMPILED:
            return self.scanned(text)
        read = decoded(text, "utf-8") if len(text) <= LONGEST else None
        made = None if read is None else shape(read)
        return made.encode("ascii") if made is not None and made.isascii() else None

    def scanned(self, text: bytes) -> bytes | None:
        """Return the same, byte by byte; places stay below its length, which the room has too."""
        raw, room, size, at, to = text, self._room, len(text), 0, 0
        if size > LONGEST or not is_plain(raw, size):
            return None
        while at < size:
            byte = raw[at]
            if byte == _QUOTE:
                room[to] = _STRING
                at = string_end(raw, at, size)
                if at == 0:
                    return None
            elif _ZERO <= byte <= _NINE and not (at > 0 and sticks(raw[at - 1], _DOT)):
                room[to] = _NUMBER
                at = number_end(raw, at, size)
            else:
                end = string_end(raw, at, size) if byte == _DOUBLE else 0
                while at + 1 < end:  # a name in quotes stays as it is
                    room[to] = raw[at]
                    at += 1
                    to += 1
                room[to] = raw[at]
                at += 1
            to += 1
        if not is_clear(room, to) or not (text.isascii() or decoded(text, "utf-8") is not None):
            return None
        return room[:to] if COMPILED else bytes(room[:to])  # type: ignore[return-value]


def is_plain(raw: Any, size: int) -> bool:
    """Return whether there is no comment, backslash, or byte that is a mark."""
    last, at = 0, 0
    while at < size:
        byte = raw[at]
        if byte <= _NUMBER or byte == _BACK:
            return False
        if last == byte == _MINUS or (last == _SLASH and byte == _STAR):
            return False
        last = byte
        at += 1
    return True


def string_end(raw: Any, at: int, size: int) -> int:
    """Return where a string ends that begins here, behind its quote; 0 if it does not."""
    quote, end = raw[at], at + 1
    while end < size:
        if raw[end] == quote:
            return end + 1
        end += 1
    return 0


def number_end(raw: Any, at: int, size: int) -> int:
    """Return where a number ends that begins here."""
    kind = raw[at + 1] | _LOWER if raw[at] == _ZERO and at + 1 < size else 0
    based = kind in (_X, _O, _B)
    at += 1
    other = _LOW if based else _DOT
    while at < size and raw[at] != _DOLLAR and sticks(raw[at], other):
        at += 1
    if based or raw[at - 1] | _LOWER != _E or at + 1 >= size:
        return at
    if raw[at] in (_PLUS, _MINUS) and _ZERO <= raw[at + 1] <= _NINE:
        at += 1
        while at < size and _ZERO <= raw[at] <= _NINE:
            at += 1
    return at


def sticks(byte: int, other: int) -> bool:
    """Return whether a byte is a letter, a digit, a low line, a dollar sign, or another one."""
    low = byte | _LOWER
    return _A <= low <= _Z or _ZERO <= byte <= _NINE or byte in (_LOW, _DOLLAR, other)


def is_clear(room: Any, size: int) -> bool:
    """Return whether a shape is ASCII, and nothing could start or hold a string of another kind."""
    last, at = 0, 0
    while at < size:
        byte = room[at]
        if byte == _QUOTE or (byte == _STRING and at > 0 and sticks(last, _AND)):
            return False
        if byte >= _ASCII or (byte == _DOUBLE and last == _AND):
            return False
        if byte == _DOLLAR and not is_parameter(room, at, size):
            return False
        last = byte
        at += 1
    return True


def is_parameter(room: Any, at: int, size: int) -> bool:
    """Return whether a dollar sign is that of a parameter."""
    end = at + 1
    while end < size and _ZERO <= room[end] <= _NINE:
        end += 1
    return end > at + 1 and not (end < size and sticks(room[end], _LOW))
