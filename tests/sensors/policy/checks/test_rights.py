"""What the person can do, and what only sounds like it."""

from __future__ import annotations

import pytest
from tests.sensors.policy.checks.asked import details, quotes

from hongxian.sensors.policy.checks import delete, rights


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("您可以删除您的信息", "删除", True),
        ("我们会删除您的信息", "删除", False),
        ("您可以要求我们删除信息", "删除", True),
        ("您有权要求我们删除信息", "删除", True),
        ("公司有权直接删除内容", "删除", False),
        ("平台有权停止服务，删除内容", "删除", False),
        ("您无法删除该信息", "删除", False),
        ("第三方可访问您的信息", "访问", False),
        ("有权删除个人信息", "删除", True),
        ("we may delete your data", "delete", False),
        ("you can ask us to delete your data", "delete", True),
    ],
)
def test_who_does_it(text: str, verb: str, *, expected: bool) -> None:
    assert rights.by_person(text, text.index(verb)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("您可以删除您的信息", True),
        ("当您删除信息后，备份不会立即更新", False),
        ("您删除信息的行为不可逆", False),
        ("您有权选择，并随时删除", True),
    ],
)
def test_a_grant_is_told_from_a_consequence(text: str, *, expected: bool) -> None:
    assert rights.granted(text, text.index("删除")) is expected


def test_the_way_may_stand_in_the_lead_in_or_beside() -> None:
    text = "# 您的权利\n您有权删除您的个人信息。\n您可以发送邮件至客服邮箱行使上述权利。"
    assert quotes(delete, text) == ["您有权删除您的个人信息。"]
    assert details(delete, text) == [{"ways": ["contact"]}]
    assert quotes(delete, "# 您的权利\n您有权删除您的个人信息。") == []


def test_an_item_under_a_lead_in() -> None:
    text = (
        "# 您的权利\n您可以在“设置”页面行使以下权利：\n- 查阅、复制、删除您的个人信息；\n- 注销。"
    )
    assert details(delete, text) == [{"ways": ["app"]}]


def test_an_announcement_is_no_right() -> None:
    text = (
        "# 您的权利\n我们非常重视您的权利，并尽全力保护您删除个人信息的权利。\n"
        "您可以在设置中关闭定位。"
    )
    assert quotes(delete, text) == []
