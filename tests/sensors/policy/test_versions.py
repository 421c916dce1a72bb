"""What a newer version adds."""

from __future__ import annotations

from tests.sensors.policy.texts import declared, document

from hongxian.sensors.policy.findings import Finding
from hongxian.sensors.policy.versions import compare

OLD = (
    "# 一、收集\n注册账号时，我们会收集您的手机号码。\n为了推荐内容，我们会收集您的浏览记录。\n"
    "# 二、共享\n为了统计分析，我们会向友盟共享您的IMEI。"
)


def added(old: str, new: str) -> list[Finding]:
    return compare((document(old), declared(old)), (document(new), declared(new)))


def test_nothing_is_new_in_the_same_text_or_in_other_words() -> None:
    assert added(OLD, OLD) == []
    other = OLD.replace(
        "注册账号时，我们会收集您的手机号码", "当您注册账号时，我们会收集您的手机号"
    )
    assert added(OLD, other) == []


def test_a_new_type_of_pi_is_told_once_with_its_place() -> None:
    clause = "为了推荐附近门店和推送消息，我们会收集您的精确位置信息。"
    new = OLD + "\n" + clause
    [first, *rest] = added(OLD, new)
    assert first.info == "location.precise"
    assert first.item == "changed"
    assert new[first.start : first.end].strip("。") in clause
    assert "info" in first.detail["new"]
    assert all("info" not in one.detail["new"] for one in rest)


def test_a_new_purpose_of_known_pi() -> None:
    [one] = added(OLD, OLD + "\n为了投放广告，我们会使用您的手机号码。")
    assert (one.info, one.purpose) == ("basic.phone", "ads")


def test_a_new_recipient_of_known_pi() -> None:
    [one] = added(OLD, OLD + "\n为了统计分析，我们会向极光推送共享您的IMEI。")
    assert (one.info, one.recipient) == ("device.imei", "jpush")
    assert one.purpose is None


def test_a_new_permission() -> None:
    new = OLD + "\n我们会申请通讯录权限，读取您的手机号码用于注册登录。"
    found = [one for one in added(OLD, new) if "permission" in one.detail["new"]]
    assert [one.detail["permission"] for one in found] == ["contacts"]


def test_what_is_gone_or_denied_is_not_new() -> None:
    assert added(OLD, "# 一、收集\n注册账号时，我们会收集您的手机号码。") == []
    assert added(OLD, OLD + "\n我们不会收集您的通讯录。") == []


def test_whether_a_notice_is_promised_is_told() -> None:
    new = OLD + "\n我们会收集您的精确位置信息用于推荐附近门店。"
    assert {one.detail["notice_promised"] for one in added(OLD, new)} == {False}
    promised = new + "\n本政策更新后，我们会以弹窗方式通知您。"
    assert {one.detail["notice_promised"] for one in added(OLD, promised)} == {True}
