from __future__ import annotations

from datetime import date, timedelta

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.guards.mask.vectors import KEY

from hongxian.guards.mask.ciphers import BlockCipher
from hongxian.guards.mask.formats.resident_id import KEEP as PARTS
from hongxian.guards.mask.formats.resident_id import ResidentId, domain_size
from hongxian.guards.mask.fpe import encrypt_column

CIPHER = BlockCipher("aes", KEY)
CODES = [11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50,
         51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83]  # fmt: skip
KEEP = st.lists(st.sampled_from(PARTS), unique=True).map(tuple).filter(
    lambda keep: domain_size(keep) >= 10**6
)  # fmt: skip


def check(digits: str) -> str:
    """The check character of GB 11643-1999, by its formula: sum of a_i * W_i is 1 modulo 11."""
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(digits))
    return "10X98765432"[total % 11]


@st.composite
def identities(draw: st.DrawFn) -> str:
    born = draw(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
    region, sequence = draw(st.integers(0, 9999)), draw(st.integers(0, 999))
    digits = f"{draw(st.sampled_from(CODES))}{region:04}{born:%Y%m%d}{sequence:03}"
    return digits + check(digits)


def sealed(value: str, keep: tuple[str, ...] = (), *, decrypt: bool = False) -> str | None:
    form = ResidentId(keep)
    found = encrypt_column(pa.array([value]), form, CIPHER, b"id", decrypt=decrypt)
    return found.values.to_pylist()[0]


@given(identities(), KEEP)
def test_a_valid_number_stays_valid_keeps_what_was_asked_and_comes_back(
    value: str, keep: tuple[str, ...]
) -> None:
    found = sealed(value, keep)
    assert found
    assert found[17] == check(found[:17])
    assert int(found[:2]) in CODES
    born = date(int(found[6:10]), int(found[10:12]), int(found[12:14]))
    assert (born >= date(2026, 1, 1)) == (value[6:10] >= "2026")
    assert "province" not in keep or found[:2] == value[:2]
    assert "region" not in keep or found[:6] == value[:6]
    assert "birth" not in keep or found[6:14] == value[6:14]
    assert "gender" not in keep or int(found[16]) % 2 == int(value[16]) % 2
    assert sealed(found, keep, decrypt=True) == value


@given(identities(), st.integers(1, 10))
def test_a_wrong_check_character_stays_wrong_by_as_much(value: str, off: int) -> None:
    right = "10X98765432".index(value[17])
    wrong = value[:17] + "10X98765432"[(right + off) % 11]
    found = sealed(wrong)
    assert found
    assert found[17] != check(found[:17])
    assert sealed(found, decrypt=True) == wrong


def test_gaps_stay_and_a_small_x_becomes_a_capital() -> None:
    found = sealed("110105 19491231 002x")
    assert found
    assert (found[6], found[15]) == (" ", " ")
    assert sealed(found, decrypt=True) == "110105 19491231 002X"


@pytest.mark.parametrize(
    "value",
    ["990105194912310021", "110105199902290021", "110105189912310021", "110105199900010021",
     "110105210001010021", "11010519491231002", "1101051949123100X1", "110105491231002"],
)  # fmt: skip
def test_no_province_no_such_day_or_no_18_characters_does_not_fit(value: str) -> None:
    assert sealed(value) is None


def test_the_size_of_what_is_left_is_known() -> None:
    days = (date(2026, 1, 1) - date(1900, 1, 1)) // timedelta(days=1)
    assert domain_size(()) == 35 * 10**4 * days * 1000
    assert domain_size(("region", "gender")) == days * 500
    assert domain_size(("region", "birth")) == 1000
