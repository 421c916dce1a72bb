"""Finds pipe tables in the lines of a Markdown text, also rows that run over several lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

Cell = list[tuple[int, str]]
"""The pieces of a cell: offset in the text, characters."""

_RULE = re.compile(r"\s*\|?\s*(?::-+|-{3,}):?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_PIPE = re.compile(r"(?<!\\)\|")
_LONGEST_ROW = 8
"""Lines that one row runs over at most."""
_MOST_LINES = 200_000
"""Lines of a text that are searched for tables."""
_END = re.compile(r"\s*(?:={3,}|#{1,6}\s.*)")


@dataclass
class MarkdownTable:
    """A table: the lines it takes, and its cells; the first row is the header."""

    first: int
    end: int
    rows: list[list[Cell]] = field(default_factory=list)


def find_tables(lines: list[tuple[int, str]]) -> list[MarkdownTable]:
    """Return the tables; ``first`` and ``end`` count lines."""
    tables: list[MarkdownTable] = []
    for number, (_, line) in enumerate(lines[:_MOST_LINES]):
        if number and "|" in line and _RULE.fullmatch(line):
            taken = tables[-1].end if tables else 0
            if number - 1 >= taken and "|" in lines[number - 1][1]:
                tables.append(_table(lines, number))
    return tables


def _table(lines: list[tuple[int, str]], rule: int) -> MarkdownTable:
    header = _cells([lines[rule - 1]])
    if len(header) > 1 and not header[-1]:
        header.pop()
    table = MarkdownTable(rule - 1, rule + 1, [header])
    while (row := _row(lines, table.end, len(header))) is not None:
        table.end, cells = row
        table.rows.append(cells)
    return table


def _row(lines: list[tuple[int, str]], first: int, width: int) -> tuple[int, list[Cell]] | None:
    """Return a row's end and cells; it goes on over lines until it has all its columns."""
    taken: list[tuple[int, str]] = []
    for number in range(first, min(len(lines), first + _LONGEST_ROW)):
        line = lines[number]
        if _END.fullmatch(line[1]) or (not taken and "|" not in line[1]):
            break
        if number + 1 < len(lines) and _RULE.fullmatch(lines[number + 1][1]):
            break  # the header of the next table
        taken.append(line)
        cells = _cells(taken)
        if len(cells) > width or (len(cells) == width and _ends(cells, lines, number + 1)):
            return number + 1, cells[:width]
    if not taken or not _PIPE.search(taken[0][1]):
        return None
    return first + 1, _cells(taken[:1])


def _ends(cells: list[Cell], lines: list[tuple[int, str]], following: int) -> bool:
    """Tell whether a row with all its cells is over: its last may begin on the next line."""
    if cells[-1] or following >= len(lines):
        return True
    return len(_PIPE.findall(lines[following][1])) >= len(cells) - 1


def _cells(lines: list[tuple[int, str]]) -> list[Cell]:
    cells: list[Cell] = [[]]
    for number, (start, line) in enumerate(lines):
        done = len(line) - len(line.lstrip())
        if not number and line[done : done + 1] == "|":
            done += 1
        for pipe in _PIPE.finditer(line, done):
            if line[done : pipe.start()].strip():
                cells[-1].append((start + done, line[done : pipe.start()]))
            done = pipe.end()
            cells.append([])
        if line[done:].strip():
            cells[-1].append((start + done, line[done:]))
    return cells
