from __future__ import annotations

import pytest

from hongxian.words.mask import COVER, mask, mask_all

VALUES = [
    "13812345678",
    "+86 138 1234 5678",
    "138-1234-5678",
    "11010519491231002X",
    "6222021234567890123",
    "860000000000017",
    "li.lei@mail.example.com",
    "02:00:5e:10:00:ff",
]

NO_VALUES = [
    "com.lantern.map@2.4.0#5f0c3a9d17e2",
    "Lcom/x/Y;->init()V +0x1c",
    "a13812345678b",
    "2026-11-20T09:30:00",
    "1732012345678",
    "5f0c3a9d17e213812345678",
    "android.telephony.TelephonyManager.getImei",
]


@pytest.mark.parametrize("value", VALUES)
def test_what_looks_like_a_value_is_covered(value: str) -> None:
    assert mask(f"call {value} now") == f"call {COVER} now"


@pytest.mark.parametrize("text", NO_VALUES)
def test_names_hashes_and_times_stay(text: str) -> None:
    assert mask(text) == text


def test_every_text_in_json_is_masked_and_figures_stay() -> None:
    detail = {"13812345678": ["li@mail.example.com", 3], "nested": {"a": None, "b": True}}
    assert mask_all(detail) == {COVER: [COVER, 3], "nested": {"a": None, "b": True}}
