"""The order of a text: which block is a heading, which an item, and of what list.

Reads what the source marks and, where it marks nothing, the numbers that policies put before their
paragraphs: 一、 over （一） over 1. over （1） over ①.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hongxian.sensors.policy.document import Block, Document

PLAIN = 100
"""Rank of a block without number."""
BOLD = 90
"""Rank of a heading that only bold type makes one."""
_LISTED = 40
_NUMBERED = 10
_SHORT = 42
_HAN = "零〇一二三四五六七八九十百"
_STYLES = (
    rf"第[{_HAN}\d]{{1,5}}[条章节部款分]{{1,2}}|(?:part|section|article)\s+(?:\d{{1,2}}|[ivx]{{1,5}})\b",
    rf"[{_HAN}]{{1,4}}\s?[、.．:：]|[ivx]{{1,4}}[.、)](?=\s)",
    rf"[(（][{_HAN}]{{1,4}}[)）]",
    r"\d{1,2}\s?[、.．](?!\d)|\d{1,2}(?=\s+[^\d\s])",
    r"\d{1,2}[.．]\d{1,2}(?![.．]?\d)[、.．]?",
    r"\d{1,2}(?:[.．]\d{1,2}){2,4}[、.．]?",
    r"[(（]\d{1,2}[)）]",
    r"\d{1,2}[)）]",
    r"[a-z][.、)）](?!\w)|[(（][a-z][)）]|[(（][ivx]{1,4}[)）]",
    r"[①-⑳㈠-㈩⑴-⒇]",
    r"[•·●○◆◇■□▪–—*-]\s?",
)
_NUMBER = re.compile(
    r"\s*[#*_\s]{0,6}(?:" + "|".join(f"({style})" for style in _STYLES) + r")", re.IGNORECASE
)
_ENDS = re.compile(r"[。；;！!？?，,、]\s*$|[a-z]\.\s*$")
_SPOKEN = re.compile(r"我们[会将]|您[可需]|我们可能|\bwe (?:may|will|do|collect|use|share)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands in the order of the text."""

    rank: int
    """Lower is higher up: 1 to 6 for headings, then numbers by style, items by depth, and
    :data:`PLAIN`."""
    heading: bool
    body: int
    """Offset where the words start, after the number."""

    def closes(self, heading: int) -> bool:
        """Whether a heading of that rank ends here."""
        if heading == BOLD or self.rank >= BOLD:
            return self.heading and heading == self.rank == BOLD
        return self.rank <= heading


def place(document: Document, block: Block) -> Place:
    """Return where a block stands."""
    text = document.text[block.start : block.end]
    number = _NUMBER.match(text)
    body = block.start + (number.end() if number else 0)
    if block.kind == "heading":
        return Place(max(block.level, 1), heading=True, body=body)
    rank = _rank(block, number)
    if not _titles(block, text, rank):
        return Place(rank, heading=False, body=body)
    return Place(BOLD if rank == PLAIN else rank, heading=True, body=body)


def _rank(block: Block, number: re.Match[str] | None) -> int:
    if number and number.lastindex and number.lastindex < len(_STYLES):
        return _NUMBERED + number.lastindex
    if block.kind == "item":
        return _LISTED + min(block.level, 20)
    return _NUMBERED + len(_STYLES) if number else PLAIN


def _titles(block: Block, text: str, rank: int) -> bool:
    """Whether an unmarked block reads like a heading: short, numbered or bold, no sentence."""
    if len(text) > _SHORT or block.kind == "cell" or _ENDS.search(text) or _SPOKEN.search(text):
        return False
    return rank < _LISTED or (block.look.bold and bool(text.strip()))
