"""Tells lines that were broken only to fit a width from lines that end a paragraph."""

from __future__ import annotations

import re

from hongxian.words.table import cells

_WIDEST = 130
"""Lines of plain text wider than this were not broken by hand, in cells."""
_FULL = 0.8
_ENDS = tuple('。！？；：.!?;:…”"）)')
_STARTS = re.compile(
    r"\s*(?:[一二三四五六七八九十百]+[、.．]|[（(][一二三四五六七八九十\da-z]{1,3}[）)]"
    r"|第[一二三四五六七八九十百\d]+[章节条部]|\d+(?:\.\d+)*[.、．)]|\d+(?:\.\d+)+\s|[•●■◆○▪·*+-]\s"
    r"|[①-⑳]|[a-zA-Z][.)]\s|\t|\u3000)"
)
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,4}[.、]?|[（(]?[一二三四五六七八九十\d]{1,3}[）)、]")
_NEVER_FIRST = frozenset("，。、；：）】》”,.;:)")
_NEVER_LAST = frozenset("，、（【《“,(")


def wrapped(lines: list[str]) -> list[bool]:
    """Tell for each line whether it goes on the line before it.

    Only a text whose lines are nearly all as wide as one another, and no wider than a page,
    was broken by width.
    """
    widths = [cells(line.rstrip()) for line in lines]
    filled = sorted(width for width in widths if width)
    if len(filled) < 4:
        return [False] * len(lines)
    usual = filled[int(len(filled) * 0.9)]
    if usual > _WIDEST or usual < 30 or not _is_broken(lines, widths, usual):
        return [False] * len(lines)
    return [
        number > 0 and goes_on(lines[number - 1], widths[number - 1], lines[number], usual)
        for number in range(len(lines))
    ]


def goes_on(before: str, width: int, line: str, usual: int) -> bool:
    """Tell whether a line continues the one before, which has ``width`` of ``usual`` cells."""
    if not before.strip() or not line.strip() or _STARTS.match(line):
        return False
    full = width >= usual * _FULL
    return full and (width >= usual * 0.93 or not before.rstrip().endswith(_ENDS))


def starts_paragraph(line: str) -> bool:
    """Tell whether a line begins with a number or a bullet."""
    return bool(_STARTS.match(line))


def continues(before: str, line: str) -> bool:
    """Tell whether a line of Markdown goes on in the next one by what it says alone.

    Converters leave such breaks where a page had its own; a number that stands alone, an open
    bracket and a comma cannot end a paragraph.
    """
    before, line = before.strip(" *_"), line.strip(" *_")
    if not before or not line:
        return False
    if _NUMBER.fullmatch(before):
        return True
    if _STARTS.match(line):
        return False
    return line[0] in _NEVER_FIRST or before[-1] in _NEVER_LAST or _open_bracket(before, line)


def _open_bracket(before: str, line: str) -> bool:
    return (before.count("（") > before.count("）") and line.count("）") > line.count("（")) or (
        before.count("(") > before.count(")") and line.count(")") > line.count("(")
    )


def _is_broken(lines: list[str], widths: list[int], usual: int) -> bool:
    """Half of the full lines at least end amid a sentence."""
    full = [line for line, width in zip(lines, widths, strict=True) if width >= usual * _FULL]
    amid = sum(not line.rstrip().endswith(_ENDS) for line in full)
    return len(full) * 3 >= len(lines) and amid * 2 >= len(full)
