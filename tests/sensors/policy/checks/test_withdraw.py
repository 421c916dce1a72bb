"""How to withdraw consent."""

from __future__ import annotations

import pytest
from tests.sensors.policy.checks.asked import details, found

from hongxian.sensors.policy.checks import withdraw


@pytest.mark.parametrize(
    "text",
    [
        "您可以通过关闭设备功能、在隐私设置中撤回您的授权。",
        "# 改变您授权同意的范围\n您可以在手机系统设置中关闭位置权限。",
        "您可以联系客服撤销您对我们处理个人信息的同意。",
        "您可以在设置页面改变您授权我们继续收集个人信息的范围。",
        "您的同意可以随时撤回：设置-隐私-撤回同意。",
        "您可以在設置中撤回您的授權同意。",
        "You may withdraw your consent at any time in Settings.",
        "# Withdrawing consent\nYou can turn off permissions in your device settings.",
    ],
)
def test_there(text: str) -> None:
    assert {one.item for one in found(withdraw, text)} == {"withdraw"}


@pytest.mark.parametrize(
    "text",
    [
        "当您撤回同意后，我们将不再处理您的信息。",
        "您撤回同意的决定，不会影响此前的处理。",
        "您一经同意即不可撤回，您可在设置中查看。",
        "以下情形我们无需征得您的授权同意，且可能不会响应您的撤回同意请求。",
        "# 撤回同意",
        "您可以在设置中关闭位置权限。",
        "Withdrawing your consent does not affect prior processing.",
    ],
)
def test_not_there(text: str) -> None:
    assert found(withdraw, text) == []


def test_the_way_is_told() -> None:
    text = "您可以在设置中撤回授权，也可以拨打客服电话撤回。"
    assert details(withdraw, text) == [{"ways": ["app", "contact"]}]
