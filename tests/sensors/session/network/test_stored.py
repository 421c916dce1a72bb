from __future__ import annotations

import base64
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.session.network.stored import (
    coded,
    from_base64,
    list_of,
    moment_of,
    number_of,
    object_of,
    text_of,
    whole_of,
)

AT = 1767294245.0


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-01T19:04:05Z", "2026-01-01T19:04:05z", "2026-01-01 19:04:05 UTC",
        "2026-01-02T03:04:05+08:00", "2026-01-02T03:04:05+0800", "2026-01-02T03:04:05+08",
        "2026-01-02 03:04:05 +0800", "2026-01-01T13:34:05-0530", "2026-01-01T19:04:05.000Z",
        "2026-01-01T19:04:05,0Z", "2026-01-01T19:04:05.0000000000001Z", "1767294245",
        " 2026-01-01T19:04:05GMT ", 1767294245, 1767294245.0, 1767294245000, "1767294245000",
    ],
)  # fmt: skip
def test_all_forms_of_a_moment_are_the_same_moment(text) -> None:
    assert moment_of(text) == AT


def test_parts_of_a_second_are_kept() -> None:
    assert moment_of("2026-01-01T19:04:05.678912Z") == pytest.approx(AT + 0.678912)
    assert moment_of("2026-01-01T19:04:05.6789123Z") == pytest.approx(AT + 0.6789123)
    assert moment_of("2026-01-01T19:04Z") == AT - 5


@given(st.floats(1e9, 7e9), st.integers(-840, 840))
def test_any_moment_in_any_zone_is_itself(at, minutes) -> None:
    there = datetime.fromtimestamp(at, timezone(timedelta(minutes=minutes)))
    assert moment_of(there.isoformat()) == pytest.approx(there.timestamp(), abs=1e-5)


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-02T03:04:05", "2026-02-30T03:04:05Z", "2026-01-02T25:04:05Z", "", "yesterday",
        None, True, 0, -1, 1e300, "inf", float("nan"), [], "2026-01-02T03:04:05+99:00", 10**400,
    ],
)  # fmt: skip
def test_what_is_no_moment_is_none(text) -> None:
    assert moment_of(text) is None


def test_types_are_brought_to_ours() -> None:
    assert (text_of("a"), text_of(1), text_of(True), text_of([])) == ("a", "1", "", "")
    assert (object_of({"a": 1}), object_of([])) == ({"a": 1}, {})
    assert (list_of([1]), list_of("a"), list_of(None)) == ([1], [], [])
    assert (number_of("1.5"), number_of("x"), number_of(None)) == (1.5, None, None)
    assert (whole_of(1.9), whole_of("7"), whole_of({})) == (1, 7, None)


@given(st.binary(max_size=99))
def test_base64_is_read_in_all_its_forms(data) -> None:
    whole = base64.b64encode(data).decode()
    for text in (whole, whole.rstrip("="), f"{whole[:3]}\n{whole[3:]}\r\n",
                 base64.urlsafe_b64encode(data).decode()):  # fmt: skip
        assert from_base64(text) == data


def test_base64_that_cannot_be_is_none() -> None:
    assert from_base64("a") is None
    assert from_base64("é") is None
    assert from_base64("no base64!") is None


def test_codings_are_told_when_they_show() -> None:
    assert coded(b"\x1f\x8b\x08", "br, GZIP") == ("br", "gzip")
    assert coded(b"\x28\xb5\x2f\xfd", "zstd") == ("zstd",)
    assert coded(b"\x28\xb5\x2f\xfd", "gzip") == ()
    assert coded(b"plain", "gzip") == ()
    assert coded(b"", "gzip") == coded(b"\x1f\x8b", None) == ()
