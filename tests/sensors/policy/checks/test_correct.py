"""How to have PI corrected."""

from __future__ import annotations

import pytest
from tests.sensors.policy.checks.asked import found

from hongxian.sensors.policy.checks import correct


@pytest.mark.parametrize(
    "text",
    [
        "# 您的权利\n您可以在“我的-编辑资料”页面更正您的个人信息。",
        "您有权要求我们更正不准确的个人信息，请联系客服。",
        "# 管理您的信息\n修改您的头像、昵称：点击“设置”进入个人资料页。",
        "# 您的權利\n您可以在設置頁面更正您的個人資料。",
        "# Your rights\nYou can correct your profile information in Settings.",
        "You have the right to rectify your data by contacting us.",
    ],
)
def test_there(text: str) -> None:
    assert {one.item for one in found(correct, text)} == {"correct"}


@pytest.mark.parametrize(
    "text",
    [
        "# 您的权利\n我们可能会修改本隐私政策的内容，您可以在设置中查看。",
        "# 您的权利\n当您修改个人信息后，备份不会立即更新。",
        "我们向您提供的功能和服务是不断更新和发展的。",
        "# 您的权利\n# 更正您的个人信息",
        "您有权更正您的个人信息。",
        "# Your choices\nWe may update your information from third parties.",
    ],
)
def test_not_there(text: str) -> None:
    assert found(correct, text) == []
