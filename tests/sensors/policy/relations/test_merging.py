"""The same thing said twice is one fact; what says more takes the place of what says less."""

from __future__ import annotations

import pytest
from tests.sensors.policy.texts import said

FACTS: dict[str, set[str]] = {
    "我们会收集您的手机号。我们会收集您的手机号。": {
        "collect basic.phone first_party -",
    },
    "我们会收集您的手机号。我们收集您的手机号用于登录。": {
        "collect basic.phone first_party -",
        "collect basic.phone first_party login",
    },
    "我们收集并使用您的性别。": {
        "collect basic.gender first_party -",
    },
    "我们委托第三方机构处理您的手机号，用于问卷调查。": {
        "entrust basic.phone first_party>third_party other",
    },
    "我们会收集您的IMEI用于统计分析，也用于保障账号安全。": {
        "collect device.imei first_party statistics",
        "collect device.imei first_party risk",
    },
}


@pytest.mark.parametrize("text", FACTS)
def test_what_a_text_declares(text: str) -> None:
    assert said(text) == FACTS[text]
