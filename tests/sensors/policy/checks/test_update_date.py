"""When the policy was last changed."""

from __future__ import annotations

import pytest
from tests.sensors.policy.checks.asked import found

from hongxian.sensors.policy.checks import update_date


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("最近更新日期：2024年5月1日", ["2024-05-01"]),
        ("更新日期：【2024-05-01】", ["2024-05-01"]),
        ("本政策于2024年5月1日修订。", ["2024-05-01"]),
        ("# 隐私政策（2024年5月1日更新）", ["2024-05-01"]),
        ("版本：20240501", ["2024-05-01"]),
        ("Last updated: May 1, 2024", ["2024-05-01"]),
        ("发布日期：2024年5月1日", ["2024-05-01"]),
        ("发布日期：2023年1月1日\n更新日期：2024年5月1日", ["2024-05-01"]),
        ("生效日期：2024年5月1日", []),
        ("本政策将不时更新。", []),
        ("您于2024年5月1日提交的资料", []),
    ],
)
def test_days(text: str, days: list[str]) -> None:
    assert [str(one.day) for one in found(update_date, text)] == days
