"""Sentences about others: other users, links, other services."""

from __future__ import annotations

import pytest
from tests.sensors.policy.texts import said

FACTS: dict[str, set[str]] = {
    "第三方网站可能会收集您的个人信息，我们对此不承担责任。": {"collect - third_party -"},
    "我们会收集您的手机号。": {
        "collect basic.phone first_party -",
    },
    "第三方支付公司需要收集您的银行卡号，以便完成支付。": {
        "collect property.bank_card third_party pay",
    },
    "灯油科技SDK会收集您的IMEI。": {
        "collect device.imei named:灯油科技SDK -",
    },
    "Lamp Oil SDK collects your IMEI for statistics.": {
        "collect device.imei named:Lamp Oil SDK statistics",
    },
    "我们会向“灯油科技有限公司”提供您的手机号。": {
        "share basic.phone first_party>named:灯油科技有限公司 -",
    },
    "我们会与顺风速运共享您的收货地址。": {
        "share basic.address first_party>named:顺风速运 -",
    },
    "We share your phone number with Acme Cloud for delivery.": {
        "share basic.phone first_party>named:Acme Cloud basic_function",
    },
}


@pytest.mark.parametrize("text", FACTS)
def test_what_a_text_declares(text: str) -> None:
    assert said(text) == FACTS[text]


def test_the_name_behind_a_list_of_pi_is_found() -> None:
    assert said("我们会将您的姓名和身份证号码提供给平安保险。") == {
        "share basic.name first_party>named:平安保险 -",
        "share identity.doc_number first_party>named:平安保险 -",
    }
