"""Words that carry a sentence and are no terms: passives, pronouns, pointers."""

from __future__ import annotations

import pytest
from tests.sensors.policy.texts import said

FACTS: dict[str, set[str]] = {
    "Your location is collected by Amap for navigation.": {
        "collect location.precise amap map",
    },
    "您的手机号码将被用于登录。": {
        "use basic.phone first_party login",
    },
    "我们会收集您的IMEI。收集该信息是为了保障账号安全。": {
        "collect device.imei first_party risk",
    },
    "您的IMEI会被友盟SDK收集，用于统计分析。": {
        "collect device.imei umeng_analytics statistics",
    },
}


@pytest.mark.parametrize("text", FACTS)
def test_what_a_text_declares(text: str) -> None:
    assert said(text) == FACTS[text]
