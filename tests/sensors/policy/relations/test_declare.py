"""Typical sentences of policies, each with the facts that it declares."""

from __future__ import annotations

import pytest
from tests.sensors.policy.texts import declared, said

FACTS = {
    # purpose before and after, several PI, several verbs
    "为了向您提供注册服务，我们会收集您的手机号码、昵称。": {
        "collect basic.phone first_party login", "collect basic.nickname first_party login",
    },
    "我们会收集您的手机号用于登录，收集您的位置信息用于导航。": {
        "collect basic.phone first_party login", "collect location.precise first_party map",
    },
    "我们会收集您的IMEI，用于身份验证、统计分析。": {
        "collect device.imei first_party risk", "collect device.imei first_party statistics",
    },
    "您的手机号码将用于向您推送消息。": {"use basic.phone first_party push"},
    "我们收集并使用您的性别。": {"collect basic.gender first_party -"},
    "我们收集的信息包括：姓名、电话。": {
        "collect basic.name first_party -", "collect basic.phone first_party -",
    },
    "我们会将您的手机号和收货地址提供给物流公司，用于配送商品。": {
        "share basic.phone first_party>third_party basic_function",
        "share basic.address first_party>third_party basic_function",
    },
    "我们会收集您的设备信息并提供给友盟，用于统计分析。": {
        "collect device first_party statistics",
        "share device first_party>umeng_analytics statistics",
    },
    "当您使用支付功能时，我们会获取您的银行卡号。": {"collect property.bank_card first_party pay"},
    "我们会根据您的浏览记录向您推荐商品。": {"use weblog.browsing first_party recommendation"},
    # what the person gives
    "您需要向我们提供姓名、身份证号码。": {
        "collect basic.name first_party -", "collect identity.doc_number first_party -",
    },
    "注册时，您需填写手机号并设置密码。": {
        "collect basic.phone first_party login", "collect auth.password first_party login",
    },
    "您可以上传头像。": {"collect basic.nickname first_party -"},
    "运营商会将您的手机号码发送给我们，便于登录。": {"collect basic.phone first_party login"},
    # who
    "友盟SDK会收集您的IMEI，用于统计分析。": {"collect device.imei umeng_analytics statistics"},
    "我们接入了极光推送SDK，该SDK会收集您的设备信息（包括IMEI、Android ID），用于消息推送。": {
        "collect device.imei jpush push", "collect device.android_id jpush push",
    },
    "第三方支付公司需要收集您的银行卡号，以便完成支付。": {
        "collect property.bank_card third_party pay"
    },
    "我们从第三方平台获取您的头像。": {"collect basic.nickname first_party -"},
    "我们会与关联公司、合作伙伴共享您的订单信息。": {
        "share trade.order first_party>affiliate -", "share trade.order first_party>third_party -",
    },
    "我们会与顺风速运共享您的收货地址。": {"share basic.address first_party>named:顺风速运 -"},
    "我们委托第三方机构处理您的联系方式，用于问卷调查。": {
        "entrust basic.phone first_party>third_party other"
    },
    # negation, condition, exception
    "我们不会收集您的通讯录。": {"not_collect contact.address_book first_party -"},
    "我们不会向第三方出售您的个人信息。": {"not_share - first_party>third_party -"},
    "未经您的同意，我们不会向任何第三方共享您的个人信息。": {"share - first_party>third_party -"},
    "我们不会与任何公司共享您的个人信息，但获得您明确同意的除外。": {
        "share - first_party>third_party -"
    },
    "除法律法规另有规定外，我们不会公开披露您的个人信息。": {"disclose - first_party -"},
    "如您拒绝提供位置信息，您将无法使用导航功能。": set(),
    "如您不同意，我们将不会收集您的位置信息。": set(),
    "手机号码属于敏感个人信息。": set(),
    # not a declaration
    "个人信息是指以电子方式记录的能够识别自然人身份的各种信息，包括姓名、身份证号、手机号。": set(),
    "本政策将向您说明我们如何收集和使用您的个人信息。": set(),
    "我们采取措施防止您的个人信息遭到未经授权的访问、公开披露、使用、修改。": set(),
    "您可以查询、更正、删除您的昵称、头像。": set(),
    "在收集您的敏感个人信息前，我们会征得您的单独同意。": set(),
    "以下情形中，我们收集您的个人信息无需征得您的同意：\n"
    "（1）与国家安全直接相关的；\n（2）所收集的个人信息是您自行公开的；": set(),
    "# 您的权利\n我们会根据您的请求删除您的个人信息。": set(),
    # keeping and deleting
    "我们仅在实现目的所必需的最短期限内保留您的个人信息。": {"store - first_party -"},
    "您的订单信息自交易完成之日起保存不少于三年。": {"store trade.order first_party -"},
    "在您注销账号后，我们将删除您的个人信息或进行匿名化处理。": {"delete - first_party -"},
    "如发生合并、收购，您的个人信息可能会被转让。": {"transfer - first_party -"},
    # lists, headings, labels, references
    "为了支付，我们会收集以下信息：\n（1）姓名；\n（2）银行卡号。\n上述信息将共享给微信支付。": {
        "collect basic.name first_party pay", "collect property.bank_card first_party pay",
        "share basic.name first_party>wechat -", "share property.bank_card first_party>wechat -",
    },
    "我们会收集您的：（1）姓名；（2）邮箱。": {
        "collect basic.name first_party -", "collect basic.email first_party -",
    },
    "## （二）支付功能\n我们会收集您的订单信息。": {"collect trade.order first_party pay"},
    "消息推送：我们会收集您的Android ID。": {"collect device.android_id first_party push"},
    "## 三、第三方SDK收集的信息\n为了统计分析，会收集您的IMEI。": {
        "collect device.imei third_party statistics"
    },
    "我们会收集您的IMEI。收集该信息是为了保障账号安全。": {"collect device.imei first_party risk"},
    "您主动提供的信息：\n- 注册信息：手机号、密码\n- 实名信息：姓名": {
        "collect basic.phone first_party -", "collect auth.password first_party -",
        "collect basic.name first_party -",
    },
    # permissions
    "相机权限：用于扫描二维码。": {"collect media.photo first_party basic_function"},
    "我们会申请您的通讯录权限，用于添加好友。": {
        "collect contact.address_book first_party basic_function"
    },
    # English
    "We collect your name, email address and phone number to create your account.": {
        "collect basic.name first_party login", "collect basic.email first_party login",
        "collect basic.phone first_party login",
    },
    "We share your order information with logistics providers for delivery.": {
        "share trade.order first_party>third_party basic_function"
    },
    "We do not sell your personal information.": {"not_share - first_party>third_party -"},
    "We never collect your contacts.": {"not_collect contact.address_book first_party -"},
    "We will not share your personal information with third parties without your consent.": {
        "share - first_party>third_party -"
    },
    "When you register, you need to provide your phone number and password.": {
        "collect basic.phone first_party login", "collect auth.password first_party login",
    },
    "Third-party SDKs may collect your IMEI for advertising.": {
        "collect device.imei third_party ads"
    },
    "To prevent fraud, we use your IP address.": {"use netid.ip first_party risk"},
    "Your location is collected by Amap for navigation.": {"collect location.precise amap map"},
    "We delete your personal information after you close your account.": {"delete - first_party -"},
    "We use cookies to collect your browsing history.": {"collect weblog.browsing first_party -"},
    "We collect the following information:\n- Your name\n- Your email address": {
        "collect basic.name first_party -", "collect basic.email first_party -",
    },
    "This policy explains how we collect and use your personal information.": set(),
    "Personal information means any information on a person, such as name and email.": set(),
    "You may access or delete your personal information at any time.": set(),
    "If you refuse to provide your location, you will not be able to use navigation.": set(),
}  # fmt: skip


