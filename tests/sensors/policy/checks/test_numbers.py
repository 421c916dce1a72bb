"""Numbers and dates as policies write them."""

from __future__ import annotations

from datetime import date

import pytest

from hongxian.sensors.policy.checks.numbers import dates, number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("15", 15), ("十五", 15), ("三十", 30), ("一百二十", 120), ("二〇二四", 2024), ("两", 2),
        ("拾伍", 15), ("fifteen", 15), ("thirty", 30), ("若干", None), ("", None), ("²", None),
    ],
)  # fmt: skip
def test_numbers(text: str, value: int | None) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "2024年5月1日", "2024-05-01", "2024.5.1", "2024/05/01", "二〇二四年五月一日",
        "二零二四年五月一日",
        "may 1, 2024", "may 1st 2024", "1 may 2024", "20240501", "2024 年 5 月 1 日",
    ],
)  # fmt: skip
def test_dates(text: str) -> None:
    assert list(dates(text)) == [(0, len(text), date(2024, 5, 1))]


@pytest.mark.parametrize("text", ["2024年13月1日", "2024年2月30日", "1.2.3", "2024年5月", "v2024"])
def test_no_dates(text: str) -> None:
    assert list(dates(text)) == []
