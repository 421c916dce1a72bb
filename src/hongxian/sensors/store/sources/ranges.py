"""Large files of lines in spans of bytes, so that several readers share one.

A span begins behind a line end and is read in the blocks in which one reader of the whole file gets
it: what depends on blocks, such as the lines at whose days one looks, comes out the same.
"""

from __future__ import annotations

import io
from itertools import pairwise
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from hongxian.sensors.store.sources.encoding import BLOCK, blocks
from hongxian.sensors.store.sources.table import Cuts, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hongxian.sensors.store.sources.file import File

LONGEST = 1 << 23
"""Bytes of a line; files with longer ones are not cut, for these become several rows."""
_WIDE = ("utf-16", "utf-32")
"""Encodings in which the byte of a line end may be half of a character."""


def cuts_of_lines(
    file: File, encoding: str, mark: int,
    count: Callable[[Iterator[bytes], Span], int | None],
    read: Callable[[Iterator[bytes], Span], Iterator[Any]],
) -> Cuts | None:  # fmt: skip
    """Return how a file of lines is cut; ``None`` for one that does not lie on disk.

    Args:
        file: the file.
        encoding: its encoding.
        mark: bytes of the mark at its beginning.
        count: returns how many rows the bytes of a span have, as :attr:`Cuts.count` does.
        read: yields the rows that the bytes of a span have.
    """
    if file.path is None or encoding.startswith(_WIDE):
        return None

    def within(span: Span) -> Iterator[bytes]:
        with file.opened() as stream:
            yield from blocks(_window(stream, span, mark), encoding)

    return Cuts(
        spans=lambda size: _spans(file, mark, size),
        count=lambda span: count(within(span), span),
        read=lambda span: read(within(span), span),
    )


def _spans(file: File, mark: int, size: int) -> list[Span]:
    """Return spans that begin behind the last line end of a block."""
    total = file.size or 0
    edges: list[int] = []
    with file.opened() as stream:
        for part in range(1, total // size):
            block = (part * total // (total // size) - mark) // BLOCK
            stream.seek(mark + max(0, block - 1) * BLOCK)
            end = stream.read(BLOCK if block else 0).rfind(b"\n") + 1
            if end:
                edges.append(mark + (block - 1) * BLOCK + end)
    edges = sorted(set(edges))
    return [Span(begin, end) for begin, end in pairwise([None, *edges, None])] if edges else []


def _window(stream: BinaryIO, span: Span, mark: int) -> BinaryIO:
    """Return the bytes of a span as a stream that hands them out in the blocks of the file."""
    begin = mark if span.begin is None else span.begin
    stream.seek(begin)
    return cast("BinaryIO", _Window(stream, begin, span.end, -(begin - mark) % BLOCK + BLOCK))


class _Window(io.RawIOBase):
    """Hands out one piece of a stream, as large as told, and then blocks, up to an end."""

    def __init__(self, stream: BinaryIO, at: int, end: int | None, size: int) -> None:
        super().__init__()
        self._stream, self._at, self._end, self._size = stream, at, end, size

    def read(self, size: int = -1, /) -> bytes:
        """Return the next piece; nothing is asked for with a size that is not a block's."""
        size = self._size if size else 0
        if self._end is not None:
            size = min(size, self._end - self._at)
        piece = self._stream.read(size)
        if piece:
            self._at += len(piece)
            self._size = BLOCK
        return piece


def count_lines(pieces: Iterator[bytes], *, blank: bool = True) -> int | None:
    """Return how many lines there are; ``None`` when one is so long that it becomes several rows.

    Args:
        pieces: bytes in UTF-8, cut anywhere.
        blank: whether lines of blanks alone are rows too.
    """
    count, rest = 0, b""
    for piece in pieces:
        whole = rest + piece if rest else piece
        end = whole.rfind(b"\n") + 1
        rest = whole[end:]
        if len(rest) > LONGEST:
            return None
        count += _lines(whole[:end], blank=blank)
    return count + (_lines(rest, blank=blank) if rest else 0)


def _lines(data: bytes, *, blank: bool) -> int:
    """Return how many lines some bytes are."""
    if blank:
        return data.count(b"\n") + (not data.endswith(b"\n") and bool(data))
    return sum(1 for line in data.split(b"\n") if line.strip())
