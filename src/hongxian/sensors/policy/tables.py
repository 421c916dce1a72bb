"""Tables and blocks of "SDK名称：… 使用目的：…": what stands under which header."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.sensors.policy.declarations import Declaration, Span
from hongxian.sensors.policy.headers import role_of
from hongxian.sensors.policy.key_values import read_pairs
from hongxian.sensors.policy.rows import Row, read_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.document import Block, Document
    from hongxian.sensors.policy.relations.terms import Terms

_CAPTION = 300


@dataclass(slots=True)
class _Table:
    first: int
    """Number of its first block."""
    cells: dict[tuple[int, int], Block] = field(default_factory=dict)
    rows: int = 0
    columns: int = 0

    def add(self, block: Block) -> None:
        """Take a cell."""
        row, column = block.row or 0, block.column or 0
        self.cells[row, column] = block
        self.rows = max(self.rows, row + 1)
        self.columns = max(self.columns, column + 1)


def read_tables(document: Document, terms: Terms) -> tuple[list[Declaration], list[Span]]:
    """Return what tables and key-value blocks declare, and the stretches that they take up.

    Args:
        document: the policy.
        terms: what is named in it.
    """
    found: list[Declaration] = []
    for table in _tables(document):
        caption = _caption(document, table.first)
        for row in _rows(document.text, table):
            row.caption = caption
            found += read_row(row, terms)
    used: list[Span] = []
    for row in read_pairs(document, terms):
        said = read_row(row, terms)
        if said:
            found += said
            used += row.spans
    return found, used


def _tables(document: Document) -> list[_Table]:
    tables: dict[int, _Table] = {}
    for number, block in enumerate(document.blocks):
        if block.kind == "cell" and block.table is not None and not block.look.hidden:
            tables.setdefault(block.table, _Table(number)).add(block)
    return list(tables.values())


def _caption(document: Document, first: int) -> Span:
    """Return the words before a table: heading and paragraph."""
    end = document.blocks[first].start
    start = end
    for block in reversed(document.blocks[max(0, first - 3) : first]):
        if block.kind == "cell" or end - block.start > _CAPTION:
            break
        start = block.start
        if block.kind == "heading":
            break
    return Span(start, end)


def _rows(text: str, table: _Table) -> Iterator[Row]:
    """Read a table by its header row, by its header column, or as pairs."""
    header = _header_row(text, table)
    if header is not None:
        yield from _down(text, table, header)
        return
    roles = _line(text, [table.cells.get((row, 0)) for row in range(table.rows)])
    if sum(1 for role in roles if role) >= 2:
        yield from _across(table, roles)


def _header_row(text: str, table: _Table) -> int | None:
    """Return the row that names at least two roles; a title may stand above it."""
    for row in range(min(3, table.rows)):
        roles = _line(text, [table.cells.get((row, column)) for column in range(table.columns)])
        if len({role for role in roles if role}) >= 2:
            return row
    return None


def _line(text: str, cells: list[Block | None]) -> list[str | None]:
    return [role_of(text[cell.start : cell.end]) if cell else None for cell in cells]


def _down(text: str, table: _Table, header: int) -> Iterator[Row]:
    heads = [table.cells.get((header, column)) for column in range(table.columns)]
    roles = _line(text, heads)
    for number in range(header + 1, table.rows):
        line = [table.cells.get((number, column)) for column in range(table.columns)]
        if _words(text, line) != _words(text, heads):  # else the header comes again
            yield _row(roles, line, heads)


def _words(text: str, cells: list[Block | None]) -> list[str]:
    return [text[cell.start : cell.end].strip() if cell else "" for cell in cells]


def _across(table: _Table, roles: list[str | None]) -> Iterator[Row]:
    heads = [table.cells.get((row, 0)) for row in range(table.rows)]
    for column in range(1, table.columns):
        line = [table.cells.get((row, column)) for row in range(table.rows)]
        yield _row(roles, line, heads)


def _row(roles: list[str | None], cells: list[Block | None], heads: list[Block | None]) -> Row:
    row = Row(heads=[Span(head.start, head.end) for head in heads if head])
    for role, cell in zip(roles, cells, strict=False):
        if cell is None:
            continue
        span = Span(cell.start, cell.end)
        row.spans.append(span)
        if role and span not in row.cells.setdefault(role, []):
            row.cells[role].append(span)
    return row
