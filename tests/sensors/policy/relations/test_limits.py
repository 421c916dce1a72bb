"""Negation, conditions, exceptions: what is promised, allowed or left open."""

from __future__ import annotations

import pytest
from tests.sensors.policy.texts import declared, said

FACTS: dict[str, set[str]] = {
    "我们不会收集您的通讯录。": {
        "not_collect contact.address_book first_party -",
    },
    "未经您的同意，我们不会向任何第三方共享您的个人信息。": {
        "share - first_party>third_party -",
    },
    "我们不会与任何公司共享您的个人信息，但获得您明确同意的除外。": {
        "share - first_party>third_party -",
    },
    "除法律法规另有规定外，我们不会公开披露您的个人信息。": {
        "disclose - first_party -",
    },
    "如您拒绝提供位置信息，您将无法使用导航功能。": set(),
    "如您不同意，我们将不会收集您的位置信息。": set(),
    "以下情形中，我们收集您的个人信息无需征得您的同意：\n（1）与国家安全直接相关的；": set(),
    "We never collect your contacts.": {
        "not_collect contact.address_book first_party -",
    },
    "We will not share your personal information with third parties without your consent.": {
        "share - first_party>third_party -",
    },
    "我们不会收集您的通讯录，但会收集您的手机号。": {
        "not_collect contact.address_book first_party -",
        "collect basic.phone first_party -",
    },
    "我们不仅收集您的手机号，还收集您的邮箱。": {
        "collect basic.phone first_party -",
        "collect basic.email first_party -",
    },
    "您不使用导航功能，我们就不会收集您的位置信息。": set(),
    "我们发现在未事先获得监护人同意的情况下收集了儿童个人信息的，会设法尽快删除。": set(),
}


@pytest.mark.parametrize("text", FACTS)
def test_what_a_text_declares(text: str) -> None:
    assert said(text) == FACTS[text]


def test_conditions_and_possibilities_are_kept() -> None:
    [share] = declared("未经您的单独同意，我们不会向第三方提供您的手机号。")
    assert share.condition == "separate_consent"
    [law] = declared("除法律法规另有规定外，我们不会公开披露您的手机号。")
    assert law.condition in {"law", "legal_exception"}
    [may] = declared("我们可能会收集您的手机号。")
    assert may.possible
    [sure] = declared("我们会收集您的手机号。")
    assert not sure.possible
