"""Whether the policy says which PI is collected."""

from __future__ import annotations

from tests.sensors.policy.checks.asked import details, quotes

from hongxian.sensors.policy.checks import collection_rules

RULES = "为了向您推送消息，我们会收集您的手机号码和位置信息。"


def test_the_clause_with_a_purpose() -> None:
    text = f"我们会收集您的姓名。\n{RULES}"
    assert quotes(collection_rules, text) == [RULES.rstrip("。")] or quotes(
        collection_rules, text
    ) == [RULES]
    assert details(collection_rules, text) == [{"infos": 3}]


def test_nothing_said() -> None:
    assert quotes(collection_rules, "我们重视您的个人信息。") == []
    assert quotes(collection_rules, "我们不会收集您的身份证号码。") == []
