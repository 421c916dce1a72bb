from hashlib import blake2b

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.signals.keyed import BLOCK_SIZE, Keyed, turned

KEYS = st.binary(min_size=1, max_size=64)


def told(data: bytes, key: bytes) -> int:
    return int.from_bytes(blake2b(data, digest_size=8, key=key).digest(), "big") >> 1


@given(KEYS, st.lists(st.binary(min_size=1, max_size=BLOCK_SIZE), min_size=1, max_size=3))
def test_texts_have_the_hashes_of_blake2b(key: bytes, texts: list[bytes]) -> None:
    keyed = Keyed(key)
    assert [keyed.text(one) for one in texts] == [told(one, key) for one in texts]


@given(KEYS, st.binary(max_size=100), st.integers(0, (1 << 62) - 1))
def test_a_number_is_hashed_as_its_digits(key: bytes, words: bytes, number: int) -> None:
    assert Keyed(key).number(words, number) == told(words + b"%d" % number, key)


@pytest.mark.parametrize("size", [1, BLOCK_SIZE])
def test_what_was_hashed_before_leaves_nothing_behind(size: int) -> None:
    keyed = Keyed(b"k")
    keyed.text(b"\xff" * BLOCK_SIZE)
    assert keyed.text(b"a" * size) == told(b"a" * size, b"k")


def test_words_are_turned_byte_by_byte() -> None:
    assert turned(0x0102030405060708) == 0x0807060504030201
