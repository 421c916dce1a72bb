"""Sensitive PI marked off from the rest."""

from __future__ import annotations

import pytest
from tests.sensors.policy.checks.asked import bold, details, found

from hongxian.sensors.policy.checks import sensitive_marked


@pytest.mark.parametrize(
    "text",
    [
        "我们以加粗方式提示您其中的敏感个人信息。",
        "我们会收集您的身份证号码（个人敏感信息）。",
        "身份证号码属于敏感个人信息，我们会加密。",
        "以下划线标识的信息为您的个人敏感信息。",
        "我們會以粗體標示敏感個人信息。",
        "Sensitive personal information is marked in bold.",
        "Your ID number is sensitive personal information.",
    ],
)
def test_words(text: str) -> None:
    assert details(sensitive_marked, text) == [{"how": "words"}]


@pytest.mark.parametrize(
    "text",
    [
        "敏感个人信息是指一旦泄露容易导致人格尊严受到侵害的信息。",
        "某些信息可能被认为是敏感个人信息。",
        "昵称不属于敏感个人信息（个人信息）。",
        "我们会保护您的敏感个人信息。",
        "Sensitive personal information means information that may harm you.",
    ],
)
def test_no_marks(text: str) -> None:
    assert found(sensitive_marked, text) == []


def test_bold_type() -> None:
    read = bold("我们会收集您的*身份证号码*和*银行卡号*用于支付。" + "我们重视您的隐私。" * 5)
    (one,) = found(sensitive_marked, read)
    assert one.detail == {"how": "type", "marked": 2, "sensitive": 2}
    assert one.info is not None


def test_bold_type_elsewhere_or_everywhere_marks_nothing() -> None:
    assert found(sensitive_marked, bold("我们会收集您的身份证号码用于*实名认证*。")) == []
    assert found(sensitive_marked, bold("*我们会收集您的身份证号码用于实名认证。*")) == []
