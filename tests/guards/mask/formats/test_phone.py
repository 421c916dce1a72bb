from __future__ import annotations

import re

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.guards.mask.vectors import KEY

from hongxian.guards.mask.ciphers import BlockCipher
from hongxian.guards.mask.formats.phone import Phone
from hongxian.guards.mask.fpe import encrypt_column

CIPHER = BlockCipher("aes", KEY)
MOBILE = st.from_regex(r"(\+86|0086|86)?1[3-9][0-9]{9}", fullmatch=True)
LANDLINE = st.from_regex(r"0[1-9][0-9]{1,2}-[2-8][0-9]{7}", fullmatch=True)


def sealed(value: str, *keep: str, decrypt: bool = False) -> str | None:
    form = Phone(keep)
    found = encrypt_column(pa.array([value]), form, CIPHER, b"phone", decrypt=decrypt)
    return found.values.to_pylist()[0]


@given(MOBILE)
def test_a_mobile_number_stays_one_and_comes_back(value: str) -> None:
    found = sealed(value)
    assert found
    assert re.fullmatch(r"(\+86|0086|86)?1[3-9][0-9]{9}", found)
    assert found[: len(value) - 11] == value[: len(value) - 11]
    assert sealed(found, decrypt=True) == value


@given(MOBILE)
def test_the_operators_segment_is_kept_when_asked(value: str) -> None:
    found = sealed(value, "segment")
    assert found
    assert found[:-8] == value[:-8]
    assert sealed(found, "segment", decrypt=True) == value


@given(LANDLINE)
def test_a_landline_keeps_the_start_of_its_area_code(value: str) -> None:
    found = sealed(value)
    assert found
    assert found[:3] == value[:3]
    assert found.index("-") == value.index("-")
    assert sealed(found, decrypt=True) == value


@pytest.mark.parametrize("value", ["10086", "12812345678", "8713812345678", "1381234567a"])
def test_other_numbers_do_not_fit(value: str) -> None:
    assert sealed(value) is None
