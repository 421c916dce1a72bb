"""What headings, lead-ins and earlier sentences give to a clause."""

from __future__ import annotations

import pytest
from tests.sensors.policy.texts import said

FACTS: dict[str, set[str]] = {
    "## （二）支付功能\n我们会收集您的订单信息。": {
        "collect trade.order first_party pay",
    },
    "为了支付，我们会收集以下信息：\n（1）姓名；\n（2）银行卡号。": {
        "collect basic.name first_party pay",
        "collect property.bank_card first_party pay",
    },
    "为了支付，我们会收集您的姓名。\n上述信息将共享给微信支付。": {
        "collect basic.name first_party pay",
        "share basic.name first_party>wechat -",
    },
    "## 三、第三方SDK收集的信息\n为了统计分析，会收集您的IMEI。": {
        "collect device.imei third_party statistics",
    },
    "我们不会收集以下信息：\n- 通讯录\n- 短信": {
        "not_collect contact.address_book first_party -",
        "not_collect comm.sms first_party -",
    },
    "我们会收集以下信息：\n- 手机号，用于登录\n- 位置，用于导航": {
        "collect basic.phone first_party login",
        "collect location.precise first_party map",
    },
    "## 二、第三方服务\n- 第三方账号登录：收集昵称": {
        "collect basic.nickname first_party -",
    },
}


@pytest.mark.parametrize("text", FACTS)
def test_what_a_text_declares(text: str) -> None:
    assert said(text) == FACTS[text]
