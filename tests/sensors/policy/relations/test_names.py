"""Parties by name: lists, companies, and names that no list knows."""

from __future__ import annotations

import pytest
from tests.sensors.policy.texts import said

FACTS: dict[str, set[str]] = {
    "我们会与顺风速运共享您的收货地址。": {
        "share basic.address first_party>named:顺风速运 -",
    },
    "友盟SDK会收集您的IMEI，用于统计分析。": {
        "collect device.imei umeng_analytics statistics",
    },
    "我们会向“灯油科技有限公司”提供您的手机号。": {
        "share basic.phone first_party>named:灯油科技有限公司 -",
    },
    "我们会向北京三快科技有限公司提供您的手机号。": {
        "share basic.phone first_party>meituan -",
    },
    "极光推送SDK会收集您的Android ID，用于消息推送。": {
        "collect device.android_id jpush push",
    },
}


@pytest.mark.parametrize("text", FACTS)
def test_what_a_text_declares(text: str) -> None:
    assert said(text) == FACTS[text]
