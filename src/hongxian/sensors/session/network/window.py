"""A stream of JSON seen through a window: what has been passed is let go.

Values are stepped over without being decoded, so that one may be larger than memory.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.session.joined import Readable

CHUNK = 1 << 20
LONGEST_KEY = 1 << 10
_SPACE = re.compile(rb"\s*+")
_INNER = rb'[^"\\]*+(?:\\.[^"\\]*+)*+'
_IN_STRING = re.compile(_INNER, re.DOTALL)
_RUN = re.compile(rb'(?:[^"{}\[\]]++|"' + _INNER + rb'")*+', re.DOTALL)
"""What may stand between two brackets; a string that is not whole ends it."""
_SCALAR = re.compile(rb"[^\s,\]}{\[\"]*+")
_OPEN, _CLOSE, _QUOTE = frozenset(b"{["), frozenset(b"}]"), 0x22


class CutError(Exception):
    """The stream ended inside a value."""


class LongError(Exception):
    """A value is longer than it may be; it stays ahead."""


class DamageError(Exception):
    """Something stands where JSON has no place for it."""


class Window:
    """The part of a stream that is looked at.

    Args:
        source: JSON in UTF-8.
    """

    def __init__(self, source: Readable) -> None:
        """Start before the first byte."""
        self._source = source
        self.data = b""
        self.at = 0
        """Place in ``data`` of what comes next."""
        self.passed = 0
        """Bytes of the stream before ``data``."""

    def more(self) -> bool:
        """Read on, at least as much as is held, let go of what is behind, and tell if more came.

        With as much as is held, a long value is copied a few times only.
        """
        chunk = self._source.read(max(CHUNK, len(self.data) - self.at))
        if chunk:
            self.passed += self.at
            self.data = self.data[self.at :] + chunk
            self.at = 0
        return bool(chunk)

    def peek(self) -> int:
        """Return the next byte that is no space, without passing it.

        Raises:
            CutError: there is none.
        """
        while True:
            found = _SPACE.match(self.data, self.at)
            self.at = found.end() if found else self.at
            if self.at < len(self.data):
                return self.data[self.at]
            if not self.more():
                raise CutError

    def take(self, wanted: bytes) -> None:
        """Pass a sign that must come next.

        Raises:
            CutError: the stream ends.
            DamageError: another comes.
        """
        if self.peek() != wanted[0]:
            raise DamageError
        self.at += 1

    def members(self) -> Iterator[bytes]:
        """Yield the keys of an object; whoever takes one passes its value.

        Raises:
            CutError: the stream ends inside.
            DamageError: it is no object, or a broken one.
        """
        self.take(b"{")
        while (sign := self.peek()) != 0x7D:
            if sign == _QUOTE:
                key = self._key()
                self.take(b":")
                yield key
            else:
                self.take(b",")
        self.at += 1

    def _key(self) -> bytes:
        """Pass a key and return it; one that is too long to be any we look for is empty."""
        try:
            return self.value(LONGEST_KEY)[1:-1]
        except LongError:
            self.skip()
            return b""

    def elements(self) -> Iterator[int]:
        """Yield the first byte of each element of an array; whoever takes one passes it.

        Raises:
            CutError: the stream ends inside.
            DamageError: it is no array, or a broken one.
        """
        self.take(b"[")
        while (sign := self.peek()) != 0x5D:
            if sign == 0x2C:
                self.at += 1
            elif sign in b"}:":
                raise DamageError
            else:
                yield sign
        self.at += 1

    def value(self, most: int) -> bytes:
        """Pass a value and return its bytes.

        Raises:
            CutError: the stream ends inside; the value stays ahead.
            DamageError: no value begins here.
            LongError: it is longer than ``most``.
        """
        sign = self.peek()
        if sign != _QUOTE and sign not in _OPEN:
            return self._scalar()
        start = self.passed + self.at
        for end in self._ends():
            if end - start > most:
                raise LongError
        whole = self.data[self.at : end - self.passed]
        self.at = end - self.passed
        return whole

    def skip(self) -> None:
        """Pass a value of any length.

        Raises:
            CutError: the stream ends inside.
            DamageError: no value begins here.
        """
        sign = self.peek()
        if sign != _QUOTE and sign not in _OPEN:
            self._scalar()
            return
        for end in self._ends():
            self.at = end - self.passed

    def _ends(self) -> Iterator[int]:
        """Yield how far the value ahead has been seen, as places in the stream; last its end.

        Whoever takes a place may let go of what is before it.
        """
        quoted = self.data[self.at] == _QUOTE
        depth, ahead = 0, self.at + quoted
        while True:
            found = (_IN_STRING if quoted else _RUN).match(self.data, ahead)
            ahead = found.end() if found else ahead
            sign = self.data[ahead] if ahead < len(self.data) else None
            if sign is None or (quoted and sign != _QUOTE):
                place = self.passed + ahead
                yield place
                if not self.more():
                    raise CutError
                ahead = place - self.passed
                continue
            ahead += 1
            quoted = sign == _QUOTE and not quoted
            depth += (sign in _OPEN) - (sign in _CLOSE)
            if not depth and not quoted:
                yield self.passed + ahead
                return

    def _scalar(self) -> bytes:
        while True:
            found = _SCALAR.match(self.data, self.at)
            end = found.end() if found else self.at
            if end < len(self.data) or end - self.at > LONGEST_KEY or not self.more():
                break
        if end == self.at:
            raise DamageError
        whole, self.at = self.data[self.at : end], end
        return whole


class Recoded:
    """A stream in another charset, as UTF-8.

    Args:
        source: the stream.
        charset: its charset.
    """

    def __init__(self, source: Readable, charset: str) -> None:
        """Start before the first byte."""
        self._source = source
        self._decoder = codecs.getincrementaldecoder(charset)("replace")

    def read(self, size: int = -1, /) -> bytes:
        """Return bytes, a few more or less than asked for; none at the end."""
        while chunk := self._source.read(size):
            if text := self._decoder.decode(chunk):
                return text.encode("utf-8", "replace")
        return b""
