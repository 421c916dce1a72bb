"""The inventory as JSON: rows, what was read of each table, findings, what was not read."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from hongxian.reports.names import info_name
from hongxian.reports.store.findings import findings
from hongxian.reports.store.inventory import class_name

if TYPE_CHECKING:
    from hongxian.reports.model import Report
    from hongxian.reports.store.inventory import Inventory, Read, Row


def render(inventory: Inventory, report: Report, lang: str) -> str:
    """Return the JSON text."""
    data = {
        "subject": inventory.subject,
        "day": inventory.day.isoformat(),
        "inventory": [_row(row, lang) for row in inventory.rows],
        "tables": [_read(one, lang) for one in inventory.tables],
        "findings": [asdict(one) for one in findings(report, lang)],
        "problems": [one.say(lang) for one in inventory.problems],
        "unchanged_tables": inventory.reused,
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _row(row: Row, lang: str) -> dict[str, Any]:
    named = {"info_name": info_name(row.info, lang), "class": class_name(row.info, lang)}
    return asdict(row) | named


def _read(one: Read, lang: str) -> dict[str, Any]:
    return asdict(one) | {"reasons": [reason.say(lang) for reason in one.reasons]}
