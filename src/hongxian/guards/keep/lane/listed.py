"""How many values the parameters of a Bind list: a text is judged before anybody sees them.

``WHERE id = ANY($1)`` names few rows when its array is short. An array in text counts one value
more than it has commas; one in binary form tells its dimensions (PostgreSQL sources,
``array_send``: number of dimensions, flags, type of elements, then length and lower bound of each).
What stands for no array counts as its bytes, since a text can be cut into as many values.
"""

from __future__ import annotations

import re
from struct import Struct
from typing import TYPE_CHECKING

from hongxian.guards.keep.lane.frames import ProtocolError

if TYPE_CHECKING:
    from collections.abc import Iterator

UNSEEN = 1 << 30
"""Values of a parameter that was sent on before it was whole."""
_HEAD = Struct(">iiI")
_DIMENSION = Struct(">ii")
_MOST_DIMENSIONS = 6
"""``MAXDIM`` of PostgreSQL."""
_TAKES = re.compile(rb"(?i)\b(?:update|delete|merge)\b")
_LISTS = re.compile(rb"(?i)\b(?:any|some)\b")


def hangs_on_values(text: bytes) -> bool:
    """Return whether the verdict of a text can hang on how many values a parameter lists."""
    return b"$" in text and bool(_LISTS.search(text)) and bool(_TAKES.search(text))


def listed(rest: memoryview) -> dict[int, int]:
    """Return how many values each parameter lists, by its number from 1.

    Args:
        rest: a Bind behind its names, or as much of it as is there.

    Raises:
        ProtocolError: a length is none.
    """
    formats, place = _numbers(rest)
    count = int.from_bytes(rest[place : place + 2])
    if len(rest) < place + 2:
        return dict.fromkeys(range(1, 1 << 16), UNSEEN)
    values = _values(rest, place + 2)
    found = dict.fromkeys(range(1, count + 1), UNSEEN)
    for number, value in zip(range(1, count + 1), values, strict=False):
        form = formats[min(number, len(formats)) - 1] if formats else 0
        found[number] = _binary(value) if form else _text(value)
    return found


def _numbers(rest: memoryview) -> tuple[list[int], int]:
    """Return the formats of a Bind (one of them is for all), and where they end."""
    end = 2 + 2 * int.from_bytes(rest[:2])
    formats = [int.from_bytes(rest[one : one + 2]) for one in range(2, min(end, len(rest)), 2)]
    return formats, end


def _values(rest: memoryview, place: int) -> Iterator[memoryview]:
    """Go through the values that are whole."""
    while place + 4 <= len(rest):
        size = int.from_bytes(rest[place : place + 4], signed=True)
        if size < -1:
            raise ProtocolError("length")
        place += 4
        end = place + max(size, 0)
        if end > len(rest):
            return
        yield rest[place:end]
        place = end


def _text(value: memoryview) -> int:
    raw = bytes(value)
    return raw.count(b",") + 1 if raw[:1] in (b"{", b"[") else max(1, len(raw))


def _binary(value: memoryview) -> int:
    """Return the elements of an array in binary form; of anything else its bytes."""
    if len(value) < _HEAD.size:
        return max(1, len(value))
    dimensions, flags, _ = _HEAD.unpack_from(value)
    end = _HEAD.size + _DIMENSION.size * dimensions
    if flags not in (0, 1) or not 0 <= dimensions <= _MOST_DIMENSIONS or end > len(value):
        return len(value)
    total = 1
    for place in range(_HEAD.size, end, _DIMENSION.size):
        total *= max(_DIMENSION.unpack_from(value, place)[0], 0)
    return max(1, total)
