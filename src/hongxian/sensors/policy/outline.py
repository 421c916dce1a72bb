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
"""Rank of a block without number; level of one that ends no heading."""
BOLD = 90
"""Level of a heading that only bold type makes one."""
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
_LEVELS = (1.0, 2.0, 3.0, 4.0, 4.5, 4.7, 5.0, 5.5, 6.0, 6.0, float(PLAIN))
"""Level of a heading that begins with a number of each style."""
_DEEP = (5, 6)
_ENDS = re.compile(r"[。；;！!？?，,、]\s*$|[a-z]\.\s*$")
_SPOKEN = re.compile(
    r"我们[会将]|您[可需]|我们可能|\bwe (?:may|will|do|collect|use|share)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands in the order of the text."""

    rank: int
    """Depth in lists: 10 and more for numbers by style, 40 and more for items by depth, and
    :data:`PLAIN`; 0 for a heading of the source."""
    level: float
    """Level as a heading, by the source or by the style of its number; else :data:`PLAIN`."""
    heading: bool
    body: int
    """Offset where the words start, after the number."""

    def closes(self, heading: float) -> bool:
        """Whether a heading of that level ends here."""
        if heading == BOLD or self.level >= BOLD:
            return self.heading and heading == self.level == BOLD
        return self.level <= heading


def place(document: Document, block: Block) -> Place:
    """Return where a block stands."""
    text = document.text[block.start : block.end]
    number = _NUMBER.match(text)
    body = block.start + (number.end() if number else 0)
    style = number.lastindex if number and number.lastindex else 0
    level = _LEVELS[style - 1] if style else float(PLAIN)
    if block.kind == "heading":
        own = float(max(block.level, 1))
        return Place(0, level if style in _DEEP and own > 4 else own, heading=True, body=body)
    rank = _rank(block, number)
    if not _titles(block, text, rank):
        return Place(rank, level, heading=False, body=body)
    return Place(rank, BOLD if rank >= _LISTED else level, heading=True, body=body)


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
