"""What a text names, without the words that mean something else at their place."""

from __future__ import annotations

import pytest
from tests.sensors.policy.texts import terms, whole


def keys(text: str, kind: str) -> list[str]:
    return [one.key for one in terms(text).within(kind, whole(text))]


def test_mentions_are_found_by_kind_and_place() -> None:
    text = "我们收集手机号，友盟收集IMEI。"
    found = terms(text)
    assert keys(text, "info") == ["basic.phone", "device.imei"]
    assert found.covers("info", text.index("手机号") + 1, text.index("手机号") + 2)
    assert not found.covers("info", 0, 2)


@pytest.mark.parametrize(
    ("text", "infos"),
    [
        ("运营商会将您的手机号码发送给我们。", ["basic.phone"]),
        ("申请电话、摄像头权限。", []),
        ("我们收集您的设备信息。", ["device"]),
    ],
)
def test_words_that_only_look_like_pi_are_none(text: str, infos: list[str]) -> None:
    assert keys(text, "info") == infos


def test_sdk_behind_a_name_is_no_party_of_its_own() -> None:
    assert keys("友盟统计SDK会收集IMEI。", "party") == ["umeng_analytics"]


def test_the_longer_word_counts() -> None:
    assert keys("我们收集您的银行卡号。", "info") == ["property.bank_card"]
