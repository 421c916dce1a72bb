"""Puts a document's text together, block by block, and remembers where each character was."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from hongxian.sensors.policy.document import Block, Link, Look, Mark
from hongxian.sensors.policy.reading.faults import LIMITS, Limits, ReadingError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hongxian.facts.reason import Reason

PLAIN = Look()
"""The look of text of which nothing is known."""

_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1b\x7f"
_RUN = re.compile(rf"[^\s{_INVISIBLE}]+(?: [^\s{_INVISIBLE}]+)*")
_WIDE = re.compile(
    "[\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]"
)


class Context(NamedTuple):
    """What a block is that the next character opens."""

    kind: str = "paragraph"
    level: int = 0
    table: int | None = None
    places: tuple[tuple[int, int], ...] = ()
    """Rows and columns that a cell stands in."""
    header: bool = False


@dataclass
class _Open:
    context: Context
    start: int
    looks: dict[Look, int]


class Builder:
    """Collects text; blanks are folded as a page folds them.

    Attributes:
        context: kind of the block that the next character opens.
        title: what the source itself gives as title.
        images: pictures met.
        problems: what could not be read, as reasons (`hongxian.facts.reason`).
    """

    def __init__(self, name: str, limits: Limits = LIMITS) -> None:
        """Begin empty; ``name`` is for messages, ``limits`` says how much is taken."""
        self.name = name
        self.context = Context()
        self.title: str | None = None
        self.images = 0
        self.tables = 0
        self.problems: list[Reason] = []
        self.blocks: list[Block] = []
        self.pages: list[int] = []
        self.length = 0
        self._limits = limits
        self._parts: list[str] = []
        self._pieces: list[tuple[int, int, int]] = []
        self._links: list[Link] = []
        self._marks: list[Mark] = []
        self._open: _Open | None = None
        self._gap = ""
        self._gap_source = -1
        self._last = ""

    def add(self, raw: str, source: int = -1, look: Look = PLAIN, *, weak: bool = False) -> None:
        """Add text to the open block, or open one.

        Args:
            raw: the text as it stands.
            source: its offset in the source; below 0 when the format has none.
            look: how it is drawn.
            weak: blanks at its ends came with markup and fall away between Han characters.
        """
        done = 0
        for run in _RUN.finditer(raw):
            if run.start() > done:
                blank = raw[done : run.start()]
                self._blank(blank, source + done if source >= 0 else -1, weak=weak and not done)
            done = run.end()
            self._put(run[0], source + run.start() if source >= 0 else -1, look)
        if done < len(raw):
            self._blank(raw[done:], source + done if source >= 0 else -1, weak=weak)

    def _blank(self, blank: str, source: int, *, weak: bool) -> None:
        if self._gap in (" ", "\n") or not (blank := blank.strip(_STRIP)):
            return
        foldable = weak or "\n" in blank or "\r" in blank
        self._gap, self._gap_source = ("~" if foldable else " "), source

    def _put(self, run: str, source: int, look: Look) -> None:
        if self._open is None:
            self._begin()
        elif self._gap:
            self._fill(run[0])
        self._gap = ""
        self._piece(source, len(run))
        if look.bold:
            self._mark(len(run))
        self._append(run)
        looks = self._open.looks if self._open else {}
        looks[look] = looks.get(look, 0) + len(run)

    def _begin(self) -> None:
        if self.length:
            self._append("\n")
        self._open = _Open(self.context, self.length, {})
        if len(self.blocks) >= self._limits.blocks:
            raise ReadingError(self.name, "too_many_blocks", limit=self._limits.blocks)

    def _fill(self, following: str) -> None:
        if self._gap == "\n":
            self._append("\n")
        elif self._gap == " " or not (_WIDE.match(self._last) and _WIDE.match(following)):
            self._piece(self._gap_source, 1)
            self._append(" ")

    def _append(self, chars: str) -> None:
        self._parts.append(chars)
        self._last = chars[-1]
        self.length += len(chars)
        if self.length > self._limits.characters:
            raise ReadingError(self.name, "too_long", limit=self._limits.characters)

    def _piece(self, source: int, length: int) -> None:
        if source < 0:
            return
        if self._pieces:
            start, at, size = self._pieces[-1]
            if start + size == self.length and at + size == source:
                self._pieces[-1] = (start, at, size + length)
                return
        self._pieces.append((self.length, source, length))

    def _mark(self, length: int) -> None:
        end = self.length + length
        blank = self._last == " "
        if self._marks and self._marks[-1].end >= self.length - blank and self._open:
            last = self._marks[-1]
            if last.start >= self._open.start:
                self._marks[-1] = Mark(last.start, end)
                return
        self._marks.append(Mark(self.length, end))

    def line(self) -> None:
        """End a line: in a cell a line break, elsewhere the block."""
        if self.context.kind != "cell":
            self.end()
        elif self._open:
            self._gap = "\n"

    def end(self, *, repeated: bool = False) -> None:
        """Close the open block, if there is one; ``repeated`` marks a page's head or foot."""
        if self._open is None:
            return
        opened, self._open, self._gap = self._open, None, ""
        kind, level, table, places, header = opened.context
        look = _look_of(opened.looks)
        start, end = opened.start, self.length
        self.blocks += [
            Block(kind, start, end, level, table, row, column, header, look, repeated)
            for row, column in places or ((None, None),)
        ]

    def page(self) -> None:
        """Say that a page of a PDF starts with the next block."""
        self.end()
        self.pages.append(self.length + 1 if self.length else 0)

    def link(self, start: int, target: str) -> None:
        """Remember that what was added since ``start`` links to a target."""
        if target and self.length > start:
            self._links.append(Link(start, self.length, target))

    @property
    def text(self) -> str:
        """The text so far."""
        if len(self._parts) > 1:
            self._parts = ["".join(self._parts)]
        return self._parts[0] if self._parts else ""

    @property
    def pieces(self) -> Sequence[tuple[int, int, int]]:
        """The map to the source so far."""
        return self._pieces

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The stretches in bold so far."""
        return tuple(self._marks)

    @property
    def links(self) -> tuple[Link, ...]:
        """The links so far, without blanks at their ends."""
        return tuple(sorted(map(self._trimmed, self._links), key=lambda link: link.start))

    def _trimmed(self, link: Link) -> Link:
        piece = self.text[link.start : link.end]
        start = link.start + len(piece) - len(piece.lstrip())
        return Link(start, link.end, link.target)


_STRIP = "".join(map(chr, (*range(9), *range(14, 28), 0x7F, 0xAD, *range(0x200B, 0x2010),
                           *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF)))  # fmt: skip


def _look_of(looks: dict[Look, int]) -> Look:
    """Return the look that most of the characters have."""
    return max(looks.items(), key=lambda pair: pair[1])[0]
