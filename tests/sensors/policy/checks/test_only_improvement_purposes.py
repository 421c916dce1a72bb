"""PI asked for only to improve, to push or to advertise."""

from __future__ import annotations

import pytest
from tests.sensors.policy.checks.asked import found

from hongxian.sensors.policy.checks import only_improvement_purposes


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("为了改善产品体验，我们会收集您的设备序列号。", 1),
        ("为了改善产品体验，我们会收集您的手机号码。\n为了注册登录，我们会收集您的手机号码。", 0),
        ("我们会收集您的手机号码。", 0),
        ("为了推送广告，我们不会收集您的手机号码。", 0),
    ],
)
def test_each_info(text: str, count: int) -> None:
    findings = found(only_improvement_purposes, text)
    assert len(findings) == count
    assert all(one.info and one.purpose == "improve" for one in findings)
