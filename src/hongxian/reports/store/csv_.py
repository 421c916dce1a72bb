"""The inventory as CSV for people who work in spreadsheets: a line per PI type and column."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from hongxian.reports.names import info_name
from hongxian.reports.store.findings import findings
from hongxian.reports.store.inventory import class_name
from hongxian.reports.store.table import reasons
from hongxian.words import say

if TYPE_CHECKING:
    from hongxian.reports.model import Report
    from hongxian.reports.store.inventory import Inventory, Row

COLUMNS = (
    "where", "table", "column", "info", "info_name", "class", "grade", "sensitive", "status",
    "form", "rows", "read", "total", "valid", "labelled", "oldest", "tier", "exposure", "why",
    "excerpt", "decided", "findings", "law",
)  # fmt: skip
"""Header of the file; docs/scan.md describes each."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(inventory: Inventory, report: Report, lang: str) -> str:
    """Return the CSV text (RFC 4180), header first."""
    said: dict[tuple[str, str], list[str]] = {}
    laws: dict[tuple[str, str], list[str]] = {}
    for one in findings(report, lang):
        said.setdefault((one.item, one.info), []).append(one.message)
        laws.setdefault((one.item, one.info), []).append(one.law)
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(COLUMNS)
    for row in inventory.rows:
        key = (row.place, row.info)
        told = [" | ".join(dict.fromkeys(texts.get(key, ()))) for texts in (said, laws)]
        lines.writerow([_safe(str(cell)) for cell in [*_cells(row, lang), *told]])
    return out.getvalue()


def _cells(row: Row, lang: str) -> list[object]:
    return [
        row.where, row.table, row.column, row.info, info_name(row.info, lang),
        class_name(row.info, lang), row.grade or "", say(_yes(row.sensitive), lang),
        say(f"store.status_{row.status}", lang), say(f"vocabulary.form.{row.form}", lang),
        row.rows, row.read, "" if row.total is None else row.total, row.valid, row.labelled,
        row.oldest or "", row.tier or "", row.exposure or "", reasons(row, lang), row.excerpt,
        row.decided,
    ]  # fmt: skip


def _yes(answer: bool) -> str:
    return "laws.yes" if answer else "laws.no"


def _safe(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
