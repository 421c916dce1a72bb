"""Reads a DOCX: paragraphs, lists and tables in the order of the body, then the notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.sensors.policy.document import Look
from hongxian.sensors.policy.reading.builder import PLAIN, Builder, Context
from hongxian.sensors.policy.reading.docx_parts import (
    MAIN,
    ParagraphStyle,
    W,
    open_parts,
    switched,
    value,
)
from hongxian.sensors.policy.reading.faults import ReadingError

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

    from hongxian.sensors.policy.reading.docx_parts import Parts
    from hongxian.sensors.policy.reading.faults import Limits

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIP = frozenset((W + "del", W + "moveFrom", _FALLBACK, W + "sectPr", W + "pPr", W + "rPr"))
_PICTURES = frozenset((W + "drawing", W + "pict", W + "object"))
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_WIDEST = 60


def read_docx(data: bytes, builder: Builder, limits: Limits) -> None:
    """Read a document into blocks.

    Raises:
        ReadingError: it is no DOCX, damaged, or larger than what is read.
    """
    parts = open_parts(builder.name, data, limits)
    if parts is None:
        raise ReadingError(builder.name, "archive")
    tree = parts.tree(MAIN)
    walk = _Walk(builder, parts)
    if tree is not None:
        walk.children(tree)
    for member in _NOTES:
        notes = parts.tree(member)
        if notes is not None:
            walk.children(notes)
    builder.end()


class _Walk:
    """One pass over the body."""

    def __init__(self, builder: Builder, parts: Parts) -> None:
        self.builder = builder
        self.parts = parts
        self.style = ParagraphStyle()

    def children(self, element: ET.Element) -> None:
        """Read what an element holds; the depth is bounded by how the tree was read."""
        for child in element:
            self.element(child)

    def element(self, element: ET.Element) -> None:
        tag = element.tag
        if tag in _SKIP:
            return
        if tag == W + "p":
            self.paragraph(element)
        elif tag == W + "r":
            self.run(element)
        elif tag == W + "tbl":
            self.table(element)
        elif tag == W + "hyperlink":
            start = self.builder.length
            self.children(element)
            self.builder.link(start, self.parts.links.get(element.get(_RELATION, ""), ""))
        else:
            self.children(element)

    def paragraph(self, element: ET.Element) -> None:
        builder, outer, style = self.builder, self.builder.context, self.style
        builder.line()
        properties = element.find(W + "pPr")
        self.style = self.named(properties)
        if outer.kind != "cell":
            builder.context = _context(properties, self.style)
        self.children(element)
        builder.line()
        builder.context, self.style = outer, style

    def named(self, properties: ET.Element | None) -> ParagraphStyle:
        found = None if properties is None else properties.find(W + "pStyle")
        return self.parts.styles.get(value(found) or "", ParagraphStyle())

    def run(self, element: ET.Element) -> None:
        look = _look(element.find(W + "rPr"), self.style)
        for child in element:
            tag = child.tag
            if tag == W + "t":
                self.builder.add(child.text or "", look=look)
            elif tag in (W + "br", W + "cr"):
                self.builder.line()
            elif tag == W + "tab":
                self.builder.add(" ")
            elif tag == W + "noBreakHyphen":
                self.builder.add("-", look=look)
            elif tag in _PICTURES:
                self.builder.images += child.find(f".//{W}txbxContent") is None
                self.children(child)
            elif tag not in _SKIP:
                self.children(child)

    def table(self, element: ET.Element) -> None:
        rows = list(element.iter(W + "tr")) if _flat(element) else []
        if not rows or self.builder.context.kind == "cell":
            self.children(element)
            return
        self.builder.end()
        outer, number = self.builder.context, self.builder.tables
        self.builder.tables += 1
        marked = any(_is_header(row) for row in rows)
        for place, cells in _places(rows):
            header = _is_header(rows[place]) if marked else place == 0 and len(rows) > 1
            for cell, places in cells:
                self.builder.context = Context("cell", 0, number, places, header)
                self.children(cell)
                self.builder.end()
        self.builder.context = outer


def _flat(table: ET.Element) -> bool:
    """Tell a table of data from one that lays out a page: more than one column, none inside."""
    columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
    return columns != 1 and table.find(f".//{W}tbl") is None


def _is_header(row: ET.Element) -> bool:
    return bool(switched(row.find(f"{W}trPr/{W}tblHeader")))


Places = tuple[tuple[int, int], ...]


def _places(rows: list[ET.Element]) -> list[tuple[int, list[tuple[ET.Element, Places]]]]:
    """Return each row's cells with the places they stand in; merged ones reach downward."""
    spans: list[list[tuple[int, int, ET.Element, str | None]]] = [_spans(row) for row in rows]
    found = []
    for number, row in enumerate(spans):
        cells = []
        for column, wide, cell, merge in row:
            if merge == "continue":
                continue
            high = 1
            while (
                merge
                and number + high < len(rows)
                and (any(c == column and m == "continue" for c, _, _, m in spans[number + high]))
            ):
                high += 1
            places = tuple((number + y, column + x) for y in range(high) for x in range(wide))
            cells.append((cell, places))
        found.append((number, cells))
    return found


def _spans(row: ET.Element) -> list[tuple[int, int, ET.Element, str | None]]:
    found = []
    column = 0
    for cell in row.iter(W + "tc"):
        told = value(cell.find(f"{W}tcPr/{W}gridSpan")) or "1"
        wide = min(int(told), _WIDEST) if told.isdecimal() and len(told) < 4 else 1
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        merge = None if merged is None else value(merged) or "continue"
        found.append((column, max(1, wide), cell, merge))
        column += max(1, wide)
    return found


def _context(properties: ET.Element | None, style: ParagraphStyle) -> Context:
    """Return what a paragraph is by its own properties, then by its style."""
    level = style.level
    if properties is not None:
        outline = value(properties.find(W + "outlineLvl")) or ""
        if outline in tuple("012345678"):
            level = min(6, int(outline) + 1)
        if level:
            return Context("heading", level)
        numbered = properties.find(W + "numPr")
        if numbered is not None and value(numbered.find(W + "numId")) != "0":
            depth = value(numbered.find(W + "ilvl")) or "0"
            return Context("item", 1 + int(depth) if depth in tuple("012345678") else 1)
    if level:
        return Context("heading", level)
    return Context("item", 1) if style.listed else Context()


def _look(properties: ET.Element | None, style: ParagraphStyle) -> Look:
    bold, hidden = style.bold, False
    if properties is not None:
        told = switched(properties.find(W + "b"))
        bold = bold if told is None else told
        bold = bold or bool(switched(properties.find(W + "u")))
        hidden = bool(switched(properties.find(W + "vanish")))
    return Look(bold=bold, hidden=hidden) if bold or hidden else PLAIN
