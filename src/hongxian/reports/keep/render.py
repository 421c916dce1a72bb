"""Tells what is protected, how the last drills went and where the gaps are."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from hongxian.reports.html import environment
from hongxian.words import say
from hongxian.words.table import table

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?\+00:00")
COLUMNS: dict[str, tuple[str, ...]] = {
    "sources": ("source", "state", "base", "segment", "gaps", "mark", "drill", "rto", "rpo", "due"),
    "checks": ("source", "check", "object", "outcome", "told"),
    "held": ("area", "objects", "bytes", "first", "last", "until"),
    "alarms": ("at", "source", "text"),
}
"""Part of the report -> its columns."""


def render(record: Mapping[str, Any], form: str, lang: str) -> str:
    """Return the report.

    Args:
        record: what an overview found.
        form: ``table``, ``json`` or ``html``.
        lang: ``zh`` or ``en``.
    """
    if form == "json":
        return json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    parts = _parts(record, lang)
    heads = {name: [say(f"keep_drill.column_{one}", lang) for one in COLUMNS[name]]
             for name in COLUMNS}  # fmt: skip
    titles = {name: say(f"keep_drill.title_{name}", lang) for name in COLUMNS}
    if form == "html":
        template = environment().get_template("keep.html.j2")
        title = say("keep_drill.title", lang)
        return template.render(
            r=record, at=_moment(record["at"]), lang=lang, title=title, parts=parts, heads=heads,
            titles=titles,
        )  # fmt: skip
    shown = (f"{titles[name]}\n{table(rows, heads[name])}" for name, rows in parts.items() if rows)
    return "\n".join(shown)


def _parts(record: Mapping[str, Any], lang: str) -> dict[str, list[list[str]]]:
    sources = record["sources"]
    return {
        "sources": [_source(one, lang) for one in sources],
        "checks": [row for one in sources if one["last"] for row in _checks(one, lang)],
        "held": [[_moment(str(value)) for value in one.values()] for one in record["held"]],
        "alarms": [
            [_moment(one["at"]), one["source"], one["text"][lang]] for one in record["alarms"]
        ],
    }


def _source(one: Mapping[str, Any], lang: str) -> list[str]:
    last = one["last"] or {}
    due = say("keep_drill.days", lang, days=one["due_days"])
    return [
        one["name"], say(f"keep_drill.state_{one['state']}", lang),
        _moment(one["base"] or "-"), one["segment"] or "-", ", ".join(one["gaps"]) or "-",
        _moment(one["mark"] or "-"), _moment(last.get("moment", "-")),
        _seconds(last.get("rto")), _seconds(last.get("rpo")), due,
    ]  # fmt: skip


def _checks(one: Mapping[str, Any], lang: str) -> list[list[str]]:
    last = one["last"]
    rows = [
        [one["name"], say(f"keep_drill.check_{check['what']}", lang), check["name"],
         say(f"keep_drill.outcome_{check['outcome']}", lang), check["told"]]
        for check in last["checks"]
    ]  # fmt: skip
    if last["reason"]:
        failed = say("keep_drill.outcome_failed", lang)
        rows.insert(0, [one["name"], say("keep_drill.check_run", lang), "", failed, last["reason"]])
    return rows


def _moment(text: str) -> str:
    """Return a moment (ISO 8601, UTC) to the second, for people; any other text as it is."""
    found = _MOMENT.fullmatch(text)
    return f"{found[1]} {found[2]} UTC" if found else text


def _seconds(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f} s"
