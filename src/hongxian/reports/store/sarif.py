"""Findings in files as SARIF 2.1.0: the file, and in texts the first lines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from hongxian.reports.sarif import FINGERPRINT, KINDS, LEVELS, MOST_LOCATIONS, SCHEMA
from hongxian.reports.store.findings import findings

if TYPE_CHECKING:
    from hongxian.reports.model import Report
    from hongxian.reports.store.findings import Found
    from hongxian.reports.store.inventory import Inventory, Row
    from hongxian.rules.load import Rule

_LINES = ("log", "text", "document")


def render(inventory: Inventory, report: Report, lang: str) -> str:
    """Return the SARIF text; only what is violated or suspected has a place in a file."""
    rows = {(row.place, row.info): row for row in inventory.rows}
    places = {rule.id: place for place, rule in enumerate(report.rules)}
    results = [
        _result(one, rows.get((one.item, one.info))) | {"ruleIndex": places[one.rule]}
        for one in findings(report, lang)
        if one.verdict != "unclear"
    ]
    driver = {
        "name": "Hongxian", "version": report.origin.version,
        "rules": [_rule(rule, lang) for rule in report.rules],
    }  # fmt: skip
    run = {
        "tool": {"driver": driver},
        "language": "zh-CN" if lang == "zh" else "en-US",
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "commandLine": report.origin.command}],
        "results": results,
    }
    data = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _rule(rule: Rule, lang: str) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": f"Store{rule.number}",
        "shortDescription": {"text": rule.title[lang]},
        "help": {"text": rule.fix[lang]},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"tags": ["privacy", *rule.principles], "severity": rule.severity},
    }


def _result(one: Found, row: Row | None) -> dict[str, Any]:
    kind = KINDS[one.verdict]
    result: dict[str, Any] = {
        "ruleId": one.rule,
        "kind": kind,
        "level": LEVELS[one.severity] if kind == "fail" else "none",
        "message": {"text": one.message},
        "locations": _locations(one, row),
        "partialFingerprints": {FINGERPRINT: one.fingerprint or one.rule},
        "properties": {"verdict": one.verdict, "law": one.law},
    }
    if one.accepted:
        result["suppressions"] = [{"kind": "external", "status": "accepted"}]
    return result


def _locations(one: Found, row: Row | None) -> list[dict[str, Any]]:
    logical = [{"fullyQualifiedName": one.item}] if one.item else []
    if row is None:
        return [{"logicalLocations": logical}] if logical else []
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(row.where)}}
    if row.medium not in _LINES or not row.first_rows:
        return [{"physicalLocation": place, "logicalLocations": logical}]
    return [
        {
            "physicalLocation": {**place, "region": {"startLine": line}},
            "logicalLocations": logical,
        }
        for line in row.first_rows[:MOST_LOCATIONS]
    ]
