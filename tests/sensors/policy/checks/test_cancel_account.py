"""How to cancel the account."""

from __future__ import annotations

import pytest
from tests.sensors.policy.checks.asked import found

from hongxian.sensors.policy.checks import cancel_account


@pytest.mark.parametrize(
    "text",
    [
        "您可以在“我的-设置-账号与安全-注销账号”中注销您的账号。",
        "您可以联系客服申请注销账户。",
        "账号注销路径：我的→设置→注销。",
        "您可以在設置中申請註銷您的帳號。",
        "您可以在设置页面删除您的账号。",
        "You can delete your account in Settings > Account.",
        "You may close your account by contacting us.",
    ],
)
def test_there(text: str) -> None:
    assert {one.item for one in found(cancel_account, text)} == {"cancel_account"}


@pytest.mark.parametrize(
    "text",
    [
        "您注销账号后，我们将停止提供服务并删除您的信息。",
        "如您违反协议，我们有权注销您的账号，您可联系客服申诉。",
        "本软件有权立即停止提供软件，注销用户的帐号。",
        "本产品暂不支持注销账号，请联系客服。",
        "公司注销的，可以联系工商部门。工商注销请在页面办理。",
        "# 注销账号",
        "We may terminate your account if you breach the terms; contact us to appeal.",
    ],
)
def test_not_there(text: str) -> None:
    assert found(cancel_account, text) == []
