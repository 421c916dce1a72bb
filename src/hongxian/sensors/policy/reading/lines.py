"""Reads plain text and Markdown line by line into a builder."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.sensors.policy.document import Look
from hongxian.sensors.policy.reading.builder import PLAIN, Builder, Context
from hongxian.sensors.policy.reading.inline import Inline
from hongxian.sensors.policy.reading.md_tables import find_tables
from hongxian.sensors.policy.reading.wrapping import continues, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.reading.md_tables import MarkdownTable

BOLD = Look(bold=True)

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_RULE = re.compile(r"\s{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|={3,}|~{3,})\s*")
_HEADING = re.compile(r"\s{0,3}(#{1,6})(?:[ \t\u3000]+|(?=[^#\s\w]|[\u4e00-\u9fff]))")
_BULLET = re.compile(r"(\s*)(?:[*+-]|[•●■◆○▪·])[ \t\u3000]+(?=\S)")
_ORDERED = re.compile(r"(\s{2,})\d{1,3}[.)][ \t]+(?=\S)")
_QUOTE = re.compile(r"\s{0,3}>[ \t]?")
_SIGNS = re.compile(
    r"^#{1,6} \S|\*\*[^*\n]+\*\*|\[[^\]\n]+\]\(https?://[^)\n]+\)|^ {0,8}[*+-] \S|^\d+\\\. "
    r"|^\|?[ \t]*:?-{3,}:?[ \t]*\|",
    re.MULTILINE,
)
_UNDERLINE = re.compile(r"\s{0,3}(=+|-{2,})\s*")
_SETEXT_MOST = 4


def looks_like_markdown(text: str) -> bool:
    """Tell whether a text is written in Markdown: at least three signs of it."""
    signs = _SIGNS.finditer(text)
    return sum(1 for _, _ in zip(signs, range(3), strict=False)) == 3


def read_lines(text: str, builder: Builder, *, markdown: bool, base: int = 0) -> None:
    """Read a text into blocks.

    Args:
        text: the source.
        builder: takes the blocks.
        markdown: whether markup is read as such; else every line is text.
        base: offset of the text in the document's source.
    """
    lines = [(line.start(), line[0]) for line in _LINE.finditer(text)]
    if markdown:
        _Markdown(lines, text, builder, base).read()
    else:
        _plain(lines, builder, base)
    builder.end()


def _plain(lines: list[tuple[int, str]], builder: Builder, base: int) -> None:
    joined = wrapped([line for _, line in lines])
    for number, (start, line) in enumerate(lines):
        if number and not joined[number]:
            builder.end()
        builder.add(line + "\n", base + start)


class _Markdown:
    """One pass over the lines of a Markdown text."""

    def __init__(
        self, lines: list[tuple[int, str]], text: str, builder: Builder, base: int
    ) -> None:
        self.lines, self.text, self.builder, self.base = lines, text, builder, base
        self.inline = Inline()
        self.tables = {table.first: table for table in find_tables(lines)}
        self.before = ""
        self.setext = self._underlined()

    def read(self) -> None:
        number = 0
        for number in self._starts():
            start, line = self.lines[number]
            self._blank_before(number)
            self._line(number, start, line)
        self.builder.context = Context()
        self.builder.images += self.inline.images

    def _starts(self) -> Iterator[int]:
        """Yield the lines that are no part of a table; read the tables on the way."""
        number = 0
        while number < len(self.lines):
            table = self.tables.get(number)
            if table is not None:
                self._table(table)
                number = table.end
            else:
                yield number
                number += 1

    def _underlined(self) -> set[int]:
        """Find the lines that a row of = or - under them makes a heading.

        Saved policies part their sections by such rows too: more than a few are no headings.
        """
        rows = [n for n, (_, line) in enumerate(self.lines) if n and _UNDERLINE.fullmatch(line)]
        if len(rows) > _SETEXT_MOST:
            return set()
        pairs = ((n - 1, self.lines[n - 1], self.lines[n]) for n in rows)
        return {number for number, *pair in pairs if _adjoining(self.text, *pair)}

    def _blank_before(self, number: int) -> None:
        if not number:
            return
        start, line = self.lines[number - 1]
        between = self.text[start + len(line) : self.lines[number][0]]
        if between.count("\n") > 1 or not line.strip():
            self.inline.bold = False
            self.before = ""

    def _line(self, number: int, start: int, line: str) -> None:
        if _RULE.fullmatch(line) or not line.strip():
            self.inline.bold = False
            self.builder.end()
            self.before = ""
            return
        kind, skip = self._kind(number, line)
        if kind != Context() or not number or not continues(self.before, line):
            self.builder.end()
            self.builder.context = kind
        self._inline(line[skip:], start + skip, "\n")
        self.before = "" if kind.kind == "heading" else line

    def _kind(self, number: int, line: str) -> tuple[Context, int]:
        quote = _QUOTE.match(line)
        skip = quote.end() if quote else 0
        rest = line[skip:]
        if heading := _HEADING.match(rest):
            self.inline.bold = False
            return Context("heading", len(heading[1])), skip + heading.end()
        if bullet := _BULLET.match(rest):
            return Context("item", _depth(bullet[1])), skip + bullet.end()
        if ordered := _ORDERED.match(rest):
            return Context("item", _depth(ordered[1])), skip
        if number in self.setext:
            level = 1 if "=" in self.lines[number + 1][1] else 2
            return Context("heading", level), skip
        return Context(), skip

    def _inline(self, line: str, start: int, end: str = "") -> None:
        for piece in self.inline.pieces(line):
            if piece.split:
                self.builder.line()
                continue
            before = self.builder.length
            self.builder.add(
                line[piece.start : piece.end],
                self.base + start + piece.start,
                BOLD if piece.bold else PLAIN,
                weak=True,
            )
            self.builder.link(before, piece.link)
        if end:
            self.builder.add(end, self.base + start + len(line), weak=True)

    def _table(self, table: MarkdownTable) -> None:
        self.builder.end()
        for row, cells in enumerate(table.rows):
            for column, pieces in enumerate(cells):
                self.inline.bold = False
                self.builder.context = Context(
                    "cell", 0, self.builder.tables, ((row, column),), row == 0
                )
                for start, piece in pieces:
                    self._inline(piece, start)
                    self.builder.line()
                self.builder.end()
        self.builder.tables += 1
        self.builder.context = Context()


def _adjoining(text: str, above: tuple[int, str], below: tuple[int, str]) -> bool:
    start, line = above
    between = text[start + len(line) : below[0]]
    line = line.strip("*_ \t")
    short = 0 < len(line) <= 40 and line[-1] not in "。；;.，,：:、"
    return short and between.count("\n") == 1


def _depth(blanks: str) -> int:
    return 1 + min(5, len(blanks.expandtabs(4)) // 4)
