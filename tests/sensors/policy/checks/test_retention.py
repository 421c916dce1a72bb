"""How long PI is kept."""

from __future__ import annotations

import pytest
from tests.sensors.policy.checks.asked import found

from hongxian.sensors.policy.checks import retention


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("我们会将日志保存六个月。", [180]),
        ("您的信息在达成目的所必需的最短期限内保存。", [None]),
        ("您的信息将由本公司永久保存。", [36500]),
        ("保存期限：3年", [1095]),
        ("# 保存期限\n超出期限后我们将删除您的信息。", [None]),
        ("我們僅在必要的期限內保存您的資料。", [None]),
        ("We retain logs for 90 days.", [90]),
        ("We keep your data only as long as necessary.", [None]),
        ("我们保留在法律允许的期限内修改本政策的权利。", []),
        ("您可以保存图片。", []),
        ("# 我们如何保存您的个人信息", []),
        ("我们将提前三十日通知您，并在停止运营后删除您的信息。", []),
        ("Please keep your password safe until you change it.", []),
    ],
)
def test_periods(text: str, days: list[float | None]) -> None:
    findings = found(retention, text)
    assert [one.amount for one in findings] == days
    assert {one.unit for one in findings} <= {"day", None}


def test_the_time_of_a_notice_is_no_period() -> None:
    (one,) = found(retention, "信息在必要期限内保存，停止运营的我们提前30日通知。")
    assert one.amount is None
