"""Masks values in JSON where they stand: nothing else of its bytes changes, and it stays JSON.

Most values fill a string; these are told by the quotes beside them. Where that does not settle it,
the tokens of the whole text are looked at.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

import orjson

from hongxian.guards.gate.exchange.covers import Ends
from hongxian.info.recognise.counting import FIELDS
from hongxian.signals.keyed import COMPILED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from hongxian.guards.gate.exchange.finder import Found

    Cover = Callable[[str], str]

QUOTED_COVER = b'"***"'
"""What stands for a number or a string of which nothing can be shown."""

_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"|-?\d[\d.eE+-]*+', re.DOTALL)
_PLAIN = re.compile(rb'[^"\\\x00-\x1f]*+')
_KEY = re.compile(rb'"[ \t\r\n]*+:')
_QUOTE = 0x22
_AFTER = frozenset(b",}]")
"""What stands behind a string that is no name of a field, mostly."""


def masked_json(data: bytes, found: Found, covers: Mapping[str, Cover]) -> bytes:
    """Return JSON with values covered; what has no cover stays.

    Args:
        data: JSON, or several texts of it one after the other.
        found: the values.
        covers: PI type -> what covers it.
    """
    done = starred(data, found, covers) if COMPILED else None
    return JsonMasker(data).masked(chosen(found, covers)) if done is None else done


def chosen(found: Found, covers: Mapping[str, Cover]) -> list[tuple[int, int, Cover]]:
    """Return start and end of values that are covered, and what covers them."""
    return [(start, end, covers[info]) for start, end, info in found if info in covers]


def starred(data: bytes, found: Found, covers: Mapping[str, Cover]) -> bytes | None:
    """Return JSON with values covered in their places, as :func:`masked_json` does.

    ``None`` when one is no whole string, or is covered by something else than stars of its length.
    """
    size, at = len(data), 0
    made: Any = bytearray(data)
    raw, out = data, made
    marks, known, fields = found.marks, -1, FIELDS
    first = after = least = 0
    row = -fields
    for _ in range(found.size):
        row += fields
        start, end = marks[row + 1], marks[row + 2]
        if marks[row + 3] != known:
            cover = covers.get(found.infos[marks[row + 3]])
            if cover is None:
                continue
            if type(cover) is not Ends:
                return None
            known, ends = marks[row + 3], cover
            first, after, least = ends.left, ends.right, ends.least
        left, right = start + first, end - after
        if (
            start < at or start < 1 or start >= end or end + 1 >= size or right - left < least
            or raw[start - 1] != 0x22 or raw[end] != 0x22
            or (raw[end + 1] != 0x2C and raw[end + 1] != 0x7D and raw[end + 1] != 0x5D)
        ):  # fmt: skip
            return None
        for place in range(start, end):
            c = raw[place]
            if not (0x30 <= c <= 0x39 or 0x41 <= c <= 0x5A or 0x61 <= c <= 0x7A):
                return None
        for place in range(left, right):
            out[place] = 0x2A
        at = end
    return out[:size] if COMPILED else bytes(made)


class JsonMasker:
    """Masks one text.

    Args:
        data: JSON, or several texts of it one after the other.
    """

    def __init__(self, data: bytes) -> None:
        """Keep it."""
        self._data = data
        self._tokens: list[tuple[int, int]] | None = None
        self._keys: dict[bytes, int] = {}

    def masked(self, hits: Iterable[tuple[int, int, Cover]]) -> bytes:
        """Return the text with values covered.

        Args:
            hits: start and end (in bytes) of each, and what covers it; in order.
        """
        data, at, last = self._data, 0, len(self._data) - 1
        shown: list[bytes] = []
        show = shown.append
        for start, end, cover in hits:
            if start < at:
                continue  # stood in a token that was covered
            text = data[start:end]
            if (
                type(cover) is Ends and start > 0 and end < last and data[end] == _QUOTE
                and data[end + 1] in _AFTER and data[start - 1] == _QUOTE and text.isalnum()
            ):  # fmt: skip
                left, right = start + cover.left, end - cover.right
                if right - left >= cover.least:
                    show(data[at:left])
                    show(b"*" * (right - left))
                    at = right
                    continue
            if (
                start and data[start - 1] == _QUOTE and data[end : end + 1] == b'"'
                and b'"' not in text and b"\\" not in text
            ):  # fmt: skip
                shown.append(data[at:start])
                shown.append(self._string(text, cover, end))
                at = end
                continue
            for begin, stop, new in self._replaced(start, end, cover):
                if begin >= at:
                    shown += (data[at:begin], new)
                    at = stop
        shown.append(data[at:])
        return b"".join(shown)

    def _string(self, text: bytes, cover: Cover, end: int) -> bytes:
        """Return the inside of a string anew; names of fields stay different from each other."""
        new = cover(text.decode("utf-8", "replace")).encode()
        if not _PLAIN.fullmatch(new):
            new = orjson.dumps(new.decode())[1:-1]
        if _KEY.match(self._data, end):
            count = self._keys[new] = self._keys.get(new, 0) + 1
            return new if count == 1 else new + b"#%d" % count
        return new

    def _replaced(self, start: int, end: int, cover: Cover) -> Iterable[tuple[int, int, bytes]]:
        """Yield what is put in the place of which bytes, by the tokens that a value touches."""
        data = self._data
        tokens = self.tokens()
        place = max(0, bisect_right(tokens, (start, len(data) + 1)) - 1)
        touched = []
        while place < len(tokens) and tokens[place][0] < end:
            if tokens[place][1] > start:
                touched.append(tokens[place])
            place += 1
        if len(touched) == 1:
            first, last = touched[0]
            if data[first] != _QUOTE:
                yield first, last, _number(data[first:last], cover)
            elif first < start and end < last:
                yield from self._inside(start, end, last, cover)
            else:
                yield first, last, QUOTED_COVER
            return
        for first, last in touched:  # it reaches over several: each value in it is covered
            if data[first] != _QUOTE or not _KEY.match(data, last - 1):
                yield first, last, QUOTED_COVER
        if not touched:  # no JSON there at all
            yield start, end, b"***"

    def _inside(
        self, start: int, end: int, last: int, cover: Cover
    ) -> Iterable[tuple[int, int, bytes]]:
        """Yield a part of a string anew; an escape at its edge goes whole."""
        data = self._data
        text = data[start:end]
        if b"\\" in text or data[start - 1] == 0x5C:
            yield from self._escaped(start, end, last, cover)
        elif end == last - 1 and data[start - 1] == _QUOTE:
            yield start, end, self._string(text, cover, end)
        else:
            new = cover(text.decode("utf-8", "replace")).encode()
            yield start, end, orjson.dumps(new.decode())[1:-1]

    def _escaped(
        self, start: int, end: int, last: int, cover: Cover
    ) -> Iterable[tuple[int, int, bytes]]:
        first = next(one for one, stop in self.tokens() if stop == last)
        begin = end_of = first + 1
        for found in _PART.finditer(self._data, first + 1, last - 1):
            if found.end() <= start:
                begin = found.end()
            if found.start() < end:
                end_of = found.end()
        try:
            text = orjson.loads(b'"' + self._data[begin:end_of] + b'"')
            yield begin, end_of, orjson.dumps(cover(text))[1:-1]
        except (orjson.JSONDecodeError, orjson.JSONEncodeError):
            yield begin, end_of, QUOTED_COVER[1:-1]

    def tokens(self) -> list[tuple[int, int]]:
        """Return where strings and numbers stand; a string that does not end is none."""
        if self._tokens is None:
            self._tokens = [found.span() for found in _TOKEN.finditer(self._data)]
        return self._tokens


_PART = re.compile(rb"\\u[0-9a-fA-F]{4}|\\.|[^\\]", re.DOTALL)


def _number(text: bytes, cover: Cover) -> bytes:
    """Return a number covered, as a string: stars are no number."""
    return orjson.dumps(cover(text.decode("latin-1")))
