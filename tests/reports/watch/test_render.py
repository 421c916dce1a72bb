from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from hongxian.reports.watch import FORMATS, render
from hongxian.reports.watch.render import COLUMNS

FINDING = {
    "kind": "enumeration", "name": "enumeration", "action": "block", "action_name": "block",
    "endpoint": "POST /m<b>", "info": "basic.phone", "info_name": "phone",
    "principal": "account:ab", "first": "2025-06-15", "last": None, "requests": 3,
    "values_given": 60, "score": 20.5, "figures": {}, "message": "94% in a row",
    "owasp": ["API6:2023"], "laws": ["PIPL art. 57"], "locator": "=cmd()",
}  # fmt: skip


def whole(findings: int = 1) -> dict[str, Any]:
    taker = {"principal": "account:ab", "requests": 3, "values": 60, "info_names": ["phone"],
             "first": "a", "last": None, "busiest_hour": None}  # fmt: skip
    endpoint = {"endpoint": "POST /m", "requests": 3, "pi_in": {"basic.phone": 1}, "pi_out": {},
                "in_names": ["phone"], "out_names": [], "anonymous": 0, "clear": 0}  # fmt: skip
    return {
        "subject": "interface:x", "requests": 3, "from": "a", "to": None, "reasons": ["bad lines"],
        "leak": {"values": 60, "tiers": {"50": 0, "500": 0, "5000": 60}, "grade_name": "below",
                 "notice": "act at once", "report": "fewer"},
        "findings": [FINDING] * findings, "takers": [taker], "hours": [{"hour": "a", "values": 60}],
        "endpoints": [endpoint], "uncalled": ["GET /never"],
    }  # fmt: skip


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_format_tells_the_finding(form: str, lang: str) -> None:
    text = render(whole(), form, lang)
    assert "account:ab" in text
    assert "94% in a row" in text


def test_json_is_the_record_itself() -> None:
    assert json.loads(render(whole(), "json", "en")) == whole()


def test_a_page_needs_nothing_else_and_escapes_what_it_shows() -> None:
    page = render(whole(), "html", "zh")
    assert "<b>" not in page
    assert "&lt;b&gt;" in page
    assert "<script" not in page
    assert "http://" not in page
    assert 'lang="zh-CN"' in page


def test_csv_has_a_line_for_each_finding_and_no_formula() -> None:
    rows = list(csv.reader(io.StringIO(render(whole(2), "csv", "en"))))
    assert rows[0] == list(COLUMNS)
    assert len(rows) == 3
    assert rows[1][-1] == "'=cmd()"
    assert rows[1][COLUMNS.index("last")] == ""
