from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from hongxian.reports.egress import COLUMNS, egress_report

SENT = {
    "host": "=a.cn", "recipient": "weibo", "recipient_name": "Weibo", "info": "basic.phone",
    "info_name": "phone number", "form": "clear", "form_name": "clear", "values": 3,
    "requests": 4, "endpoints": ["POST /m"], "without_tls": 0, "first": None, "last": None,
    "certainty": "seen", "certainty_name": "seen while running", "locator": "a.log:1",
}  # fmt: skip


def record(sent: int) -> dict[str, Any]:
    return {
        "subject": "app:<shop>@1", "requests": 9, "from": None, "to": None,
        "reasons": ["one reason"], "sent": [SENT] * sent,
        "hosts": [{"host": "=a.cn", "requests": 9, "opaque": 2}],
    }  # fmt: skip


def test_a_terminal_is_told_whom_what_and_how_much() -> None:
    text = egress_report(record(1), "table", "en")
    assert "9 requests sent out, 1 hosts" in text
    assert "one reason" in text
    assert "Weibo" in text
    assert "phone number" in text


def test_a_long_table_says_how_much_is_left() -> None:
    assert "5 rows more" in egress_report(record(35), "table", "en")


@pytest.mark.parametrize(("lang", "said"), [("zh", "未见个人信息"), ("en", "No PI was seen")])
def test_nothing_found_is_said(lang: str, said: str) -> None:
    assert said in egress_report(record(0), "table", lang)
    assert said in egress_report(record(0), "html", lang)


def test_csv_has_a_line_for_each_row_and_no_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(egress_report(record(2), "csv", "en"))))
    assert len(rows) == 2
    assert tuple(rows[0]) == COLUMNS
    assert rows[0]["host"] == "'=a.cn"


def test_json_is_the_record() -> None:
    assert json.loads(egress_report(record(1), "json", "zh")) == record(1)


def test_html_shows_all_and_escapes() -> None:
    page = egress_report(record(1), "html", "en")
    assert "app:&lt;shop&gt;@1" in page
    assert "POST /m" in page
    assert "Content-Security-Policy" in page