@pytest.mark.parametrize("text", FACTS)
def test_a_typical_sentence_declares_its_facts(text: str) -> None:
    assert said(text) == FACTS[text]


def test_places_are_those_of_the_words() -> None:
    text = "为了支付，我们经您同意后会将您的手机号提供给微信支付。"
    (one,) = declared(text)
    words = {role: text[span.start : span.end] for role, span in one.roles.items()}
    assert words["info"] == "手机号"
    assert words["actor"] == "我们"
    assert words["recipient"] == "微信支付"
    assert words["purpose"] == "支付"
    assert "同意" in words["condition"]
    assert words["act"].startswith("提供")
    assert text[one.span.start : one.span.end] == text


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("我们可能会收集您的IMEI。", "possible", True),
        ("经您单独同意，我们会收集您的人脸信息。", "condition", "separate_consent"),
        ("未经您的同意，我们不会共享您的个人信息。", "condition", "consent"),
        ("除法律法规规定的情形外，我们不会共享您的个人信息。", "condition", "legal_exception"),
        ("您的订单信息自交易完成之日起保存不少于三年。", "days", 1095),
        ("我们会对您的身份证号进行加密存储。", "form", "encrypted"),
        ("您需要填写您的姓名。", "method", "manual"),
        ("我们使用Cookie记录您的浏览记录。", "method", "cookie"),
        ("我们会申请您的通讯录权限，用于添加好友。", "permission", "contacts"),
        ("我们会收集您的IMEI。上述信息用于统计分析。", "referred", False),
        ("前述信息将共享给微信支付。", "unresolved", True),
        ("当您使用消息推送功能时，我们会收集您的IMEI。", "function", "extended:push"),
    ],
)
def test_a_declaration_tells_more_than_its_fact(text: str, field: str, value: object) -> None:
    assert getattr(declared(text)[0], field) == value


