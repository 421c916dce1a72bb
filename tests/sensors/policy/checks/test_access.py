"""How to see one's PI."""

from __future__ import annotations

import pytest
from tests.sensors.policy.checks.asked import found

from hongxian.sensors.policy.checks import access


@pytest.mark.parametrize(
    "text",
    [
        "# 您的权利\n您可以登录账号，在“我的”-“个人资料”页面查询您的个人信息。",
        "# 三、管理您的信息\n（一）查阅您的信息：进入【我的】-【设置】可查看您的个人信息。",
        "您有权通过客服热线访问您的个人信息。",
        "# 您的權利\n您可以進入設置頁面查詢您的個人資料。",
        "# 您的权利\n您可以在“设置”页面行使以下权利：\n- 查阅、复制、转移您的个人信息；",
        "# Your rights\nYou may access your personal information in Settings > Account.",
        "You have the right to access your personal data; please contact us by e-mail.",
        "# 您的权利\n查询您的个人信息：点击头像进入资料页。",
    ],
)
def test_there(text: str) -> None:
    assert [one.item for one in found(access, text)] == ["access"]


@pytest.mark.parametrize(
    "text",
    [
        "# 您的权利\n# 访问您的个人信息",
        "您有权访问您的个人信息。",
        "# 您的权利\n我们会访问您的相册以读取照片信息，您可在设置中关闭。",
        "# 您的权利\n您无法在应用内查询该信息。",
        "我们仅允许员工访问必要的个人信息。",
        "您可以访问我们的网站了解更多信息。",
        "# Access control\nOnly employees who need it may access your information in settings.",
    ],
)
def test_not_there(text: str) -> None:
    assert found(access, text) == []
