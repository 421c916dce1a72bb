"""Who acts."""

from __future__ import annotations

import pytest
from tests.sensors.policy.texts import said

FACTS: dict[str, set[str]] = {
    "友盟SDK会收集您的IMEI，用于统计分析。": {
        "collect device.imei umeng_analytics statistics",
    },
    "我们接入了极光推送SDK，该SDK会收集您的Android ID，用于消息推送。": {
        "collect device.android_id jpush push",
    },
    "您需要向我们提供姓名、身份证号码。": {
        "collect basic.name first_party -",
        "collect identity.doc_number first_party -",
    },
    "您可以上传头像。": {
        "collect basic.nickname first_party -",
    },
    "运营商会将您的手机号码发送给我们，便于登录。": {
        "collect basic.phone first_party login",
    },
    "我们从第三方平台获取您的头像。": {
        "collect basic.nickname first_party -",
    },
    "我们委托第三方机构处理您的手机号，用于问卷调查。": {
        "entrust basic.phone first_party>third_party other",
    },
    "我们会与关联公司、合作伙伴共享您的订单信息。": {
        "share trade.order first_party>affiliate -",
        "share trade.order first_party>third_party -",
    },
    "您可以查询、更正、删除您的昵称、头像。": set(),
    "Third-party SDKs may collect your IMEI for advertising.": {
        "collect device.imei third_party ads",
    },
    "Your location is collected by Amap for navigation.": {
        "collect location.precise amap map",
    },
    "我们接入了友盟SDK。该SDK会收集您的MAC地址。": {
        "collect device.mac umeng_analytics -",
    },
    "其他用户可能会发布您的照片。": set(),
    "我们可能会向行政机关提供您的个人信息。": {
        "share - first_party>authority -",
    },
    "您通过第三方平台登录的，第三方平台会向我们提供您的昵称。": {
        "collect basic.nickname third_party -",
    },
    "我们通过高德地图获取您的位置信息，用于导航。": {
        "collect location.precise first_party map",
    },
    "我们会与合作伙伴灯油公司共享您的手机号。": {
        "share basic.phone first_party>third_party -",
    },
    "我们会向其他用户展示您的昵称。": set(),
    "We may disclose your personal information to authorities as required by law.": {
        "disclose - first_party>authority legal_duty",
    },
    "我们会与第三方的合作伙伴共享您的手机号。": {"share basic.phone first_party>third_party -"},
    "您可以向好友分享您的位置信息。": set(),
    "您在发布内容时公开您的位置信息。": set(),
    "您在评论时自愿向他人分享您的手机号。": set(),
    "您在使用服务时，我们可能公开您的昵称。": {
        "disclose basic.nickname first_party -",
    },
    "第三方登录服务商会收集您的IMEI。": {
        "collect device.imei third_party -",
    },
    "微信登录：收集昵称。": {
        "collect basic.nickname first_party login",
    },
}


@pytest.mark.parametrize("text", FACTS)
def test_what_a_text_declares(text: str) -> None:
    assert said(text) == FACTS[text]
