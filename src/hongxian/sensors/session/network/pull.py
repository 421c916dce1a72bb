"""Reads large JSON piece by piece: one window of text, values decoded one by one.

The decoder of the standard library, set on a window that slides over the text, is faster than
event-driven readers, and memory stays that of the largest single value.
"""

from __future__ import annotations

import codecs
import json
import re
from typing import TYPE_CHECKING, Any

from hongxian.sensors.session.network.faults import LIMITS, Limits

if TYPE_CHECKING:
    from typing import BinaryIO

_SPACE = re.compile(r"[\s\ufeff]*")
_TOKEN = re.compile(r'["{}\[\]]')
_STRING_END = re.compile(r'[^"\\]*(?:\\.[^"\\]*)*', re.DOTALL)
_EDGE = 16
"""An error this near to the window's end may be only the window's end (``-Infinity`` is nine)."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class CutError(Exception):
    """The text ended inside a value."""


class BrokenError(Exception):
    """A value that is not JSON; the reader stands behind it where its end could be made out."""


class LargeError(Exception):
    """A value larger than the limit."""


def charset_of(head: bytes) -> str:
    """Return the encoding of JSON by its first bytes: byte order mark, or where zeros stand."""
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    if len(head) >= 2 and 0 in head[:2]:
        return "utf-16-be" if head[0] == 0 else "utf-16-le"
    return "utf-8"


class Pull:
    """A place in a JSON text that moves forward only.

    Args:
        source: the bytes.
        limits: size of the window and of one value.
    """

    def __init__(self, source: BinaryIO, limits: Limits = LIMITS) -> None:
        """Read the first piece, which also tells the encoding."""
        self._source = source
        self._limits = limits
        head = source.read(limits.window)
        self._decode = codecs.getincrementaldecoder(charset_of(head))(errors="replace").decode
        self._json = json.JSONDecoder(strict=False)
        self._at = 0
        self._ended = not head
        self.window = self._decode(head)

    def more(self) -> bool:
        """Drop what was passed and read on; ``False`` at the end."""
        if self._ended:
            return False
        rest = self.window[self._at :]
        piece = self._source.read(max(self._limits.window, len(rest)))
        self._ended = not piece
        self.window = rest + self._decode(piece, self._ended)
        self._at = 0
        return not self._ended

    def peek(self) -> str:
        """Return the next character that is no space; empty at the end."""
        while True:
            space = _SPACE.match(self.window, self._at)
            self._at = space.end() if space else self._at
            if self._at < len(self.window):
                return self.window[self._at]
            if not self.more():
                return ""

    def take(self, wanted: str) -> bool:
        """Pass the next character when it is one of these."""
        found = self.peek()
        if found and found in wanted:
            self._at += 1
            return True
        return False

    def value(self) -> Any:
        """Decode one value.

        Raises:
            CutError: the text ends inside it; :attr:`rest` is what there is of it.
            BrokenError: it is not JSON, or nested beyond reason; it was passed.
            LargeError: it is larger than the limit; it was passed.
        """
        if not self.peek():
            raise CutError
        while True:
            try:
                found, self._at = self._json.raw_decode(self.window, self._at)
            except json.JSONDecodeError as error:
                self._not_yet(error)
            except (RecursionError, ValueError) as error:
                self.skip()
                raise BrokenError from error
            else:
                if self._at < len(self.window) or isinstance(found, (dict, list, str)):
                    return found
                if self.more() and not isinstance(found, (bool, type(None))):
                    continue_at = self._restart(found)
                    if continue_at is not None:
                        return continue_at
                else:
                    return found
