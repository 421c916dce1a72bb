"""Cuts a policy to passages: its sentences and the rows of its tables."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, TypedDict

from hongxian.sensors.policy.checks.strike import strike
from hongxian.sensors.policy.clauses import split

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.clauses import Sentence
    from hongxian.sensors.policy.declarations import Span
    from hongxian.sensors.policy.document import Document
    from hongxian.sensors.policy.lexicon.normal import Even

_SPEAKS = re.compile(r"[您你](?:还|也)?(?:可以?|有权|能)[^\n]{0,30}?(?:通过|在|点击|进入|联系)")
_ABOVE = 300
"""Characters of a heading or lead-in that count."""


class Piece(TypedDict):
    """What there is to know of a passage but its number."""

    start: int
    end: int
    low: int
    text: str
    above: tuple[str, ...]
    section: int
    chapter: int
    title: bool
    row: bool


def cut(document: Document, even: Even) -> list[Piece]:
    """Return the passages of a document in the order of the text.

    Args:
        document: the policy.
        even: its text made even.
    """
    return sorted(_Cutter(document, even).pieces(), key=lambda one: one["start"])


class _Cutter:
    def __init__(self, document: Document, even: Even) -> None:
        self.document, self.even = document, even
        self.sentences = split(document)
        self.lines: dict[tuple[int, int], str] = {}

    def pieces(self) -> Iterator[Piece]:
        for one in self.sentences:
            lead = None if one.lead is None else self.sentences[one.lead]
            title = one.title and not _SPEAKS.search(self.document.text, one.start, one.end)
            yield self._piece(one.start, one.end, one.headings, lead, {"title": title})
        starts = [one.start for one in self.sentences]
        for start, end in self._rows():
            before = bisect_right(starts, start) - 1
            headings = self.sentences[before].headings if before >= 0 else ()
            yield self._piece(start, end, headings, None, {"row": True})

    def _rows(self) -> list[tuple[int, int]]:
        """Return where rows of tables stand; a cell that spans rows belongs to the first."""
        rows: dict[tuple[int | None, int | None], tuple[int, int]] = {}
        reached = 0
        for block in self.document.blocks:
            if block.kind == "cell" and not block.look.hidden and block.start >= reached:
                start, _ = rows.get((block.table, block.row), (block.start, 0))
                rows[block.table, block.row] = start, block.end
                reached = block.end
        return [(start, end) for start, end in rows.values() if end > start]

    def _piece(
        self, start: int, end: int, headings: tuple[Span, ...], lead: Sentence | None,
        marks: dict[str, bool],
    ) -> Piece:  # fmt: skip
        above = [self._line(span.start, span.end) for span in headings]
        if lead is not None:
            above.append(self._line(lead.start, lead.end))
        low = self._low(start)
        return Piece(
            start=start, end=end, low=low, text=strike(self.even.text[low : self._low(end)]),
            above=tuple(above), section=headings[-1].start if headings else -1,
            chapter=headings[-2 if len(headings) > 1 else -1].start if headings else -1,
            title=marks.get("title", False), row=marks.get("row", False),
        )  # fmt: skip

    def _line(self, start: int, end: int) -> str:
        known = self.lines.get((start, end))
        if known is None:
            low = self._low(start)
            known = self.lines[start, end] = self.even.text[low : min(self._low(end), low + _ABOVE)]
        return known

    def _low(self, place: int) -> int:
        return bisect_left(self.even.index, place)
