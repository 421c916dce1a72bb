"""The cells of a HTML table, each with all the rows and columns it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

_WIDEST = 60
_MOST_PLACES = 400
_MOST_OF_TABLE = 20_000
"""Places after which no cell of a table spans any more."""
_GROUPS = frozenset(("thead", "tbody", "tfoot"))


@dataclass
class Cell:
    """A cell, or the caption, which stands in no row."""

    node: LexborNode
    around: tuple[LexborNode, ...]
    """Its group and row."""
    places: tuple[tuple[int, int], ...] = ()
    header: bool = False


def grid(table: LexborNode) -> list[Cell]:
    """Return the cells of a table in their order.

    A table of one column only is no table for a reader; it gives no cells. Where the source
    marks no header, the first row with more than one cell is taken for it.
    """
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    rows = list(_rows(table))
    for row, (around, node) in enumerate(rows):
        cells += _row((row, len(rows)), around, node, taken)
    if max((column for _, column in taken), default=0) == 0:
        return []
    if not any(cell.header for cell in cells):
        _guess_header(cells)
    return [*_captions(table), *cells]


def _rows(table: LexborNode) -> Iterator[tuple[tuple[LexborNode, ...], LexborNode]]:
    for child in _elements(table):
        if child.tag == "tr":
            yield (), child
        elif child.tag in _GROUPS:
            for row in _elements(child):
                if row.tag == "tr":
                    yield (child,), row


def _captions(table: LexborNode) -> list[Cell]:
    return [Cell(child, ()) for child in _elements(table) if child.tag == "caption"]


def _elements(node: LexborNode) -> Iterator[LexborNode]:
    child = node.first_child
    while child is not None:
        yield child
        child = child.next


def _row(
    row: tuple[int, int],
    around: tuple[LexborNode, ...],
    node: LexborNode,
    taken: set[tuple[int, int]],
) -> Iterator[Cell]:
    """Yield the cells of a row, told as its number and the number of rows."""
    in_head = any(group.tag == "thead" for group in around)
    number, rows = row
    column = 0
    for cell in _elements(node):
        if cell.tag not in ("td", "th"):
            continue
        while (number, column) in taken:
            column += 1
        high = min(_span(cell, "rowspan") or rows, rows - number)
        wide = min(_span(cell, "colspan") or 1, _WIDEST)
        spanned = ((number + y, column + x) for y in range(high) for x in range(wide))
        most = _MOST_PLACES if len(taken) < _MOST_OF_TABLE else 1
        places = tuple(islice(spanned, most))
        taken.update(places)
        yield Cell(cell, (*around, node), places, in_head or cell.tag == "th")
        column += wide


def _span(cell: LexborNode, name: str) -> int:
    value = (cell.attributes.get(name) or "1").strip()
    return int(value) if value.isdecimal() and len(value) < 6 else 1


def _guess_header(cells: list[Cell]) -> None:
    by_row: dict[int, list[Cell]] = {}
    for cell in cells:
        by_row.setdefault(cell.places[0][0], []).append(cell)
    if len(by_row) < 2:
        return
    for row in by_row.values():
        if len(row) > 1:
            for cell in row:
                cell.header = True
            return
