"""The policy as the checks read it: passages of even text, each with what it stands under.

What only points elsewhere or announces what will be told ("详见第五条", "我们如何保存您的信息") is
struck out first, so that no check takes it for the thing itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from hongxian.sensors.policy.clauses import split
from hongxian.sensors.policy.lexicon.normal import squeeze
from hongxian.sensors.policy.mentions import Mention, Mentions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hongxian.sensors.policy.declarations import Declaration, Span
    from hongxian.sensors.policy.document import Document

STRUCK = "\x00"
"""Stands for each character that was struck out."""

_HINT = re.compile(r"[见阅考述]|如何|怎样|看|规定|\b(?:see|refer|how|set out)\b")
_POINTER = re.compile(
    r"(?:请?(?:您)?(?:可以?)?(?:详细?(?:请)?[见阅参]|参[见阅考照]|查[看阅]|另见|见|阅读|按照?|根据))"
    r"[^,，。;；:：\n]{0,12}?(?:本(?:政策|协议|声明|条款|文|章|条|节|部分)[^,，。;；\n]{0,3})?"
    r"(?:第[一二三四五六七八九十百\d.]{1,6}[条章节部款项点]|[“\"「【][^”\"」】\n]{2,40}[”\"」】](?:部分|章节|一节|一章|条款?)"
    r"|(?:上|下)(?:文|述|方|列章节))[^,，。;；\n]{0,24}"
    r"|(?:please )?(?:see|refer to)\b[^.;\n]{0,40}\b(?:section|part|article|clause)\b[^.;,\n]{0,60}"
    r"|\b(?:described|explained|set out) in (?:the )?(?:section|part|article|clause)\b[^.;,\n]{0,60}"
)
_OVERVIEW = re.compile(
    r"[^,，。;；:：\n]{0,40}(?:如何|怎样|怎么)[^,，。;；:：\n]{0,80}"
    r"|\bhow (?:we|to|you|your|do|long)\b[^,.;:\n]{0,120}"
)
_BY_WAY = re.compile(r"点击|设置|拨打|按照以下|以下方式|(?:-|—|>|→)")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, a part of one between semicolons, or the row of a table."""

    start: int
    end: int
    low: int
    """Where :attr:`text` starts in the even text."""
    text: str
    """Even, without what points elsewhere."""
    above: str
    """The headings that it stands under and the lead-in before it, even, a line each."""
    section: int
    """Number of the innermost heading that it stands under; passages under one share it."""
    title: bool
    row: bool = False


@dataclass(slots=True)
class Policy:
    """A policy made ready for the checks."""

    document: Document
    mentions: Mentions
    declarations: Sequence[Declaration] = ()
    passages: list[Passage] = field(default_factory=list)
    """Titles apart."""

    def __post_init__(self) -> None:
        """Cut the text to passages."""
        even = squeeze(self.document.text)
        self.text, self.index = even.text, even.index
        self.passages = [one for one in _Cutter(self).passages() if not one.title]

    @cached_property
    def kinds(self) -> dict[str, Mentions]:
        """The mentions by kind."""
        sorted_out: dict[str, list[Mention]] = {}
        for one in self.mentions:
            sorted_out.setdefault(one.kind, []).append(one)
        return {kind: Mentions(ones) for kind, ones in sorted_out.items()}

    def named(self, passage: Passage, kind: str) -> Mentions:
        """Return what of a kind a passage names."""
        found = self.kinds.get(kind)
        return found.within(passage.start, passage.end) if found else Mentions()

    def place(self, passage: Passage, start: int, end: int) -> tuple[int, int]:
        """Return the document's offsets of a stretch of a passage's text."""
        low = passage.low
        return self.index[low + start], self.index[low + max(start, end - 1)] + 1

    def nearby(self, passage: Passage) -> Iterator[Passage]:
        """Yield the passages under the same heading, or with the same lead-in."""
        for one in self.passages:
            if one.section == passage.section:
                yield one


class _Cutter:
    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.sentences = split(policy.document)
        self.starts = [one.start for one in self.sentences]

    def passages(self) -> list[Passage]:
        found = [self._sentence(number) for number in range(len(self.sentences))]
        return sorted([*found, *self._rows()], key=lambda one: one.start)

    def _sentence(self, number: int) -> Passage:
        one = self.sentences[number]
        lead = self.sentences[one.lead] if one.lead is not None else None
        above = [self._even(span.start, span.end) for span in one.headings]
        if lead is not None:
            above.append(self._even(lead.start, lead.end))
        return self._passage(one.start, one.end, above, one.headings, title=one.title)

    def _passage(
        self, start: int, end: int, above: list[str], headings: tuple[Span, ...], *,
        title: bool = False, row: bool = False,
    ) -> Passage:  # fmt: skip
        low, high = self._low(start), self._low(end)
        return Passage(
            start=start, end=end, low=low, text=strike(self.policy.text[low:high]),
            above="\n".join(above), section=headings[-1].start if headings else -1,
            title=title, row=row,
        )  # fmt: skip

    def _rows(self) -> Iterator[Passage]:
        rows: dict[tuple[int | None, int | None], tuple[int, int]] = {}
        for block in self.policy.document.blocks:
            if block.kind == "cell" and not block.look.hidden:
                start, end = rows.get((block.table, block.row), (block.start, block.end))
                rows[block.table, block.row] = min(start, block.start), max(end, block.end)
        for start, end in rows.values():
            before = bisect_right(self.starts, start) - 1
            headings = self.sentences[before].headings if before >= 0 else ()
            above = [self._even(span.start, span.end) for span in headings]
            yield self._passage(start, end, above, headings, row=True)

    def _even(self, start: int, end: int) -> str:
        return self.policy.text[self._low(start) : self._low(end)]

    def _low(self, place: int) -> int:
        return bisect_left(self.policy.index, place)


def strike(text: str) -> str:
    """Return even text with what points elsewhere or only announces struck out."""
    if not _HINT.search(text):
        return text
    text = _POINTER.sub(_struck, text)
    return _OVERVIEW.sub(lambda found: found[0] if _BY_WAY.search(found[0]) else _struck(found), text)


def _struck(found: re.Match[str]) -> str:
    return STRUCK * len(found[0])
