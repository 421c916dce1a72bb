"""By what means the person can act."""

from __future__ import annotations

import pytest
from tests.sensors.policy.checks.asked import policy

from hongxian.sensors.policy.checks.ways import ways, ways_around


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("点击“设置”进入账号页面", ["app"]),
        ("您可以拨打客服热线", ["contact"]),
        ("在设置中操作，或与我们联系", ["app", "contact"]),
        ("go to settings", ["app"]),
        ("please contact us by e-mail", ["contact"]),
        ("关闭相应的位置权限", ["app"]),
        ("我们提供的功能不断更新", []),
        ("您的电话号码", []),
    ],
)
def test_means(text: str, expected: list[str]) -> None:
    assert ways(text) == expected


def test_the_lead_in_goes_before_what_stands_around() -> None:
    made = policy("您可以通过客服热线办理：\n- 删除您的信息；\n- 在设置中查看。")
    assert ways_around(made, made.passages[1]) == ["contact"]


def test_another_section_does_not_count() -> None:
    made = policy("# 一\n您有权删除您的信息。\n# 二\n您可以联系客服。")
    assert ways_around(made, made.passages[1]) == []
