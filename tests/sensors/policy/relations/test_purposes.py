"""What for: before the act, after it, in a heading or a label."""

from __future__ import annotations

import pytest
from tests.sensors.policy.texts import said

FACTS: dict[str, set[str]] = {
    "为了向您提供注册服务，我们会收集您的手机号码。": {
        "collect basic.phone first_party login",
    },
    "我们会收集您的IMEI，用于身份验证、统计分析。": {
        "collect device.imei first_party risk",
        "collect device.imei first_party statistics",
    },
    "消息推送：我们会收集您的Android ID。": {
        "collect device.android_id first_party push",
    },
    "当您使用支付功能时，我们会获取您的银行卡号。": {
        "collect property.bank_card first_party pay",
    },
    "我们会收集您的IMEI。": {
        "collect device.imei first_party -",
    },
    "To prevent fraud, we use your IP address.": {
        "use netid.ip first_party risk",
    },
    "我们会收集您的IMEI，以便改善服务质量、提升用户体验。": {
        "collect device.imei first_party improve",
    },
    "为履行法定义务，我们会收集您的身份证号码。": {
        "collect identity.doc_number first_party legal_duty",
    },
    "我们会基于您的浏览记录，为您推荐商品。": {
        "use weblog.browsing first_party recommendation",
    },
    "当您支付时我们会收集您的银行卡号，以便完成支付。": {
        "collect property.bank_card first_party pay",
    },
    "我们使用您的位置信息，方便您查找附近门店。": {
        "use location.precise first_party map",
    },
    "上述功能需要使用您的位置信息。": {
        "use location.precise first_party -",
    },
    "我们会收集您的设备信息并提供给友盟，用于统计分析。": {
        "collect device first_party statistics",
        "share device first_party>umeng_analytics statistics",
    },
    "我们会收集您的手机号，用于登录；收集您的位置信息，用于导航。": {
        "collect basic.phone first_party login",
        "collect location.precise first_party map",
    },
    "## （二）支付功能\n我们会收集您的订单信息。": {
        "collect trade.order first_party pay",
    },
    "我们会收集您的手机号，用于灯油的调配。": {
        "collect basic.phone first_party basic_function",
    },
}


@pytest.mark.parametrize("text", FACTS)
def test_what_a_text_declares(text: str) -> None:
    assert said(text) == FACTS[text]
