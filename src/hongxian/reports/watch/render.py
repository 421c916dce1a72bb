"""Chooses the format."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from hongxian.reports.html import environment
from hongxian.reports.watch.table import table_text
from hongxian.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMATS = ("table", "json", "html", "csv")

COLUMNS = (
    "kind", "name", "action", "endpoint", "info", "info_name", "principal", "first", "last",
    "requests", "values_given", "score", "message", "owasp", "laws", "locator",
)  # fmt: skip
"""Of the CSV file: a line for each finding."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(record: Mapping[str, Any], form: str, lang: str, width: int | None = None) -> str:
    """Return the report.

    Args:
        record: what the watch found.
        form: one of :data:`FORMATS`.
        lang: ``zh`` or ``en``.
        width: cells of a line of the table; ``None`` wraps nothing.
    """
    if form == "json":
        return json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    if form == "csv":
        return _csv(record)
    if form == "html":
        template = environment().get_template("watch.html.j2")
        return template.render(r=record, lang=lang, t=lambda key: say(f"watch.{key}", lang))
    return table_text(record, lang, width)


def _csv(record: Mapping[str, Any]) -> str:
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(COLUMNS)
    for one in record["findings"]:
        lines.writerow([cell(one[name]) for name in COLUMNS])
    return out.getvalue()


def cell(value: Any) -> str:
    """Return a cell of a CSV file; none that a spreadsheet takes for a formula."""
    if value is None:
        return ""
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
