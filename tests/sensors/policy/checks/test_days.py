"""Which date of a line a label names."""

from __future__ import annotations

from datetime import date

from tests.sensors.policy.checks.asked import policy

from hongxian.sensors.policy.checks.days import dated, labelled
from hongxian.sensors.policy.checks.seek import words

BEFORE, AFTER = words(r"生效[:：]$"), words(r"起?生效")


def test_label_before_or_after() -> None:
    made = policy("生效：2024年5月1日 更新：2024年4月1日\n自2023年1月1日起生效。")
    days = [day for _, day in labelled(made, ("生效",), BEFORE, AFTER)]
    assert days == [date(2024, 5, 1), date(2023, 1, 1)]


def test_the_date_of_a_law_is_not_meant() -> None:
    made = policy("《个人信息保护法》2021年11月1日起生效。")
    assert list(labelled(made, ("生效",), BEFORE, AFTER)) == []


def test_a_date_is_told_once() -> None:
    made = policy("生效：2024年5月1日\n2024年5月1日起生效。")
    assert len(list(dated(made, "effective_date", ("生效",), BEFORE, AFTER))) == 1
