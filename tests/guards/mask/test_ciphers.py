from __future__ import annotations

import sys

import numpy as np
import pytest

from hongxian.errors import HongxianError
from hongxian.guards.mask.ciphers import BlockCipher


@pytest.mark.parametrize(
    ("name", "key", "clear", "sealed"),
    [
        # FIPS 197, appendix C.1
        ("aes", "000102030405060708090a0b0c0d0e0f", "00112233445566778899aabbccddeeff",
         "69c4e0d86a7b0430d8cdb78070b4c55a"),
        # GB/T 32907-2016, appendix A.1
        ("sm4", "0123456789abcdeffedcba9876543210", "0123456789abcdeffedcba9876543210",
         "681edf34d206965e86b3e94f536e4246"),
    ],
)  # fmt: skip
def test_a_block_and_a_column_of_blocks_are_as_the_standards_say(
    name: str, key: str, clear: str, sealed: str
) -> None:
    cipher = BlockCipher(name, bytes.fromhex(key))
    assert cipher.encrypt(bytes.fromhex(clear)).hex() == sealed
    words = np.frombuffer(bytes.fromhex(clear) * 5, np.uint64).reshape(5, 2)
    assert cipher.encrypt_words(words).tobytes().hex() == sealed * 5


def test_a_cipher_shows_no_key() -> None:
    cipher = BlockCipher("aes", b"0123456789abcdef")
    assert repr(cipher) == f"{cipher}" == "BlockCipher('aes')"


def test_a_missing_extra_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.ciphers", None)
    with pytest.raises(HongxianError, match=r"pip install 'hongxian\[mask\]'"):
        BlockCipher("aes", bytes(16))
