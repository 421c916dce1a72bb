from __future__ import annotations

import re

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.guards.mask.vectors import KEY

from hongxian.guards.mask.ciphers import BlockCipher
from hongxian.guards.mask.formats.letters import Alphabet, Classes
from hongxian.guards.mask.formats.part import DIGITS
from hongxian.guards.mask.fpe import encrypt_column

CIPHER = BlockCipher("aes", KEY)


@given(st.from_regex(r"[A-Z]{1,3}-?[0-9]{6,9}[a-z]{0,2}", fullmatch=True))
def test_each_character_stays_in_its_class(value: str) -> None:
    (found,) = encrypt_column(pa.array([value]), Classes(), CIPHER, b"").values.to_pylist()
    as_pattern = re.sub(r"[0-9]", "0", re.sub(r"[a-z]", "a", re.sub(r"[A-Z]", "A", value)))
    assert as_pattern == re.sub(r"[0-9]", "0", re.sub(r"[a-z]", "a", re.sub(r"[A-Z]", "A", found)))
    back = encrypt_column(pa.array([found]), Classes(), CIPHER, b"", decrypt=True)
    assert back.values.to_pylist() == [value]


@pytest.mark.parametrize("value", ["12345", "ab12", "", "中文", "Aa0" * 6])
def test_too_few_and_too_many_values_do_not_fit(value: str) -> None:
    found = encrypt_column(pa.array([value]), Classes(), CIPHER, b"")
    assert (found.values.to_pylist(), found.refused) == ([None], 1)


def test_long_numbers_of_one_class_fit() -> None:
    value = "898600" + "1234567890" * 4
    found = encrypt_column(pa.array([value]), Classes(), CIPHER, b"").values
    assert len(found[0].as_py()) == len(value)
    back = encrypt_column(found, Classes(), CIPHER, b"", decrypt=True).values
    assert back.to_pylist() == [value]


def test_digits_alone_change_letters_stay() -> None:
    (found,) = encrypt_column(
        pa.array(["E12345678"]), Classes(DIGITS), CIPHER, b""
    ).values.to_pylist()
    assert re.fullmatch(r"E\d{8}", found)
    assert found != "E12345678"


def test_an_alphabet_of_ones_own_is_kept() -> None:
    plates = ["京A·D1234Z", "粤B·12345A", None]
    form = Alphabet("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789")
    found = encrypt_column(pa.array(plates), form, CIPHER, b"")
    for plate, other in zip(plates[:2], found.values.to_pylist()[:2], strict=True):
        assert re.fullmatch(r"[京粤][A-HJ-NP-Z0-9]·[A-HJ-NP-Z0-9]{6}", other)
        assert other != plate
    back = encrypt_column(found.values, form, CIPHER, b"", decrypt=True)
    assert back.values.to_pylist() == plates
    assert encrypt_column(pa.array(["AB"]), form, CIPHER, b"").refused == 1
