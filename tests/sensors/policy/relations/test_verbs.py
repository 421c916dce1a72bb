"""Which acts a sentence names, and which words only look like them."""

from __future__ import annotations

import pytest
from tests.sensors.policy.texts import said

FACTS: dict[str, set[str]] = {
    "我们会收集并使用您的手机号，但不会出售您的手机号。": {
        "collect basic.phone first_party -",
        "not_share basic.phone first_party>third_party -",
    },
    "在收集您的敏感个人信息前，我们会征得您的单独同意。": set(),
    "我们采取措施防止您的个人信息遭到未经授权的访问、公开披露、使用、修改。": set(),
    "如发生合并、收购，您的个人信息可能会被转让。": {
        "transfer - first_party -",
    },
    "我们会存储您的手机号。": {
        "store basic.phone first_party -",
    },
    "When you register, you need to provide your phone number and password.": {
        "collect basic.phone first_party login",
        "collect auth.password first_party login",
    },
    "我们会根据您的浏览记录向您推荐商品。": {
        "use weblog.browsing first_party recommendation",
    },
    "We share your order information with logistics providers for delivery.": {
        "share trade.order first_party>third_party basic_function",
    },
}


@pytest.mark.parametrize("text", FACTS)
def test_what_a_text_declares(text: str) -> None:
    assert said(text) == FACTS[text]
