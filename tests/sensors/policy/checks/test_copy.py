"""How to get a copy."""

from __future__ import annotations

import pytest
from tests.sensors.policy.checks.asked import found

from hongxian.sensors.policy.checks import copy


@pytest.mark.parametrize(
    "text",
    [
        "您有权获取您的个人信息副本，请发送邮件至我们的邮箱。",
        "您可以在“设置-隐私-导出个人信息”中导出您的个人信息。",
        "如您需要将个人信息转移至您指定的处理者，可以联系客服转移您的个人信息。",
        "You may request a copy of your personal information by contacting us.",
        "# 您的权利\n您可以在“设置”页面行使以下权利：\n- 查阅、复制、转移您的个人信息；",
        "You can export your data in Settings.",
    ],
)
def test_there(text: str) -> None:
    assert [one.item for one in found(copy, text)] == ["copy"]


@pytest.mark.parametrize(
    "text",
    [
        "未经许可，您不得复制本软件中的任何内容和信息。",
        "您可以通过客服提交身份证复印件或副本。",
        "您的个人信息可能会被转移至境外，您可联系客服了解。",
        "您有权获取您的个人信息副本。",
        "We may transfer your data to affiliates; contact us for details.",
    ],
)
def test_not_there(text: str) -> None:
    assert found(copy, text) == []
