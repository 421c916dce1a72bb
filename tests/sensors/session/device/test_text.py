"""Charsets, torn lines, durations and local times of what a device printed."""

from __future__ import annotations

from datetime import UTC, timedelta, timezone
from io import BytesIO

import pytest

from hongxian.sensors.session.device.text import (
    LONGEST_LINE,
    charset_of,
    decoded,
    lines_of,
    moment,
    refused,
    seconds,
)

CHINA = timezone(timedelta(hours=8))


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_a_dump_is_text_whatever_shell_wrote_it(charset: str) -> None:
    text = "Package com.example.app\n隐私政策\n" * 4
    assert decoded(text.encode(charset)) == (text, True)


def test_a_byte_order_mark_of_the_other_end_is_known() -> None:
    assert charset_of(b"\xfe\xff\0a") == ("utf-16-be", 2)
    assert charset_of("abcdefghijklmnopq".encode("utf-16-be")) == ("utf-16-be", 0)


def test_a_text_cut_inside_a_character_keeps_what_is_before() -> None:
    assert decoded("隐私".encode()[:-1]) == ("隐", False)


def test_bytes_without_any_meaning_are_told() -> None:
    text, whole = decoded(b"abc\xff\xff\xff\xff\xff def")
    assert text.startswith("abc")
    assert not whole


def test_lines_are_numbered_whatever_ends_them() -> None:
    data = b"one\r\ntwo\n\nfour"
    assert list(lines_of(data)) == [
        (1, "one", False),
        (2, "two", False),
        (3, "", False),
        (4, "four", False),
    ]
    assert list(lines_of(BytesIO("甲\n乙\n".encode("utf-16")))) == [
        (1, "甲", False),
        (2, "乙", False),
    ]


def test_a_line_of_many_megabytes_is_cut_and_the_next_is_whole() -> None:
    data = b"x" * (3 << 20) + b"\nnext\n" + b"y" * (2 << 20)
    first, second, third = lines_of(data)
    assert (len(first[1]), first[2]) == (LONGEST_LINE, True)
    assert second == (2, "next", False)
    assert third[2]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("+1h2m3s4ms", 3723.004), ("-5m", -300.0), ("0", 0.0), ("+884ms", 0.884),
        ("-23d18h17m12s936ms", -(23 * 86400 + 18 * 3600 + 17 * 60 + 12.936)),
        ("", None), ("soon", None), ("+5", None), ("1s2x", None),
    ],
)  # fmt: skip
def test_durations(text: str, value: float | None) -> None:
    assert seconds(text) == (value if value is None else pytest.approx(value))


def test_local_times_need_a_zone() -> None:
    assert moment("2026-11-24 09:00:00.250", CHINA) == 1795482000.25
    assert moment("2026-11-24 01:00:00", UTC) == 1795482000.0
    assert moment("2026-11-24 09:00:00.250", None) is None


@pytest.mark.parametrize("text", ["2026-13-24 09:00:00", "1970-01-01 08:00:00", "", "9999-99-99"])
def test_times_that_are_none(text: str) -> None:
    assert moment(text, CHINA) is None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "empty"), (" \n", "empty"), ("Permission Denial: can't dump appops", "denied"),
        ("Can't find service: appops", "no_service"),
        ("/system/bin/sh: uiautomator: not found", "no_service"),
        ("Unable to find package: com.x", "no_package"),
        ("ERROR: null root node returned by UiTestAutomationBridge.", "no_dump"),
    ],
)  # fmt: skip
def test_what_a_device_refuses_is_named(text: str, word: str) -> None:
    error = refused("appops.txt", text)
    assert error is not None
    assert error.reason.word == f"session_device.{word}"
    assert "appops.txt" in str(error)


def test_an_output_is_no_refusal() -> None:
    assert refused("appops.txt", "Current AppOps Service state:") is None
