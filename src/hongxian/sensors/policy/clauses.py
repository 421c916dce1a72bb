"""Sentences and clauses of a policy, each with the headings and the lead-in that it stands under.

A lead-in is a sentence that ends in a colon; what it says holds for the items that follow:
"为了支付，我们会收集您的：（1）姓名；（2）银行卡号".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.sensors.policy.declarations import Span
from hongxian.sensors.policy.outline import PLAIN, Place, place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.document import Document

LONGEST = 1500
"""Characters after which a sentence is cut at the next mark, so that no text makes work grow."""
_FARTHEST = 400
"""Characters within which a bracket must close to count."""
_LOOSE = 12
"""Paragraphs without number that a lead-in may open."""

_MARK = re.compile(r"[()（）\[\]【】。！？!?；;\n,，:：]|\.(?=\s|$)")
_ABBREVIATED = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|inc|ltd|co|corp|no|vs|u\.s)|\b[a-z]|(?:^|[:：;；])\W*\d{1,2})$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"\s*(?:[(（]?\d{1,2}[)）.、]|[①-⑳]|[(（]?[a-z][)）]|[(（][一二三四五六七八九十]{1,3}[)）])"
)
_FRILLS = re.compile(r"[\W\d]+")
_OPENING, _CLOSING = "(（[【", ")）]】"
_STOPS = "。！？!?\n"


@dataclass(slots=True, kw_only=True)
class Sentence:
    """A sentence, or a part of one between semicolons."""

    start: int
    end: int
    block: int
    """Number of its block."""
    clauses: list[Span] = field(default_factory=list)
    """Its parts between commas and colons outside brackets."""
    label: Span | None = None
    """Words before its first colon that say what it is about."""
    lead: int | None = None
    """Number of the sentence whose colon opened the list that it stands in."""
    follows: bool = False
    """A semicolon parts it from the sentence before, which it continues."""
    opens: bool = False
    """It ends in a colon."""
    headings: tuple[Span, ...] = ()
    """What it stands under, outermost first."""
    title: bool = False
    """It reads like a heading itself."""


@dataclass(slots=True)
class _Lead:
    sentence: int
    rank: int
    child: int | None = None
    count: int = 0


@dataclass(slots=True)
class _Walk:
    """Where the reader stands: open headings and open lists."""

    headings: list[tuple[float, Span]] = field(default_factory=list)
    leads: list[_Lead] = field(default_factory=list)
    last: Place | None = None

    def title(self, at: Place, span: Span, *, again: bool) -> None:
        """Open a heading; short blocks of one rank in a row are a list and no headings."""
        last = self.last
        listed = last is not None and last.heading and last.rank == at.rank > 0
        if at.heading and (again or not listed) and at.level < PLAIN:
            self.headings.append((at.level, span))
        self.last = at

    def enter(self, at: Place) -> tuple[tuple[Span, ...], int | None]:
        """Take a block; return the headings and the lead-in that it stands under."""
        first = next((i for i, (rank, _) in enumerate(self.headings) if at.closes(rank)), None)
        if first is not None:
            del self.headings[first:]
        above = tuple(span for _, span in self.headings)
        while self.leads and not _belongs(self.leads[-1], at):
            self.leads.pop()
        if not self.leads:
            return above, None
        self.leads[-1].child = at.rank
        self.leads[-1].count += 1
        return above, self.leads[-1].sentence


def split(document: Document) -> list[Sentence]:
    """Return the sentences of all blocks but table cells, in order."""
    sentences: list[Sentence] = []
    walk = _Walk()
    again = repeated(document)
    for number, block in enumerate(document.blocks):
        if block.kind == "cell" or block.look.hidden:
            continue
        at = place(document, block)
        above, lead = walk.enter(at)
        walk.title(at, Span(at.body, block.end), again=number in again)
        first = len(sentences)
        for sentence in _sentences(document.text, block.start, block.end):
            sentence.block, sentence.title = number, at.heading
            sentence.lead, sentence.headings = lead, above
            sentences.append(sentence)
        if len(sentences) > first and sentences[-1].opens:
            walk.leads.append(_Lead(len(sentences) - 1, at.rank))
    return sentences


def repeated(document: Document) -> set[int]:
    """Return the numbers of short blocks whose words stood before: headings after contents."""
    seen: set[str] = set()
    found: set[int] = set()
    for number, block in enumerate(document.blocks):
        if block.kind == "cell" or not 2 < block.end - block.start <= 60:
            continue
        words = _FRILLS.sub("", document.text[block.start : block.end]).casefold()
        if words and words in seen:
            found.add(number)
        seen.add(words)
    return found


def _belongs(lead: _Lead, at: Place) -> bool:
    """Whether a block of this rank stands in the list that the lead-in opened."""
    if not at.rank:  # a heading of the source ends every list
        return False
    if lead.child is None:
        return at.rank > lead.rank or lead.rank == PLAIN
    if at.rank == PLAIN:
        return lead.child == PLAIN and lead.count < _LOOSE
    if lead.child == PLAIN:
        return PLAIN > lead.rank < at.rank
    return at.rank >= lead.child


def _sentences(text: str, start: int, end: int) -> Iterator[Sentence]:
    cut = _Cut(text, start, end)
    yield from cut.run()


class _Cut:
    """Cuts one block."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.end = text, end
        self.start = self.clause = start
        self.clauses: list[Span] = []
        self.colon: int | None = None
        self.open: list[int] = []
        self.follows = False
        self.listing = False

    def run(self) -> Iterator[Sentence]:
        for mark in _MARK.finditer(self.text, self.start, self.end):
            at, sign = mark.start(), mark.group()
            yield from self._limit(at)
            if sign in _OPENING:
                self.open.append(at)
            elif sign in _CLOSING:
                if self.open:
                    self.open.pop()
            elif not self._inside(at) or sign == "\n":
                yield from self._take(at, sign)
        yield from self._limit(self.end)
        yield from self._close(self.end, follows=False)

    def _limit(self, at: int) -> Iterator[Sentence]:
        """Cut what no mark cuts."""
        while at - self.start > 2 * LONGEST:
            yield from self._close(self.start + 2 * LONGEST, follows=True)

    def _inside(self, at: int) -> bool:
        """Whether a bracket is open here; one that stays open too long never was one."""
        if self.open and at - self.open[-1] > _FARTHEST:
            self.open.clear()
        return bool(self.open)

    def _take(self, at: int, sign: str) -> Iterator[Sentence]:
        if sign in "，,：:":
            self._part(at, sign)
            if at - self.start > LONGEST:
                yield from self._close(at + 1, follows=True)
        elif sign in "；;":
            yield from self._close(at + 1, follows=True)
        elif sign in _STOPS or not self._abbreviated(at):
            yield from self._close(at + 1, follows=False)

    def _part(self, at: int, sign: str) -> None:
        if self._within_number(at):
            return
        self.clauses.append(Span(self.clause, at))
        self.clause = at + 1
        if sign in "：:":
            if self.colon is None and len(self.clauses) == 1:
                self.colon = at
            self.listing = self.listing or bool(_NUMBERED.match(self.text, at + 1))

    def _within_number(self, at: int) -> bool:
        around = self.text[at - 1 : at] + self.text[at + 1 : at + 2]
        return len(around) == 2 and around.isdigit()

    def _abbreviated(self, at: int) -> bool:
        return bool(_ABBREVIATED.search(self.text[max(self.start, at - 8) : at]))

    def _close(self, at: int, *, follows: bool) -> Iterator[Sentence]:
        whole = self.text[self.start : at]
        if whole.strip():
            if self.clause < at:
                self.clauses.append(Span(self.clause, at))
            yield self._sentence(whole)
        self.start = self.clause = at
        self.clauses, self.colon = [], None
        self.open.clear()
        self.follows = follows or (self.listing and bool(_NUMBERED.match(self.text, at)))

    def _sentence(self, whole: str) -> Sentence:
        start = self.start + len(whole) - len(whole.lstrip())
        opens = whole.rstrip().endswith((":", "："))
        label = None if self.colon is None or opens else Span(start, self.colon)
        return Sentence(
            start=start, end=self.start + len(whole.rstrip()), block=-1, clauses=self.clauses,
            label=label, follows=self.follows, opens=opens,
        )  # fmt: skip
