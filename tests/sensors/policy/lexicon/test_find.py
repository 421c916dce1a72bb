"""What a policy names, end to end."""

from itertools import pairwise

import pytest

from hongxian.sensors.policy.document import Block, Document
from hongxian.sensors.policy.lexicon import Mentions, find_mentions


def read(text) -> Mentions:
    return find_mentions(
        Document(
            name="policy.txt",
            text=text,
            blocks=(Block("paragraph", 0, len(text)),),
            format="text",
            charset="utf-8",
            language="zh-Hans",
        )
    )


def named(text, kind, least=0.5) -> set[tuple[str, str]]:
    return {
        (text[one.start : one.end], one.key)
        for one in read(text).of(kind)
        if one.certainty >= least
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我们会收集您的手机号码。", {("手机号码", "basic.phone")}),
        ("我們會收集您的手機號碼。", {("手機號碼", "basic.phone")}),
        ("我们会收集您的 MAC 地址和ＩＭＥＩ。",
         {("MAC 地址", "device.mac"), ("ＩＭＥＩ", "device.imei")}),
        ("我们会收集WIFI名称。", {("WIFI名称", "device.wifi_ssid")}),
        ("我们会收集您的设备信息。", {("设备信息", "device")}),
        ("我们会收集您的个人信息。", {("个人信息", "personal")}),
        ("我们会收集IP地址、收货地址。", {("IP地址", "netid.ip"), ("收货地址", "basic.address")}),
        ("We collect your e-mail addresses.", {("e-mail addresses", "basic.email")}),
        ("我们会收集您的剪切板内容", {("剪切板内容", "device.clipboard")}),
        ("我们会收集您的宠物信息。", {("宠物信息", "other")}),
    ],
)  # fmt: skip
def test_names_pi_by_its_many_words(text, found) -> None:
    assert named(text, "info") == found


@pytest.mark.parametrize(
    "text",
    [
        "您可以通过电话、短信联系我们。",
        "我们采取措施保护信息安全。",
        "基于位置的服务由第三方提供。",
        "手机厂商会提供推送服务。",
        "请妥善保管，避免账号丢失。",
        "These details are documented.",
    ],
)
def test_words_inside_other_words_are_no_pi(text) -> None:
    assert not {one for one in named(text, "info") if one[1] != "personal"}


def test_pi_that_only_tells_a_purpose_is_loose() -> None:
    text = "我们会收集您的IMEI，用于将您感兴趣的照片分享至好友。"
    assert ("IMEI", "device.imei") in named(text, "info")
    assert ("照片", "media.photo") not in named(text, "info")
    assert ("照片", "media.photo") in named(text, "info", least=0)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我们会收集、使用和存储您的姓名。",
         {("收集", "collect"), ("使用", "use"), ("存储", "store")}),
        ("您需要提供姓名。", {("提供", "collect")}),
        ("我们会向第三方提供您的姓名。", {("提供", "share")}),
        ("我们不会公开披露您的个人信息。", {("公开披露", "disclose")}),
        ("我们会将您的订单信息共享给商家。", {("共享", "share")}),
        ("您使用本软件时请遵守使用条款。", set()),
        ("为了向您提供服务，我们保护您的个人信息。", set()),
        ("共享单车使用说明", set()),
        ("存储权限用于保存您的照片。", {("保存", "store")}),
        ("We may share your name with partners.", {("share", "share")}),
    ],
)  # fmt: skip
def test_acts_are_verbs_whose_object_is_pi(text, found) -> None:
    assert named(text, "act") == found


def test_a_longer_word_hides_the_shorter_one_of_another_kind() -> None:
    text = "我们收集浏览记录。"
    assert named(text, "info") == {("浏览记录", "weblog.browsing")}
    assert named(text, "act", least=0) == {("收集", "collect")}


def test_every_kind_is_found_at_its_place() -> None:
    text = (
        "未经您同意，我们可能不会在注销账号后通过SDK将上述信息"
        "提供给美国的公司用于广告，相机权限除外。"
    )
    found = read(text)
    kinds = {one.kind for one in found}
    assert kinds >= {
        "negation", "condition", "party", "modality", "retention", "method", "reference",
        "act", "country", "purpose", "permission",
    }  # fmt: skip
    assert list(found) == sorted(found)
    assert isinstance(found, Mentions)
    assert ("相机权限", "camera") in named(text, "permission")
    assert ("美国", "US") in named(text, "country")


def test_mentions_of_a_kind_never_overlap() -> None:
    text = "我们会向第三方合作伙伴共享您的设备信息、IMEI、手机号码等个人信息，以便提供服务。" * 3
    found = read(text)
    for kind in {one.kind for one in found}:
        places = [(one.start, one.end) for one in found.of(kind)]
        assert all(a[1] <= b[0] for a, b in pairwise(places))


def test_mentions_within_a_stretch() -> None:
    text = "收集姓名。收集年龄。"
    found = read(text)
    assert [one.key for one in found.within(5, 10).of("info")] == ["basic.age"]
    assert [one.key for one in found.of("info")] == ["basic.name", "basic.age"]


def test_permissions_are_named_by_their_constants() -> None:
    assert named("申请READ_PHONE_STATE权限", "permission") == {
        ("READ_PHONE_STATE", "android.permission.READ_PHONE_STATE")
    }


def test_empty_text_names_nothing() -> None:
    assert read("") == ()
