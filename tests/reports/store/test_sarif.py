from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
from tests.reports.store.conftest import Made

from hongxian.reports.store.sarif import render

SCHEMAS = Path(__file__).parents[1] / "data"


def test_findings_point_at_files_and_lines(made: Made) -> None:
    data = json.loads(render(*made, "en"))
    for schema in SCHEMAS.glob("*sarif*.json"):
        jsonschema.validate(data, json.loads(schema.read_text("utf-8")))
    results = data["runs"][0]["results"]
    one = next(r for r in results if r["ruleId"] == "store.7")
    place = one["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "app.log"}, "region": {"startLine": 2}}
    assert (one["kind"], one["level"]) == ("fail", "error")
    column = next(r for r in results if r["locations"][0].get("logicalLocations", [{}])[0].get(
        "fullyQualifiedName") == "u.csv.id_card")  # fmt: skip
    assert "region" not in column["locations"][0]["physicalLocation"]
    assert not [r for r in results if r["kind"] == "open"]


def test_accepted_findings_are_marked_and_findings_without_a_place_have_none(made: Made) -> None:
    inventory, report = made
    subject = report.subjects[0]
    groups = tuple(
        replace(group, behaviours=tuple(
            replace(one, points=tuple(replace(point, accepted=True) for point in one.points))
            for one in group.behaviours
        )) for group in subject.groups
    )  # fmt: skip
    marked = replace(report, subjects=(replace(subject, groups=groups),))
    results = json.loads(render(replace(inventory, rows=()), marked, "zh"))["runs"][0]["results"]
    assert all(r["suppressions"] for r in results)
    assert all("physicalLocation" not in place for r in results for place in r["locations"])
