from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.guards.mask.vectors import KEY, LETTERS, VECTORS

from hongxian.errors import HongxianError
from hongxian.guards.mask.ciphers import BlockCipher
from hongxian.guards.mask.ff1 import FF1
from hongxian.guards.mask.ff1_wide import encrypt_numerals

CIPHER = BlockCipher("aes", KEY)


@pytest.mark.parametrize(("size", "tweak", "radix", "clear", "sealed"), VECTORS)
def test_every_example_of_nist_is_met_by_a_whole_column(
    size: int, tweak: str, radix: int, clear: str, sealed: str
) -> None:
    own = FF1(BlockCipher("aes", KEY[:size]), radix)
    numerals = np.array([[LETTERS.index(letter) for letter in clear]] * 3, np.uint8)
    found = own.encrypt(numerals, bytes.fromhex(tweak))
    assert {"".join(LETTERS[one] for one in row) for row in found} == {sealed}
    assert (own.encrypt(found, bytes.fromhex(tweak), decrypt=True) == numerals).all()


@given(
    st.sampled_from([2, 10, 26, 36, 62, 1000, 65536]),
    st.integers(2, 40),
    st.binary(max_size=40),
    st.booleans(),
    st.data(),
)
def test_columns_and_single_texts_agree(
    radix: int, length: int, tweak: bytes, decrypt: bool, data: st.DataObject
) -> None:
    """The quick way and the way of the standard are one function."""
    if radix**length < 10**6:
        return
    row = st.lists(st.integers(0, radix - 1), min_size=length, max_size=length)
    rows = data.draw(st.lists(row, min_size=1, max_size=4))
    found = FF1(CIPHER, radix).encrypt(np.array(rows, np.int64), tweak, decrypt=decrypt)
    expected = [encrypt_numerals(CIPHER, radix, one, tweak, decrypt=decrypt) for one in rows]
    assert found.tolist() == expected


@pytest.mark.parametrize("length", [7, 8, 40])
def test_each_row_may_have_its_own_tweak(length: int) -> None:
    numerals = np.arange(5 * length).reshape(5, length) % 10
    tweaks = np.arange(5 * 21, dtype=np.uint8).reshape(5, 21)
    found = FF1(CIPHER, 10).encrypt(numerals, tweaks)
    for row, tweak, one in zip(numerals, tweaks, found, strict=True):
        assert one.tolist() == encrypt_numerals(CIPHER, 10, row.tolist(), tweak.tobytes())


def test_more_rows_than_go_together_are_all_encrypted() -> None:
    numerals = np.arange(40_000)[:, None] // 10 ** np.arange(7)[::-1] % 10
    found = FF1(CIPHER, 10).encrypt(numerals, b"")
    assert len({tuple(row) for row in found.tolist()}) == 40_000
    assert (FF1(CIPHER, 10).encrypt(found, b"", decrypt=True) == numerals).all()


@given(st.integers(10**6, 1 << 62), st.data())
def test_numbers_stay_below_their_size_and_come_back(size: int, data: st.DataObject) -> None:
    below = st.lists(st.integers(0, size - 1), min_size=1, max_size=20)
    numbers = np.array(data.draw(below), np.uint64)
    found = FF1(CIPHER, 2).encrypt_numbers(numbers, size, b"domain")
    assert (found < size).all()
    assert (FF1(CIPHER, 2).encrypt_numbers(found, size, b"domain", decrypt=True) == numbers).all()


def test_numbers_walk_under_tweaks_of_their_own() -> None:
    numbers = np.arange(100, dtype=np.uint64)
    tweaks = np.arange(100, dtype=np.uint8)[:, None]
    found = FF1(CIPHER, 2).encrypt_numbers(numbers, 1_100_000, tweaks)
    back = FF1(CIPHER, 2).encrypt_numbers(found, 1_100_000, tweaks, decrypt=True)
    assert (back == numbers).all()


def test_a_domain_below_a_million_is_refused() -> None:
    with pytest.raises(HongxianError, match=r"100000 values are left, and FF1 needs 1000000"):
        FF1(CIPHER, 10).encrypt(np.zeros((1, 5), np.uint8), b"")
    with pytest.raises(HongxianError, match="999999 values are left"):
        FF1(CIPHER, 2).encrypt_numbers(np.zeros(1, np.uint64), 999_999, b"")


def test_nothing_shows_a_key() -> None:
    assert repr(FF1(CIPHER, 10)) == "FF1(radix=10)"
