from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.reports.policy import render
from hongxian.reports.policy.table import WIDTH
from hongxian.words.table import cells

if TYPE_CHECKING:
    from hongxian.reports.policy import PolicyView


def test_missing_parts_are_told_in_both_languages(poor: PolicyView) -> None:
    chinese, english = render([poor], "table", "zh"), render([poor], "table", "en")
    assert "没有找到" in chinese
    assert "not found" in english
    assert "✗" in chinese
    assert "✗" in english


def test_a_row_names_who_does_what(clean: PolicyView) -> None:
    rows = [line for line in render([clean], "table", "zh").splitlines() if "IMEI" in line]
    assert any("收集" in row for row in rows)


def test_an_unreadable_page_is_said_to_be_one(shell: PolicyView) -> None:
    text = render([shell], "table", "zh")
    assert "脚本" in text
    assert "没有找到" not in text


def test_lines_fit(clean: PolicyView, poor: PolicyView) -> None:
    lines = render([clean, poor], "table", "zh").splitlines()
    assert max(map(cells, lines)) <= WIDTH + 20
