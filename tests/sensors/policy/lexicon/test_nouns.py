"""Verbs inside nouns tell no act."""

import pytest
from tests.sensors.policy.texts import document

from hongxian.sensors.policy.lexicon import find_mentions


def acts(text: str) -> dict[str, str]:
    found = find_mentions(document(text)).of("act")
    return {text[one.start : one.end]: one.key for one in found}


@pytest.mark.parametrize(
    "text",
    [
        "个人信息处理者的名称",
        "服务使用者享有的权利",
        "信息的存储期限为三年",
        "个人信息存储地点",
        "业务转让时个人信息由受让方承接",
        "人脸识别结果",
        "您的账号设置",
        "在征得授权或获得您的明示同意后",
        "无法识别特定自然人",
        "识别您的身份",
        "响应您的请求",
        "您可以随时删除个人信息",
        "不断完善我们的产品",
        "关联公司",
    ],
)
def test_nouns_and_phrases_without_pi(text: str) -> None:
    assert acts(text) == {}


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("我们会收集您的性别", {"收集": "collect"}),
        ("我们会记录服务日志", {"记录": "collect"}),
        ("我们可能从第三方获取您授权共享的头像", {"获取": "collect", "共享": "share"}),
        ("我们会妥善保存您的个人信息", {"保存": "store"}),
        ("我们不会向第三方公开您的手机号", {"公开": "disclose"}),
        ("账号注销后我们会删除您的个人信息", {"删除": "delete"}),
        ("您需要提供人脸照片", {"提供": "collect"}),
        ("we access your photos", {"access": "collect"}),
    ],
)
def test_acts_stay(text: str, verbs: dict[str, str]) -> None:
    assert acts(text) == verbs