def test_permissions_listed_by_what_they_reach() -> None:
    text = "## 权限\n我们会申请以下权限：\n- 通讯录：用于添加好友\n- 位置信息：用于导航"
    assert said(text) == {
        "collect contact.address_book first_party basic_function",
        "collect location.precise first_party map",
    }


def test_a_lead_in_that_nothing_follows_speaks_for_itself() -> None:
    assert said("我们会收集您的设备信息，用于统计分析：") == {
        "collect device first_party statistics"
    }


def test_an_item_has_its_own_purpose() -> None:
    text = "我们会收集以下信息：\n（1）手机号，用于登录；\n（2）位置信息，用于导航。"
    assert said(text) == {
        "collect basic.phone first_party login", "collect location.precise first_party map",
    }  # fmt: skip


def test_what_is_told_of_recipients_in_a_heading() -> None:
    text = "## 与关联公司共享\n我们可能会共享您的订单信息。"
    assert said(text) == {"share trade.order first_party>affiliate -"}


def test_what_others_do_and_what_the_person_does() -> None:
    assert said("您可以将照片分享给好友。") == set()
    assert said("我们接入的友盟会收集您的IMEI。") == {"collect device.imei umeng_analytics -"}


def test_contents_declare_nothing() -> None:
    contents = "目录\n一、我们收集您的姓名\n二、联系我们\n"
    text = contents + "# 一、我们收集您的姓名\n好的。\n# 二、联系我们\n好的。"
    assert said(text) == set()


def test_rights_declare_what_must_be_given() -> None:
    text = (
        "# 您的权利\n为验证身份，您需要提供身份证号。\n您可以更正您的姓名。\n"
        "注销后，我们将删除您的个人信息。"
    )
    assert said(text) == {
        "collect identity.doc_number first_party risk", "delete - first_party -",
    }  # fmt: skip


def test_items_under_a_heading_of_collection_are_collected() -> None:
    text = "# 一、信息收集\n- IMEI：用于统计分析；\n- 应用安装列表：用于扫描垃圾文件。"
    assert said(text) == {
        "collect device.imei first_party statistics",
        "collect device.app_list first_party basic_function",
    }
