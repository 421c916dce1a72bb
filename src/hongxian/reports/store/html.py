"""The inventory as one HTML page: heat map of store and PI type, inventory, what was read."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from hongxian.reports.html import environment
from hongxian.reports.names import info_name, word
from hongxian.reports.store.findings import findings
from hongxian.reports.store.inventory import class_name
from hongxian.reports.store.table import counted, reasons, totals
from hongxian.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hongxian.reports.model import Report
    from hongxian.reports.store.inventory import Inventory, Row

STEPS = 5
"""Shades of the heat map."""
MOST_ROWS = 1_000


@dataclass(frozen=True, slots=True)
class Cell:
    """One PI type in one table."""

    rows: int
    heat: int
    """0 to :data:`STEPS`; every figure is printed too, so that nothing rests on colour."""
    form: str


def render(inventory: Inventory, report: Report, lang: str) -> str:
    """Return the page."""
    infos, lines = heat_map(inventory.held())
    page = environment().get_template("store.html.j2").render(
        inventory=inventory, report=report, lang=lang, infos=infos, lines=lines,
        found=findings(report, lang), held=inventory.held()[:MOST_ROWS], totals=totals(inventory),
        **_tools(lang),
    )  # fmt: skip
    return f"{page}\n"


def _tools(lang: str) -> dict[str, Any]:
    return {
        "t": partial(_text, lang), "info": lambda key: info_name(key, lang),
        "class_of": lambda key: class_name(key, lang), "counted": counted,
        "reasons": lambda row: reasons(row, lang), "word": lambda a, b: word(a, b, lang),
        "said": lambda reason: reason.say(lang),
    }  # fmt: skip


def _text(lang: str, key: str, **values: object) -> str:
    return say(f"store.{key}", lang, **values)


def heat_map(rows: Iterable[Row]) -> tuple[list[str], list[tuple[str, list[Cell | None]]]]:
    """Return the PI types in order of weight, and for each table its cells in that order."""
    weights: dict[str, float] = {}
    cells: dict[str, dict[str, Cell]] = {}
    for row in rows:
        place = f"{row.where}: {row.table}" if row.table else row.where
        weights[row.info] = weights.get(row.info, 0) + row.exposure
        mine = cells.setdefault(place, {})
        before = mine.get(row.info)
        if before is None or before.rows < row.rows:
            mine[row.info] = Cell(row.rows, heat(row.exposure), row.form)
    infos = sorted(weights, key=lambda info: -weights[info])
    return infos, [(place, [mine.get(info) for info in infos]) for place, mine in cells.items()]


def heat(exposure: float) -> int:
    """Return the shade of a weight: 1 below a hundredth of the threshold, 5 from ten times it."""
    if exposure <= 0:
        return 0
    return max(1, min(STEPS, 4 + math.floor(math.log10(exposure))))
