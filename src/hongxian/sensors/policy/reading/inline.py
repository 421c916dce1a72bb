"""The inline part of Markdown: which characters of a line are text, and which are markup."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(
    r"""\\(?P<escaped>[!-/:-@\[-`{-~])
    |!\[(?P<alt>[^\]\n]{0,300})\]\([^)\n]{0,2000}\)
    |\[(?P<label>(?:[^\[\]\n]|\[[^\[\]\n]{0,200}\]){0,300})\]\(\s?<?(?P<target>[^()\s>]{0,2000}
        (?:\([^()\s]{0,200}\)[^()\s>]{0,500})?)>?(?:\s+["'][^"'\n]{0,200}["'])?\s?\)
    |<(?P<auto>(?:https?://|mailto:)[^\s<>]{1,2000})>
    |(?P<br><br\s?/?>)
    |(?P<tag></?(?:b|strong|u|i|em|span|font|p|div|center|a)(?:\s[^<>\n]{0,300})?/?>)
    |(?P<stars>\*+)
    |(?P<lows>_+)
    |(?P<ticks>`+)
    |(?P<struck>~~)""",
    re.VERBOSE | re.IGNORECASE,
)
_DIGITS = frozenset("0123456789xX*")


class Piece(NamedTuple):
    """A stretch of a line that is text."""

    start: int
    end: int
    bold: bool = False
    link: str = ""
    split: bool = False
    """A line break follows."""


class Inline:
    """Reads the lines of one paragraph; bold runs on from line to line until it ends."""

    def __init__(self) -> None:
        """Begin a paragraph."""
        self.bold = False
        self.images = 0

    def pieces(self, line: str) -> list[Piece]:
        """Return the stretches of a line that are text."""
        found: list[Piece] = []
        self._read(line, 0, len(line), "", found)
        return found

    def _read(self, line: str, start: int, end: int, link: str, found: list[Piece]) -> None:
        done = start
        place = start
        while token := _TOKEN.search(line, place, end):
            place = token.end()
            if self._literal(line, token):
                continue
            if token.start() > done:
                found.append(Piece(done, token.start(), self.bold, link))
            done = token.end()
            self._take(line, token, link, found)
        if done < end:
            found.append(Piece(done, end, self.bold, link))

    def _take(self, line: str, token: re.Match[str], link: str, found: list[Piece]) -> None:
        kind = token.lastgroup
        if kind in ("escaped", "auto"):
            start, end = token.span(kind)
            found.append(Piece(start, end, self.bold, token["auto"] or link))
        elif token["label"] is not None:
            self._read(line, *token.span("label"), token["target"], found)
        elif kind == "alt":
            self.images += 1
        elif kind == "br":
            found.append(Piece(token.start(), token.start(), split=True))
        elif kind == "stars" and len(token["stars"]) in (2, 3):
            self.bold = not self.bold

    def _literal(self, line: str, token: re.Match[str]) -> bool:
        """Tell markers that are text: 138****1234, snake_case, 5 * 3."""
        kind = token.lastgroup
        if kind not in ("stars", "lows"):
            return False
        before = line[token.start() - 1 : token.start()]
        after = line[token.end() : token.end() + 1]
        if kind == "stars":
            return before in _DIGITS and after in _DIGITS and bool(before and after)
        inside = before.isascii() and after.isascii()
        return inside and (before.isalnum() or before == "/") and (after.isalnum() or after == "_")
