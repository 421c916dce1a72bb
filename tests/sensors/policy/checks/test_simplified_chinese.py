"""Whether the text is there in simplified Chinese."""

from __future__ import annotations

import pytest
from tests.sensors.policy.checks.asked import found

from hongxian.sensors.policy.checks import simplified_chinese

HANS = "我们会收集您的手机号码，用于注册账号。"
HANT = "我們會收集您的手機號碼，用於註冊帳號。"
ENGLISH = "We collect your phone number to register your account. "


@pytest.mark.parametrize(
    ("text", "there"),
    [
        (HANS, True),
        (HANT, False),
        (ENGLISH, False),
        ("", False),
        (ENGLISH * 100 + "\n" + HANS * 15, True),
        (ENGLISH * 100 + "\n" + HANS, False),
        (HANT * 15 + "\n" + HANS * 20, True),
        (HANS * 20 + "\n本软件受著作权法保护，由乾坤公司开发。", True),
    ],
)
def test_there(text: str, *, there: bool) -> None:
    assert bool(found(simplified_chinese, text)) is there
