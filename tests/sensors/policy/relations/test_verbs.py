"""Which acts a sentence names, and which words only look like them."""

from __future__ import annotations

import pytest
from tests.sensors.policy.texts import said

FACTS: dict[str, set[str]] = {
    "我们会收集并使用您的手机号，但不会出售您的手机号。": {
        "collect basic.phone first_party -",
        "not_share basic.phone first_party>third_party -",
    },
    "在收集您的敏感个人信息前，我们会征得您的单独同意。": set(),
    "我们采取措施防止您的个人信息遭到未经授权的访问、公开披露、使用、修改。": set(),
    "如发生合并、收购，您的个人信息可能会被转让。": {
        "transfer - first_party -",
    },
    "我们会存储您的手机号。": {
        "store basic.phone first_party -",
    },
    "When you register, you need to provide your phone number and password.": {
        "collect basic.phone first_party login",
        "collect auth.password first_party login",
    },
    "我们会根据您的浏览记录向您推荐商品。": {
        "use weblog.browsing first_party recommendation",
    },
    "We share your order information with logistics providers for delivery.": {
        "share trade.order first_party>third_party basic_function",
    },
    "您的操作、使用、服务日志会被我们收集。": {
        "collect weblog first_party -",
    },
    "个人信息的收集、使用规则如下。": set(),
    "您同意我们向第三方提供您的手机号。": set(),
    "我们向您提供客服服务。": set(),
    "我们会基于您的浏览记录，为您推荐商品。": {
        "use weblog.browsing first_party recommendation",
    },
    "我们会申请相机权限，用于扫描二维码。": {
        "collect media.photo first_party basic_function",
    },
    "读取通讯录权限，用于添加好友。": {
        "collect contact.address_book first_party basic_function",
    },
    "Your IMEI may be shared with our affiliates for advertising.": {
        "share device.imei first_party>affiliate ads",
    },
    "我们会收集您的手机号、IMEI，上述信息用于保障账号安全。": {
        "collect basic.phone first_party risk",
        "collect device.imei first_party risk",
    },
    "您应妥善保管您的密码，不得向他人提供。": set(),
    "运营商会将您的手机号码发送给我们，便于登录。": {
        "collect basic.phone first_party login",
    },
    "您需要向我们提供姓名。": {
        "collect basic.name first_party -",
    },
    "为了记录您的里程，我们需要收集您的步数。": {"collect sport.steps first_party basic_function"},
    "我们会向供应商提供您的收货地址。": {"share basic.address first_party>third_party -"},
    "您应当提供您的姓名。": {"collect basic.name first_party -"},
    "您可以在设置中开启位置权限。": set(),
    "我们会使用您的手机号向您发送营销短信。": {"use basic.phone first_party ads"},
    "法律法规要求的，我们会向司法机关提供您的交易记录。": {
        "share property.transaction first_party>authority legal_duty"
    },
    "受托方按照委托协议处理您的手机号。": {
        "use basic.phone third_party -",
    },
    "您同意我们使用您的手机号推送消息。": {
        "use basic.phone first_party push",
    },
    "您同意我们使用您的手机号码通知您。": {
        "use basic.phone first_party push",
    },
    "我们使用您的位置推荐附近的门店。": {
        "use location.precise first_party recommendation",
    },
}


@pytest.mark.parametrize("text", FACTS)
def test_what_a_text_declares(text: str) -> None:
    assert said(text) == FACTS[text]
