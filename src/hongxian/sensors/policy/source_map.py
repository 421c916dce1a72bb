"""Where each character of a read text stood in its source."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class SourceMap:
    """Pieces of a text and of its source that run in step; between them, both differ.

    The source is the decoded text of a text or Markdown file; of a HTML page, the character data
    of its body from the first that is more than blanks (so of a page whose text stands in one
    ``<pre>``, that element's text); other formats have none.
    """

    pieces: tuple[tuple[int, int, int], ...] = ()
    """Start in the text, start in the source, length; ascending in both."""

    @cached_property
    def _starts(self) -> tuple[list[int], list[int]]:
        return [piece[0] for piece in self.pieces], [piece[1] for piece in self.pieces]

    def to_source(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the stretch of the source behind a stretch of the text, if there is any."""
        return self._across(start, end, 0, 1)

    def to_text(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the stretch of the text that a stretch of the source became, if any."""
        return self._across(start, end, 1, 0)

    def _across(self, start: int, end: int, here: int, there: int) -> tuple[int, int] | None:
        first = max(0, bisect_right(self._starts[here], start) - 1)
        while first < len(self.pieces) and self._end(first, here) <= start:
            first += 1
        last = bisect_right(self._starts[here], end - 1) - 1
        if first > last or first >= len(self.pieces):
            return None
        head, tail = self.pieces[first], self.pieces[last]
        begin = head[there] + max(0, start - head[here])
        return begin, tail[there] + min(tail[2], end - tail[here])

    def _end(self, number: int, side: int) -> int:
        piece = self.pieces[number]
        return piece[side] + piece[2]
