"""How personalisation is switched off."""

from __future__ import annotations

import pytest
from tests.sensors.policy.checks.asked import found

from hongxian.sensors.policy.checks import personalised_off


@pytest.mark.parametrize(
    "text",
    [
        "您可以在“我的-设置-隐私”中关闭个性化推荐。",
        "如您不希望接收营销短信，您可以回复TD或联系客服退订。",
        "# 个性化推荐\n您可以在设置页面关闭该功能。",
        "您可以在設置頁面關閉個性化廣告。",
        "You can turn off personalised ads in Settings.",
        "If you do not want marketing e-mails, click to unsubscribe.",
    ],
)
def test_there(text: str) -> None:
    assert {one.item for one in found(personalised_off, text)} == {"personalised_off"}


@pytest.mark.parametrize(
    "text",
    [
        "个性化推荐功能不支持关闭，请在设置中查看。",
        "违规广告会被系统进行屏蔽，您可以在页面查看。",
        "您可以在设置中关闭位置权限。",
        "您可以关闭个性化推荐。",
        "# 关闭个性化推荐",
        "如您不希望收到好友推荐，可以在设置中关闭。",
        "We may stop marketing campaigns at any time.",
    ],
)
def test_not_there(text: str) -> None:
    assert found(personalised_off, text) == []
