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
}


@pytest.mark.parametrize("text", FACTS)
def test_what_a_text_declares(text: str) -> None:
    assert said(text) == FACTS[text]
