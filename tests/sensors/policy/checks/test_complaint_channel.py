"""Where to complain."""

from __future__ import annotations

import pytest
from tests.sensors.policy.checks.asked import found

from hongxian.sensors.policy.checks import complaint_channel


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("如您有投诉、举报，请发送邮件至privacy@lantern.example。", ["email"]),
        ("如有任何疑问、意见或投诉，您可以通过以下方式联系我们：\n- 电话：400-800-1234", ["phone"]),
        ("# 投诉与举报\n请拨打热线电话：400-800-1234。", ["phone"]),
        ("您可以点击“我的客服”发起投诉。", ["online"]),
        ("如有投訴，請致電熱線：400-800-1234。", ["phone"]),
        ("For complaints, please e-mail privacy@lantern.example.", ["email"]),
    ],
)
def test_there(text: str, kinds: list[str]) -> None:
    assert found(complaint_channel, text)[0].detail == {"kinds": kinds}


@pytest.mark.parametrize(
    "text",
    [
        "您有权向监管部门投诉或举报。",
        "如您被其他用户投诉，我们会联系您。",
        "我们会收集您投诉时提供的联系方式，请您在页面查看。",
        "我们重视您的投诉权利。",
        "# 投诉举报渠道",
        "您通过客服所提交的信息：投诉、举报。",
        "You may complain to the supervisory authority.",
        "如您侵权被投诉，请联系客服。",
    ],
)
def test_not_there(text: str) -> None:
    assert found(complaint_channel, text) == []
