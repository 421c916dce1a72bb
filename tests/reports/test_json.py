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
