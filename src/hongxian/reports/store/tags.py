"""Tags for data catalogues: what OpenMetadata and DataHub take in, one entry per column.

OpenMetadata: tag labels with fully qualified names (``entity/data/tagLabel``). DataHub: metadata
change proposals with ``globalTags`` on the field of a data set.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from hongxian.reports.names import info_name
from hongxian.reports.store.inventory import class_name

if TYPE_CHECKING:
    from hongxian.reports.model import Report
    from hongxian.reports.store.inventory import Inventory, Row

_STATES = {"confirmed": "Confirmed", "suggested": "Suggested"}
_PLAIN = re.compile(r'[".]')


def render(inventory: Inventory, report: Report, lang: str) -> str:
    """Return the JSON text."""
    del report
    columns: dict[tuple[str, str, str], list[Row]] = {}
    for row in inventory.held():
        columns.setdefault((row.where, row.table, row.column), []).append(row)
    data = {
        "subject": inventory.subject,
        "openmetadata": [_labels(key, rows, lang) for key, rows in columns.items()],
        "datahub": [_proposal(key, rows) for key, rows in columns.items()],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _labels(key: tuple[str, str, str], rows: list[Row], lang: str) -> dict[str, Any]:
    tags = [
        {
            "tagFQN": f"PersonalInformation.{_name(row.info)}",
            "name": info_name(row.info, lang), "description": class_name(row.info, lang),
            "source": "Classification", "labelType": "Automated",
            "state": _STATES[row.status],
        }
        for row in rows
    ]  # fmt: skip
    grade = max((row.grade or 0 for row in rows), default=0)
    tags += [
        {
            "tagFQN": f"DataGrade.G{grade}", "source": "Classification",
            "labelType": "Automated", "state": "Confirmed",
        }
    ] * bool(grade)  # fmt: skip
    path = [part for part in key if part]
    return {"fullyQualifiedName": ".".join(map(_part, path)), "tags": tags}


def _proposal(key: tuple[str, str, str], rows: list[Row]) -> dict[str, Any]:
    where, table, column = key
    name = quote(".".join(filter(None, (where, table))), safe="./-_")
    tags = [{"tag": f"urn:li:tag:pi.{row.info}"} for row in rows]
    grade = max((row.grade or 0 for row in rows), default=0)
    tags += [{"tag": f"urn:li:tag:grade.{grade}"}] * bool(grade)
    dataset = f"urn:li:dataset:(urn:li:dataPlatform:{rows[0].kind},{name},PROD)"
    return {
        "entityType": "schemaField",
        "entityUrn": f"urn:li:schemaField:({dataset},{quote(column, safe='.-_')})",
        "changeType": "UPSERT",
        "aspectName": "globalTags",
        "aspect": {"tags": tags},
    }


def _name(info: str) -> str:
    """Return a PI type as the name of a tag: a dot would part it."""
    return info.replace(".", "_")


def _part(text: str) -> str:
    """Return a part of a fully qualified name, quoted where it needs to be."""
    return '"' + text.replace('"', '""') + '"' if _PLAIN.search(text) else text
