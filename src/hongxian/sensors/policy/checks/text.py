"""The policy as the checks read it: passages of even text, each with what it stands under."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from hongxian.sensors.policy.checks.cut import cut
from hongxian.sensors.policy.lexicon.normal import squeeze
from hongxian.sensors.policy.mentions import Mention, Mentions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hongxian.sensors.policy.declarations import Declaration
    from hongxian.sensors.policy.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence, a part of one between semicolons, or the row of a table."""

    number: int
    """Place among all passages of the policy."""
    start: int
    end: int
    low: int
    """Where :attr:`text` starts in the even text."""
    text: str
    """Even, without what points elsewhere."""
    above: tuple[str, ...]
    """The headings that it stands under, outermost first, then the lead-in before it; even."""
    section: int
    """Offset of the innermost heading that it stands under; passages under one share it."""
    chapter: int
    """Offset of the heading above that one, else as :attr:`section`."""
    title: bool
    """It reads like a heading itself."""
    row: bool

    @property
    def high(self) -> int:
        """Where :attr:`text` ends in the even text."""
        return self.low + len(self.text)

    @property
    def heads(self) -> str:
        """What it stands under, a line each."""
        return "\n".join(self.above)


class Policy:
    """A policy made ready for the checks."""

    def __init__(
        self, document: Document, mentions: Sequence[Mention] = (),
        declarations: Sequence[Declaration] = (),
    ) -> None:  # fmt: skip
        """Cut the text to passages."""
        self.document = document
        self.mentions = mentions
        self.declarations = declarations
        even = squeeze(document.text)
        self.text, self.index = even.text, even.index
        self.passages = [
            Passage(number=number, **piece) for number, piece in enumerate(cut(document, even))
        ]
        self._lows = [one.low for one in self.passages]
        self._known: dict[str, list[int]] = {}

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

    def holding(self, cues: Iterable[str], *, titles: bool = False) -> list[Passage]:
        """Return the passages in which one of some words stands, in the order of the text."""
        numbers = {number for cue in cues for number in self._of(cue)}
        found = [self.passages[number] for number in sorted(numbers)]
        return found if titles else [one for one in found if not one.title]

    def _of(self, cue: str) -> list[int]:
        known = self._known.get(cue)
        if known is None:
            known = self._known[cue] = list(self._search(cue))
        return known

    def _search(self, cue: str) -> Iterator[int]:
        at = self.text.find(cue)
        while at >= 0:
            number = bisect_right(self._lows, at) - 1
            after = at + 1
            if number >= 0 and at < self.passages[number].high:
                yield number
                after = self.passages[number].high
            at = self.text.find(cue, after)

    def raw(self, passage: Passage) -> str:
        """Return the even text of a passage with nothing struck out."""
        return self.text[passage.low : passage.high]

    def cased(self, passage: Passage) -> str:
        """Return the even text of a passage with the document's own characters, as long."""
        text = self.document.text
        return "".join(text[place] for place in self.index[passage.low : passage.high])

    def place(self, passage: Passage, start: int, end: int) -> tuple[int, int]:
        """Return the document's offsets of a stretch of a passage's text."""
        low = passage.low
        return self.index[low + start], self.index[low + max(start, end - 1)] + 1

    def written(self, passage: Passage, start: int, end: int) -> str:
        """Return a stretch of a passage as the document writes it."""
        first, last = self.place(passage, start, end)
        return self.document.text[first:last]

    def nearby(self, passage: Passage, before: int = 6, after: int = 12) -> Iterator[Passage]:
        """Yield a passage and those around it that stand in the same chapter."""
        yield passage
        for step, most in ((1, after), (-1, before)):
            for number in range(passage.number + step, passage.number + step * (most + 1), step):
                if not 0 <= number < len(self.passages):
                    break
                other = self.passages[number]
                if passage.section not in {other.section, other.chapter}:
                    break
                yield other
