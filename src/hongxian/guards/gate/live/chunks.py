"""Bodies in chunks (RFC 9112, section 7.1): taken apart strictly, and put together anew.

The parser of heads would read on into the next request; here it is known where a body ends.
"""

from __future__ import annotations

import re

from hongxian.guards.gate.live.heads import HeadError

LONGEST_LINE = 4_096
"""Bytes of a line with the size of a chunk, or of all trailers."""

_CHUNK_WORD = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]++"
_CHUNK_QUOTED = rb'"(?:[\t !#-\[\]-~\x80-\xff]|\\[\t -~\x80-\xff])*+"'
_CHUNK_SIZE = re.compile(
    rb"([0-9A-Fa-f]{1,15})(?:;%b(?:=(?:%b|%b))?)*+" % (_CHUNK_WORD, _CHUNK_WORD, _CHUNK_QUOTED)
)
"""The size of a chunk and its extensions, without blanks in between (RFC 9112, 7.1.1)."""
_TRAILER = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t !-~\x80-\xff]*")

LAST = b"0\r\n\r\n"
"""The end of a body in chunks."""


class Chunks:
    """Takes one body apart."""

    __slots__ = ("_ending", "_held", "_left", "_trailers", "done", "rest")

    def __init__(self) -> None:
        """Expect the first chunk."""
        self._held = b""
        self._left = 0
        self._ending = False
        self._trailers = -1
        self.done = False
        """Whether the body has ended."""
        self.rest = b""
        """What stands behind it."""

    def feed(self, data: bytes) -> bytes:
        """Return what more there is of the body.

        Raises:
            HeadError: these are no chunks.
        """
        data = self._held + data if self._held else data
        at, size = 0, len(data)
        found: list[bytes] = []
        while at < size and not self.done:
            if self._left:
                piece = data[at : at + self._left]
                found.append(piece)
                at += len(piece)
                self._left -= len(piece)
                self._ending = not self._left
                continue
            end = data.find(b"\r\n", at)
            if end < 0 or (self._ending and end > at):
                self._unfinished(data, at)
                break
            self._line(data[at:end])
            at = end + 2
        if self.done:
            self.rest = data[at:]
        self._held = b"" if self.done else data[at:]
        return found[0] if len(found) == 1 else b"".join(found)

    def _unfinished(self, data: bytes, at: int) -> None:
        """Refuse what cannot become a line any more, however it goes on."""
        line = data[at:]
        if self._ending:
            if line != b"\r":
                raise HeadError(400, "chunk_end")
            return
        text = line.removesuffix(b"\r")
        if len(line) > LONGEST_LINE:
            raise HeadError(400, "chunk_line")
        if b"\r" in text or b"\n" in text:
            raise HeadError(400, "chunk_line")

    def _line(self, line: bytes) -> None:
        if self._ending:
            self._ending = False
        elif self._trailers >= 0:
            self._trailer(line)
        else:
            found = _CHUNK_SIZE.fullmatch(line)
            if found is None or len(line) > LONGEST_LINE:
                raise HeadError(400, "chunk_size")
            self._left = int(found[1], 16)
            if not self._left:
                self._trailers = 0

    def _trailer(self, line: bytes) -> None:
        """Read a trailer, which goes no further."""
        if not line:
            self.done = True
            return
        self._trailers += len(line)
        if self._trailers > LONGEST_LINE or not _TRAILER.fullmatch(line):
            raise HeadError(400, "trailer")


def chunk(data: bytes) -> bytes:
    """Return a piece of a body as a chunk; nothing for nothing, which would end the body."""
    return b"%x\r\n%b\r\n" % (len(data), data) if data else b""
