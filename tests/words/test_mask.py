from __future__ import annotations

import pytest

from hongxian.words.mask import COVER, mask, mask_all, mask_subject, warn

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


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("电话１３８１２３４５６７８号", "电话***号"),
        ("王律师li@x.cn", "王律师***"),
        ("李雷@mail.example.com", "***"),
        ("https://x/?m=li%40mail.example.com", "https://x/?m=***"),
        ("6222 0212 3456 7890 123", "***"),
        ("110105-19491231-002X", "***"),
        ("010-12345678", "***"),
        ("86-000000-000001-7", "***"),
        ("12345678-1234-1234-1234-123456789012", "12345678-1234-1234-1234-123456789012"),
    ],
)
def test_values_as_people_write_them(text: str, shown: str) -> None:
    assert mask(text) == shown


def test_numbers_that_are_values_are_covered_and_sizes_are_not() -> None:
    assert mask_all([13812345678, 860000000000017.0, 21_000_000, 1.5]) == [
        COVER, COVER, 21_000_000, 1.5,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("subject", "shown"),
    [
        ("app:com.example@2.4.beta#5f0c3a9d17e2", "app:com.example@2.4.beta#5f0c3a9d17e2"),
        ("app:com.example@v1 13812345678#5f0c3a9d17e2", "app:com.example@v1 ***#5f0c3a9d17e2"),
        ("app:li.lei@mail.example.com#5f0c3a9d17e2", "app:***#5f0c3a9d17e2"),
        ("people:li.lei@mail.example.com", "people:***"),
    ],
)
def test_a_subject_keeps_its_shape(subject: str, shown: str) -> None:
    assert mask_subject(subject) == shown


def test_a_line_on_stderr_is_masked(capsys: pytest.CaptureFixture[str]) -> None:
    warn("not read: 13812345678.apk")
    assert capsys.readouterr() == ("", "not read: ***.apk\n")
