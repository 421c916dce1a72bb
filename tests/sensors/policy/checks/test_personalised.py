"""Whether something is personalised."""

from __future__ import annotations

import pytest
from tests.sensors.policy.checks.asked import found

from hongxian.sensors.policy.checks import personalised


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("我们会根据您的浏览记录向您进行个性化推荐。", ["recommendation"]),
        ("我们会向您展示您可能感兴趣的商品。", ["recommendation"]),
        ("我们可能向您投放定向广告。", ["ads"]),
        ("我们會向您推送您可能感興趣的營銷信息。", ["recommendation", "push"]),
        ("We use your data to show personalised ads.", ["recommendation", "ads"]),
        ("我们不会向您进行个性化推荐。", []),
        ("We do not use your data for profiling.", []),
        ("# 个性化推荐", []),
        ("我们会收集您的精准定位信息。", []),
    ],
)
def test_kinds(text: str, kinds: list[str]) -> None:
    assert [one.detail["kind"] for one in found(personalised, text)] == kinds


def test_each_kind_once() -> None:
    assert len(found(personalised, "我们进行个性化推荐。\n我们提供个性化内容。")) == 1
