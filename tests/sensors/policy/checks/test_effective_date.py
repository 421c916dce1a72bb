"""From when the policy holds."""

from __future__ import annotations

import pytest
from tests.sensors.policy.checks.asked import found

from hongxian.sensors.policy.checks import effective_date


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("生效日期：2024年5月1日", ["2024-05-01"]),
        ("# 隐私政策（自二〇二四年五月一日起施行）", ["2024-05-01"]),
        ("本政策自2024.5.1起生效。", ["2024-05-01"]),
        ("本隱私政策於2024年5月1日正式生效。", ["2024-05-01"]),
        ("Effective date: May 1, 2024", ["2024-05-01"]),
        ("This policy takes effect on 1 May 2024.", ["2024-05-01"]),
        ("更新日期：2024年4月1日　生效日期：2024年5月1日", ["2024-05-01"]),
        ("根据2021年11月1日起施行的《个人信息保护法》", []),
        ("《网络安全法》（2017年6月1日起施行）", []),
        ("更新日期：2024年5月1日", []),
        ("本政策自发布之日起生效。", []),
        ("生效日期：2024年5月", []),
    ],
)
def test_days(text: str, days: list[str]) -> None:
    assert [str(one.day) for one in found(effective_date, text)] == days
