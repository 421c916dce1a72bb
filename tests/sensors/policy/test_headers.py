"""What the header of a column announces."""

from __future__ import annotations

import pytest

from hongxian.sensors.policy.headers import role_of


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("SDK名称", "party"),
        ("第三方SDK名称", "party"),
        ("第三方名称", "party"),
        ("插件名称", "party"),
        ("Third party", "party"),
        ("SDK name", "party"),
        ("公司名称", "company"),
        ("SDK提供方", "company"),
        ("运营主体", "company"),
        ("Provider", "company"),
        ("接收方", "recipient"),
        ("共享对象", "recipient"),
        ("Shared with", "recipient"),
        ("使用目的", "purpose"),
        ("用途", "purpose"),
        ("Purpose", "purpose"),
        ("收集个人信息类型", "info"),
        ("涉及个人信息", "info"),
        ("个人信息字段", "info"),
        ("共享信息内容", "info"),
        ("Data collected", "info"),
        ("Personal information", "info"),
        ("使用场景", "function"),
        ("业务功能", "function"),
        ("Feature", "function"),
        ("权限名称", "permission"),
        ("Permission", "permission"),
        ("收集方式", "method"),
        ("保存期限", "retention"),
        ("Retention period", "retention"),
        ("官网链接", "link"),
        ("隐私政策链接", "link"),
        ("Privacy policy", "link"),
        ("序号", "none"),
        ("是否必要", "none"),
        ("备注", "none"),
    ],
)
def test_headers_of_the_field(words: str, role: str) -> None:
    assert role_of(words) == role


def test_brackets_signs_and_spaces_do_not_matter() -> None:
    assert role_of("**收集的 个人信息（类型）**：") == "info"
    assert role_of("“使用目的”") == "purpose"


@pytest.mark.parametrize(
    "words", ["", "  ", "极光推送", "用于向您推送消息，统计推送的效果", "我们" * 20, "a" * 60]
)
def test_what_is_no_header_has_no_role(words: str) -> None:
    assert role_of(words) is None
