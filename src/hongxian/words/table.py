"""Plain-text tables whose columns line up although Chinese characters are two cells wide."""

from __future__ import annotations

import unicodedata
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

GAP = "  "
"""What stands between two columns."""

NARROWEST = 8
"""No column is squeezed below this many cells."""

_OPENING = "Ps"
"""Unicode category of opening brackets."""


def cells(text: str) -> int:
    """Return how many terminal cells a text takes: two for a wide character, none for a mark."""
    if text.isascii():
        return len(text)
    return sum(_cell(char) for char in text)


def pad(text: str, width: int) -> str:
    """Return the text with spaces behind it up to a width in cells."""
    return text + " " * max(0, width - cells(text))


def table(
    rows: Sequence[Sequence[str]], header: Sequence[str] = (), width: int | None = None
) -> str:
    """Return rows as aligned columns, ending in a newline; no rows give an empty string.

    Args:
        rows: the cells, as many in each row.
        header: column titles; underlined when given.
        width: cells a line may take; the widest columns then wrap. ``None`` wraps nothing.
    """
    if not rows:
        return ""
    lines = [list(header)] if header else []
    lines += [[" ".join(cell.split()) for cell in row] for row in rows]
    widths = [max(map(cells, column)) for column in zip(*lines, strict=True)]
    if width is not None:
        _squeeze(widths, width)
    if header:
        lines.insert(1, ["-" * size for size in widths])
    return "".join(f"{line}\n" for row in lines for line in _lines(row, widths))


def wrap(text: str, width: int) -> list[str]:
    """Split a text into lines of at most ``width`` cells.

    Breaks fall at spaces and beside wide characters; a word longer than a line is cut.
    """
    lines = [""]
    for word in _words(text):
        if cells(lines[-1]) + cells(word.rstrip()) > width and lines[-1]:
            lines.append("")
        for piece in _pieces(word, width):
            if cells(lines[-1]) + cells(piece.rstrip()) > width:
                lines.append("")
            lines[-1] += piece
    return [line.rstrip() for line in lines]


def _cell(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _squeeze(widths: list[int], width: int) -> None:
    room = width - len(GAP) * (len(widths) - 1)
    while sum(widths) > room:
        widest = max(range(len(widths)), key=widths.__getitem__)
        if widths[widest] <= NARROWEST:
            return
        widths[widest] -= 1


def _lines(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    columns = [wrap(cell, size) for cell, size in zip(row, widths, strict=True)]
    for line in zip_longest(*columns, fillvalue=""):
        yield GAP.join(map(pad, line, widths)).rstrip()


def _words(text: str) -> Iterator[str]:
    start = 0
    for place in range(1, len(text)):
        if _breaks(text[place - 1], text[place]):
            yield text[start:place]
            start = place
    if text:
        yield text[start:]


def _breaks(before: str, char: str) -> bool:
    if before == " " or char == " ":
        return char != " "
    if unicodedata.category(before) == _OPENING or _closes(char):
        return False
    return _cell(before) == 2 or _cell(char) == 2


def _closes(char: str) -> bool:
    category = unicodedata.category(char)
    return category.startswith("P") and category != _OPENING


def _pieces(word: str, width: int) -> Iterator[str]:
    piece = ""
    for char in word:
        if char != " " and cells(piece + char) > width and piece:
            yield piece
            piece = ""
        piece += char
    yield piece
