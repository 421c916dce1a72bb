"""A policy as read: its text, the blocks of the text, and what the page looked like.

All offsets in this package count characters (Python string indices) of :attr:`Document.text`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.sensors.policy.source_map import SourceMap

if TYPE_CHECKING:
    from hongxian.facts.reason import Reason

BLOCK_KINDS = ("heading", "paragraph", "item", "cell")
"""``heading`` with level 1 to 6, ``item`` of a list with its depth, ``cell`` of a table."""

FORMATS = ("html", "text", "markdown", "pdf", "docx", "image")
"""``image``: the file is a picture; its text is empty and ``shell`` says so."""

LANGUAGES = ("zh-Hans", "zh-Hant", "en", "other")


@dataclass(frozen=True, slots=True)
class Look:
    """How a block is drawn, as far as the page itself says so."""

    font_px: float | None = None
    """Font size in CSS pixels."""
    contrast: float | None = None
    """Contrast ratio of text to ground after WCAG 2.x, 1 to 21."""
    line_spacing: float | None = None
    """Line height over font size."""
    hidden: bool = False
    """Not shown: ``display: none``, ``visibility: hidden`` or the ``hidden`` attribute."""
    bold: bool = False
    """Shown in bold or underlined, as policies mark sensitive PI."""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the text that stands for itself."""

    kind: str
    start: int
    end: int
    level: int = 0
    """Level of a heading (1 to 6) or depth of a list item (1 ...)."""
    table: int | None = None
    """Number of the table in the document that a cell belongs to, from 0."""
    row: int | None = None
    column: int | None = None
    """Row and column of a cell from 0; a cell that spans several stands in each of them."""
    header: bool = False
    """A cell that the source marks as a header."""
    look: Look = Look()
    repeated: bool = False
    """Head or foot of a PDF page that stands on the other pages too."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link in the text."""

    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text that the page sets in bold or underlines."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One policy, read.

    Blocks stand in the order of the text, do not overlap, and are parted by one newline in
    :attr:`text`; a cell that spans rows or columns repeats its block with the same offsets, and
    only a cell has newlines inside, between its own paragraphs.
    """

    name: str
    """File name, for messages."""
    text: str
    blocks: tuple[Block, ...]
    format: str
    charset: str
    language: str
    """The language that most of the text is in, one of :data:`LANGUAGES`."""
    title: str | None = None
    source: SourceMap = field(default_factory=SourceMap)
    """The way back from :attr:`text` to the file's own characters."""
    links: tuple[Link, ...] = ()
    marks: tuple[Mark, ...] = ()
    images: int = 0
    """Pictures in the page."""
    shell: str | None = None
    """Why this is no readable policy: ``script`` (a page that a script would fill), ``image``
    (text only as pictures), ``short`` (hardly any text), else ``None``."""
    pages: tuple[int, ...] = ()
    """Offsets where the pages of a PDF start."""
    sha256: str = ""
    problems: tuple[Reason, ...] = ()
    """What could not be read."""
    han: int = 0
    """Han characters in the text."""
    metadata: dict[str, str] = field(default_factory=dict)
    """What the file says of itself (author, date), when it does."""

    def shown(self) -> list[Block]:
        """Return the blocks that a reader sees, each once; a cell that spans several is one."""
        once = {block.start: block for block in reversed(self.blocks)}
        return [b for b in reversed(once.values()) if not b.look.hidden and not b.repeated]

    def locator(self, start: int, end: int) -> str:
        """Return where a stretch stands, as facts write it: file, page of a PDF, characters."""
        place = f"chars {start}-{end}"
        if self.pages:
            place = f"page {sum(1 for first in self.pages if first <= start)}, {place}"
        return f"{self.name} {place}" if self.name else place
