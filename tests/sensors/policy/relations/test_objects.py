"""Which PI an act is about."""

from __future__ import annotations

import pytest
from tests.sensors.policy.texts import said

FACTS: dict[str, set[str]] = {
    "我们收集的信息包括：姓名、电话。": {
        "collect basic.name first_party -",
        "collect basic.phone first_party -",
    },
    "我们会收集您的设备信息（包括IMEI、Android ID）。": {
        "collect device.imei first_party -",
        "collect device.android_id first_party -",
    },
    "我们会收集您的设备信息。": {
        "collect device first_party -",
    },
    "我们会收集您的个人信息。": {
        "collect - first_party -",
    },
    "您的手机号码将用于向您推送消息。": {
        "use basic.phone first_party push",
    },
    "我们会收集您的手机号用于登录，收集您的位置信息用于导航。": {
        "collect basic.phone first_party login",
        "collect location.precise first_party map",
    },
    "为了支付，我们会收集您的姓名和银行卡号，并将其提供给微信支付。": {
        "collect basic.name first_party pay",
        "collect property.bank_card first_party pay",
        "share basic.name first_party>wechat pay",
        "share property.bank_card first_party>wechat pay",
    },
    "手机号码属于敏感个人信息。": set(),
    "我们会将您的聊天记录保存30天，到期后自动删除。": {
        "store comm.im first_party -",
        "delete comm.im first_party -",
    },
    "您的聊天记录会存储在境内。到期后自动删除。": {
        "store comm.im first_party -",
        "delete comm.im first_party -",
    },
    "我们收集您的手机号。到期后自动删除。": {
        "collect basic.phone first_party -",
    },
    "我们会存储您的手机号。\n到期后自动删除。": {
        "store basic.phone first_party -",
    },
}


@pytest.mark.parametrize("text", FACTS)
def test_what_a_text_declares(text: str) -> None:
    assert said(text) == FACTS[text]
