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
    "我们会收集您的手机号、IMEI，上述信息用于保障账号安全。": {
        "collect basic.phone first_party risk",
        "collect device.imei first_party risk",
    },
    "我们会收集您的手机号。收集这些信息是为了登录。": {
        "collect basic.phone first_party login",
    },
    "# 您的权利\n注销账号后，我们将删除您的手机号。": {
        "delete basic.phone first_party -",
    },
    "# 您的权利\n为验证身份，您需要提供身份证号。": {
        "collect identity.doc_number first_party risk",
    },
    "# 您的权利\n我们会收集您的反馈。": set(),
    "个人信息的收集、使用规则如下。": set(),
    "我们会收集您的个人信息，用于登录。": {
        "collect - first_party login",
    },
    "We collect your personal information.": {
        "collect - first_party -",
    },
    "我们委托服务商处理您的地址。": {
        "entrust basic.address first_party>third_party -",
    },
    "我们会委托技术公司处理您的手机号。": {
        "entrust basic.phone first_party>third_party -",
    },
}


@pytest.mark.parametrize("text", FACTS)
def test_what_a_text_declares(text: str) -> None:
    assert said(text) == FACTS[text]
