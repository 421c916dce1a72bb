"""To whom PI is given."""

from __future__ import annotations

import pytest
from tests.sensors.policy.checks.asked import found

from hongxian.sensors.policy.checks import sharing


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("我们会将您的手机号码共享给合作伙伴。", ["share"]),
        (
            "我们会将您的订单信息共享给快递公司。\n我们会公开披露您的昵称。",
            ["share", "disclose"],
        ),
        ("您不得将本软件的信息公开。", []),
        ("我们重视您的隐私。", []),
        ("# 我们如何共享您的个人信息", []),
    ],
)
def test_acts(text: str, acts: list[str]) -> None:
    assert [one.detail["act"] for one in found(sharing, text)] == acts


@pytest.mark.parametrize(
    "text",
    [
        "除下列情形外，平台不会将资料透露给任何人。",
        "We will never sell your information.",
        "我们不会向任何第三方共享您的个人信息。",
    ],
)
def test_a_denial_tells_too(text: str) -> None:
    assert len(found(sharing, text)) == 1
