"""What points elsewhere is not the thing itself."""

from __future__ import annotations

import pytest

from hongxian.sensors.policy.checks.strike import STRUCK, strike


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("详见本政策第五条。", "。"),
        ("我们如何保存您的信息", ""),
        ("请查看“您的权利”部分，您可以删除。", "，您可以删除。"),
        ("please see section 5 for details.", "."),
        ("this policy explains how we keep your data.", "this policy explains ."),
        ("您可以删除您的信息。", "您可以删除您的信息。"),
        ("点击设置了解如何删除", "点击设置了解如何删除"),
        ("根据法律规定保存。", "根据法律规定保存。"),
    ],
)
def test_struck(text: str, left: str) -> None:
    struck = strike(text)
    assert len(struck) == len(text)
    assert struck.replace(STRUCK, "") == left
