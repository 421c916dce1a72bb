"""The report of what servers send to others: for a terminal, as JSON, CSV and HTML."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from hongxian.reports.html import environment
from hongxian.reports.watch.render import cell
from hongxian.reports.watch.table import MOST_ROWS
from hongxian.words import say
from hongxian.words.table import table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

COLUMNS = (
    "recipient", "recipient_name", "host", "info", "info_name", "form", "values", "requests",
    "without_tls", "certainty", "endpoints", "first", "last", "locator",
)  # fmt: skip
"""Of the CSV file: a line for each PI type, form and host."""


def egress_report(record: Mapping[str, Any], form: str, lang: str, width: int | None = None) -> str:
    """Return the report.

    Args:
        record: what was sent out, as :func:`hongxian.audit.egress.egress_record` tells it.
        form: ``table``, ``json``, ``csv`` or ``html``.
        lang: ``zh`` or ``en``.
        width: cells of a line of the table; ``None`` wraps nothing.
    """
    if form == "json":
        return json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    if form == "csv":
        out = io.StringIO()
        lines = csv.writer(out, lineterminator="\r\n")
        lines.writerow(COLUMNS)
        lines.writerows([cell(one[name]) for name in COLUMNS] for one in record["sent"])
        return out.getvalue()
    if form == "html":
        template = environment().get_template("egress.html.j2")
        return template.render(r=record, lang=lang, t=lambda key: say(f"egress.{key}", lang))
    return _table(record, lang, width)


def _table(record: Mapping[str, Any], lang: str, width: int | None) -> str:
    count = {"requests": record["requests"], "hosts": len(record["hosts"])}
    lines = [
        say("egress.head", lang, **count),
        say("watch.span", lang, first=record["from"] or "?", last=record["to"] or "?"),
        *record["reasons"],
    ]
    if not record["sent"]:
        lines.append(say("egress.nothing", lang))
    rows = [
        [one["recipient_name"], one["host"], one["info_name"], one["form_name"],
         str(one["values"]), str(one["requests"]), str(one["without_tls"]), one["certainty_name"]]
        for one in record["sent"]
    ]  # fmt: skip
    head = ("recipient", "host", "info", "form", "values", "requests", "clear", "certainty")
    return "\n".join(lines) + "\n" + _shown("sent", head, rows, lang, width)


def _shown(
    name: str, columns: Sequence[str], rows: Sequence[Sequence[str]], lang: str, width: int | None
) -> str:
    if not rows:
        return ""
    header = [say(f"egress.column_{key}", lang) for key in columns]
    shown = f"\n{say(f'egress.title_{name}', lang)}\n{table(rows[:MOST_ROWS], header, width)}"
    more = len(rows) - MOST_ROWS
    return shown + say("watch.more", lang, count=more) + "\n" if more > 0 else shown
