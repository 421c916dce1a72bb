"""Block ciphers by the column: many blocks in one call (needs the extra ``mask``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from numpy.typing import NDArray

BLOCK = 16
"""Bytes of a block, of AES and SM4 alike."""

CIPHERS = {"aes": 32, "sm4": 16}
"""Ciphers by name, and how many bytes of key we give them."""


class BlockCipher:
    """AES or SM4 under one key, a block at a time or a column at a time.

    Args:
        name: ``aes`` or ``sm4``.
        key: the secret; never shown again.

    Raises:
        HongxianError: the extra is not installed.
    """

    def __init__(self, name: str, key: bytes) -> None:
        """Set the cipher up once."""
        try:
            from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes  # noqa: PLC0415 - an extra
        except ImportError:
            raise WordedError("no_mask_extra") from None
        algorithm = algorithms.AES(key) if name == "aes" else algorithms.SM4(key)
        # ECB is only the bare block cipher here: FF1 chains the blocks itself.
        self._encryptor = Cipher(algorithm, modes.ECB()).encryptor()  # noqa: S305
        self.name = name

    def __repr__(self) -> str:
        """Return the name alone."""
        return f"BlockCipher({self.name!r})"

    def encrypt(self, blocks: bytes) -> bytes:
        """Return whole blocks, each encrypted by itself."""
        return self._encryptor.update(blocks)

    def encrypt_words(self, words: NDArray[np.uint64]) -> NDArray[np.uint64]:
        """Return a column of blocks encrypted: two words a row, as they lie in memory."""
        out = np.empty(words.nbytes + BLOCK, np.uint8)
        size = self._encryptor.update_into(words.data.cast("B"), out.data)
        return out[:size].view(np.uint64).reshape(-1, 2)
