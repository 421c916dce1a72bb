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
}


@pytest.mark.parametrize("text", FACTS)
def test_what_a_text_declares(text: str) -> None:
    assert said(text) == FACTS[text]
