from __future__ import annotations

import numpy as np
import pytest
from tests.guards.mask.vectors import KEY

from hongxian.guards.mask.ciphers import BlockCipher
from hongxian.guards.mask.formats.part import (
    Ranked,
    Spelled,
    no_bytes,
    number,
    patterns,
    spell,
    wide_enough,
)

CIPHER = BlockCipher("aes", KEY)


@pytest.mark.parametrize("kept", [b"", b"138"])
def test_parts_of_both_kinds_come_back(kept: bytes) -> None:
    rows = np.arange(3)
    stays = np.frombuffer(kept * 3, np.uint8).reshape(3, len(kept))
    ranked = Ranked(rows, np.arange(3, dtype=np.uint64), 10**6, stays, lambda new: new[:, None])
    found = ranked.turned(CIPHER, b"d", decrypt=False)[:, 0]
    back = Ranked(rows, found, 10**6, stays, lambda new: new[:, None])
    assert back.turned(CIPHER, b"d", decrypt=True)[:, 0].tolist() == [0, 1, 2]
    numerals = np.arange(24, dtype=np.uint8).reshape(3, 8) % 10
    spelled = Spelled(rows, numerals, 10, stays, lambda new: new)
    found = spelled.turned(CIPHER, b"d", decrypt=False)
    back = Spelled(rows, found, 10, stays, lambda new: new).turned(CIPHER, b"d", decrypt=True)
    assert (back == numerals).all()


def test_what_is_kept_changes_what_is_encrypted() -> None:
    def sealed(kept: np.ndarray) -> list[int]:
        part = Ranked(np.arange(2), np.zeros(2, np.uint64), 10**9, kept, lambda new: new)
        return part.turned(CIPHER, b"d", decrypt=False).tolist()

    one, other = sealed(np.array([[1], [2]], np.uint8))
    assert one != other
    assert sealed(np.array([[1], [1]], np.uint8)) == [one, one]
    assert sealed(no_bytes(2)) != [one, one]


def test_digits_are_read_and_written() -> None:
    digits = np.array([[0, 4, 2], [9, 9, 9]], np.uint8)
    assert number(digits).tolist() == [42, 999]
    out = np.zeros((2, 4), np.uint8)
    spell(number(digits), out)
    assert out.tobytes() == b"00420999"


def test_rows_are_grouped_by_their_pattern() -> None:
    codes = np.array([[1, 0], [1, 1], [1, 0], [0, 0]], np.uint8)
    found = {tuple(pattern): rows.tolist() for rows, pattern in patterns(codes)}
    assert found == {(1, 0): [0, 2], (1, 1): [1], (0, 0): [3]}
    ((rows, pattern),) = patterns(codes[:1])
    assert (rows.tolist(), pattern.tolist()) == ([0], [1, 0])


def test_a_million_texts_are_enough() -> None:
    assert wide_enough(10, 6)
    assert not wide_enough(10, 5)
    assert not wide_enough(65536, 1)
