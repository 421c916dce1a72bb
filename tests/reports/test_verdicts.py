from __future__ import annotations

import csv
import io
import json

import pytest

from hongxian.errors import HongxianError
from hongxian.reports.verdicts import render
from hongxian.rules.load import VERDICTS, find_rule

RULES = [find_rule("3.1"), find_rule("6.4")]
COUNTS = {("method.3.1", "violated"): 1_000_000, ("method.6.4", "unclear"): 7}


def test_a_table_counts_the_subjects_of_each_rule_and_verdict() -> None:
    zh = render(COUNTS, RULES, "table", "zh")
    assert "3.1" in zh
    assert "违反" in zh
    lines = render(COUNTS, RULES, "table", "en").splitlines()
    (line,) = [line for line in lines if line.startswith("3.1")]
    assert line.split()[-5:] == ["1000000", "0", "0", "0", "0"]


def test_programs_get_the_same_as_json_and_csv() -> None:
    records = json.loads(render(COUNTS, RULES, "json", "en"))
    assert [record["violated"] for record in records] == [1_000_000, 0]
    assert [record["unclear"] for record in records] == [0, 7]
    assert set(VERDICTS) <= set(records[0])
    rows = list(csv.DictReader(io.StringIO(render(COUNTS, RULES, "csv", "en"))))
    assert rows == [{key: str(value) for key, value in record.items()} for record in records]


def test_other_forms_are_reports() -> None:
    with pytest.raises(HongxianError, match="sarif"):
        render(COUNTS, RULES, "sarif", "en")
