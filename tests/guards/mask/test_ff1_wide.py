from __future__ import annotations

import pytest
from tests.guards.mask.vectors import KEY, LETTERS, VECTORS

from hongxian.guards.mask.ciphers import BlockCipher
from hongxian.guards.mask.ff1_wide import encrypt_numerals


@pytest.mark.parametrize(("size", "tweak", "radix", "clear", "sealed"), VECTORS)
def test_every_example_of_nist_is_met_both_ways(
    size: int, tweak: str, radix: int, clear: str, sealed: str
) -> None:
    cipher = BlockCipher("aes", KEY[:size])
    numerals = [LETTERS.index(letter) for letter in clear]
    found = encrypt_numerals(cipher, radix, numerals, bytes.fromhex(tweak))
    assert "".join(LETTERS[one] for one in found) == sealed
    back = encrypt_numerals(cipher, radix, found, bytes.fromhex(tweak), decrypt=True)
    assert back == numerals


@pytest.mark.parametrize("length", [57, 80, 200])
def test_texts_that_need_more_than_one_block_of_mix_come_back(length: int) -> None:
    cipher = BlockCipher("sm4", KEY[:16])
    numerals = [place % 10 for place in range(length)]
    found = encrypt_numerals(cipher, 10, numerals, b"tweak")
    assert found != numerals
    assert encrypt_numerals(cipher, 10, found, b"tweak", decrypt=True) == numerals
