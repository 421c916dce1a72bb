"""How to have PI deleted."""

from __future__ import annotations

import pytest
from tests.sensors.policy.checks.asked import found

from hongxian.sensors.policy.checks import delete


@pytest.mark.parametrize(
    "text",
    [
        "您可以在“设置”页面删除您的浏览记录等个人信息。",
        "在以下情形中，您可以向我们提出删除个人信息的请求：处理行为违法。",
        "# 您的权利\n（三）删除您的信息：进入我的-相册，点击右上角即可。",
        "您可以通過客服電話申請刪除您的個人資料。",
        "You may request that we delete your personal information by e-mail.",
        "You can delete your data in Settings.",
    ],
)
def test_there(text: str) -> None:
    assert {one.item for one in found(delete, text)} == {"delete"}


@pytest.mark.parametrize(
    "text",
    [
        "您注销账号后，我们会删除您的个人信息。",
        "平台有权不经通知直接删除用户发布的内容。",
        "您可以在浏览器设置中清除cookie。",
        "您可以在设置中删除Cookies，其中可能含有信息。",
        "您可以删除您的个人信息。",
        "我们发现后会在后台系统中删除违法信息，您可联系客服。",
        "We will delete your information when the account is closed.",
        "You can remove cookies from your browser settings.",
    ],
)
def test_not_there(text: str) -> None:
    assert found(delete, text) == []
