from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.guards.mask.vectors import KEY

from hongxian.guards.mask.ciphers import BlockCipher
from hongxian.guards.mask.formats.bank_card import BankCard
from hongxian.guards.mask.fpe import encrypt_column

CIPHER = BlockCipher("aes", KEY)
NUMBERS = st.from_regex(r"[1-9][0-9]{14,18}", fullmatch=True)
KEEP = st.sampled_from([(), ("bin",), ("bin8",)])


def luhn(number: str) -> int:
    """What is left of the sum: nought for a right number. Written by itself, digit by digit."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10


def sealed(value: str, keep: tuple[str, ...], *, decrypt: bool = False) -> str | None:
    form = BankCard(keep)
    found = encrypt_column(pa.array([value]), form, CIPHER, b"card", decrypt=decrypt)
    return found.values.to_pylist()[0]


@given(NUMBERS, KEEP)
def test_the_check_digit_is_right_where_it_was_and_the_number_comes_back(
    value: str, keep: tuple[str, ...]
) -> None:
    found = sealed(value, keep)
    assert found
    assert (luhn(found) == 0) == (luhn(value) == 0)
    kept = 8 if "bin8" in keep else 6 if keep else 0
    assert found[:kept] == value[:kept]
    assert sealed(found, keep, decrypt=True) == value


def test_real_looking_numbers_stay_valid_with_their_gaps() -> None:
    found = sealed("4111 1111 1111 1111", ("bin",))
    assert found
    assert found[:7] == "4111 11"
    assert [found[place] for place in (4, 9, 14)] == [" "] * 3
    assert luhn(found.replace(" ", "")) == 0


@pytest.mark.parametrize(
    ("value", "keep"),
    [("411111111111", ()), ("41111111111111111111", ()), ("41111111111111", ("bin8",)),
     ("4111/1111/1111/1111", ())],
)  # fmt: skip
def test_what_is_no_card_or_leaves_too_little_does_not_fit(
    value: str, keep: tuple[str, ...]
) -> None:
    assert sealed(value, keep) is None
