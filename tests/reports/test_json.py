from __future__ import annotations

import json
from datetime import date
from importlib.resources import files

import pytest

from hongxian.reports.json_ import _plain, render
from hongxian.reports.model import Report


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_is_as_the_shipped_schema_says(both: Report, lang: str) -> None:
    from jsonschema import Draft202012Validator

    schema = json.loads((files("hongxian.reports") / "report.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    problems = Draft202012Validator(schema).iter_errors(json.loads(render(both, lang)))
    assert [f"{p.json_path}: {p.message}" for p in problems] == []


def test_sessions_are_as_the_schema_says_and_cite_facts(storied: Report) -> None:
    from jsonschema import Draft202012Validator

    schema = json.loads((files("hongxian.reports") / "report.schema.json").read_text("utf-8"))
    data = json.loads(render(storied, "zh"))
    assert [p.message for p in Draft202012Validator(schema).iter_errors(data)] == []
    [subject] = data["subjects"]
    ids = {fact["id"] for fact in subject["facts"]}
    first, second = subject["sessions"]
    assert {moment["fact"] for moment in first["moments"]} <= ids
    assert set(first["choices"]) <= ids
    assert first["moments"][0]["since_consent"] == pytest.approx(-73.9)
    assert [moment["near"] for moment in first["moments"] if moment["near"]] == ["accept"]
    assert second["consent"] is None


def test_findings_carry_their_call_stacks(storied: Report) -> None:
    [subject] = json.loads(render(storied, "en"))["subjects"]
    findings = [f for b in subject["behaviours"] if b["number"] == "3.1" for f in b["findings"]]
    [stack] = next(f["stacks"] for f in findings if f["columns"]["actor"] == "umeng_analytics"
                   and f["stacks"])  # fmt: skip
    [deciding] = [frame for frame in stack["frames"] if frame["deciding"]]
    assert deciding == {
        "name": "com.umeng.commonsdk.utils.DeviceId.imei", "owner": "umeng_analytics",
        "group": "sdk", "deciding": True,
    }  # fmt: skip


def test_every_cited_fact_is_in_it(watched: Report) -> None:
    [subject] = json.loads(render(watched, "zh"))["subjects"]
    ids = {fact["id"] for fact in subject["facts"]}
    cited = {e for b in subject["behaviours"] for f in b["findings"] for e in f["evidence"]}
    assert cited | set(subject["timeline"]) <= ids
    answers = {b["answer"] for b in subject["behaviours"]} - {None}
    assert len(answers) == 1
    assert answers <= ids


def test_it_says_what_would_settle_the_open_ones(static: Report) -> None:
    [subject] = json.loads(render(static, "en"))["subjects"]
    for one in subject["behaviours"]:
        assert bool(one["settle"]) == (one["verdict"] in ("suspected", "unclear"))


def test_dates_and_figures_in_columns_become_text() -> None:
    assert _plain(date(2026, 1, 2)) == "2026-01-02"
    assert _plain({1}) == "{1}"
