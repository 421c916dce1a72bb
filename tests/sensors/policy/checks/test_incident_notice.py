"""What the person is told after a leak."""

from __future__ import annotations

import pytest
from tests.sensors.policy.checks.asked import found

from hongxian.sensors.policy.checks import incident_notice


@pytest.mark.parametrize(
    "text",
    [
        "发生个人信息安全事件后，我们将及时向您告知事件的基本情况。",
        "若信息泄露，我们会以推送通知的方式告知您。",
        "# 安全事件处置\n难以逐一告知的，我们会发布公告。",
        "發生個人信息安全事件後，我們將及時向您告知。",
        "In the event of a data breach we will notify you without delay.",
        "We will inform you of any security incident.",
    ],
)
def test_there(text: str) -> None:
    assert [one.item for one in found(incident_notice, text)] == ["incident_notice"]


@pytest.mark.parametrize(
    "text",
    [
        "如您发现账号被盗等安全问题，请您立即通知我们。",
        "我们会采取措施防止信息泄露、损毁。",
        "发生安全事件的，我们不会通知用户。",
        "# 安全事件告知",
        "If you learn of a breach, please notify us.",
    ],
)
def test_not_there(text: str) -> None:
    assert found(incident_notice, text) == []
