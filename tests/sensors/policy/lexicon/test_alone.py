"""Words that name PI only where they stand by themselves."""

import pytest
from tests.sensors.policy.texts import document

from hongxian.sensors.policy.lexicon import find_mentions


def named(text: str) -> dict[str, str]:
    found = find_mentions(document(text)).of("info")
    return {text[one.start : one.end]: one.key for one in found if one.certainty >= 0.5}


@pytest.mark.parametrize(
    "text",
    [
        "互联网行业标准",
        "教育机构",
        "个人信息保护政策",
        "数据共享",
        "客服电话：4001234567",
        "联系邮箱：",
        "在显著位置展示",
        "修改登录密码",
        "分享至微信好友",
        "用于接收短信",
        "其他国家和地区的法律",
        "语音聊天",
        "订单配送",
        "实名认证",
        "人身、财产损失",
        "与通信运营商合作",
        "推送广告信息",
        "手机厂商",
        "境内存储",
        "通过浏览、使用我们的产品",
        "我们会作特征分析和用户画像",
        "形成用户画像",
        "上传的照片或录像的日期",
    ],
)
def test_no_pi(text: str) -> None:
    assert named(text) == {}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("我们收集您的行业、职务", {"行业": "eduwork.occupation", "职务": "eduwork.occupation"}),
        ("填写学校班级", {"学校": "eduwork.resume", "班级": "eduwork.resume"}),
        ("收集您的联系电话", {"联系电话": "basic.phone"}),
        ("我们会获取您的实名认证信息", {"实名认证信息": "identity.doc_number"}),
        ("收集您的画像信息、用户画像", {
            "画像信息": "label.profile", "用户画像": "label.profile",
        }),
        ("获取您的头像照片", {"头像照片": "basic.nickname"}),
        ("保存实名认证必要信息", {"实名认证必要信息": "identity.doc_number"}),
        ("手机号码：用于登录", {"手机号码": "basic.phone"}),
        ("收集运营商信息、国家、地区", {
            "运营商信息": "device.carrier", "国家": "location.coarse", "地区": "location.coarse",
        }),
        ("读取您的微信好友、好友关系", {
            "微信好友": "contact.friends", "好友关系": "contact.friends",
        }),
    ],
)  # fmt: skip
def test_pi(text: str, names: dict[str, str]) -> None:
    assert named(text) == names
