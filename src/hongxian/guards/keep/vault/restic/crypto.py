"""Reads files of a restic repository, when the vault was given a password to read.

As restic's *Design* document says: a key file holds the master key under a password (scrypt);
a file is IV (16 bytes), AES-256-CTR text, and Poly1305-AES (16 bytes) over that text. Version 2
packs unpacked files with Zstandard behind a byte 2.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.poly1305 import Poly1305

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MEMORY = 1 << 28
"""Bytes that the key of a key file may take to make."""
UNPACKED = 1 << 26
"""Bytes that a snapshot or key may have, unpacked."""
_IV = _TAG = 16


class UnreadableError(Exception):
    """The file is not what a restic with this key writes."""


@dataclass(frozen=True, slots=True)
class Key:
    """Encrypts (32 bytes), and authenticates (``k`` and ``r``, 16 bytes each)."""

    encrypt: bytes
    k: bytes
    r: bytes

    def opened(self, data: bytes) -> bytes:
        """Return the text of an encrypted file.

        Raises:
            UnreadableError: it was made by another key, or altered.
        """
        iv, text, tag = data[:_IV], data[_IV:-_TAG], data[-_TAG:]
        if len(data) < _IV + _TAG:
            raise UnreadableError("short")
        mark = Poly1305(self.r + _aes(self.k, modes.ECB(), iv))  # noqa: S305 - as Poly1305-AES does
        mark.update(text)
        try:
            mark.verify(tag)
        except InvalidSignature:
            raise UnreadableError("tag") from None
        return _aes(self.encrypt, modes.CTR(iv), text)


def _aes(key: bytes, mode: Any, data: bytes) -> bytes:
    one = Cipher(algorithms.AES(key), mode).encryptor()
    return one.update(data) + one.finalize()


def master_key(file: bytes, password: str) -> Key:
    """Return the key of a repository.

    Args:
        file: content of a file of ``keys/``.
        password: of that key.

    Raises:
        UnreadableError: the password is another one, or the file is no key.
    """
    try:
        told = json.loads(file)
        if told["kdf"] != "scrypt":
            raise UnreadableError("kdf")
        made = hashlib.scrypt(
            password.encode(), salt=base64.b64decode(told["salt"]), n=told["N"], r=told["r"],
            p=told["p"], dklen=64, maxmem=MEMORY,
        )  # fmt: skip
        opened = Key(made[:32], made[32:48], made[48:]).opened(base64.b64decode(told["data"]))
        master = json.loads(opened)
        mac = master["mac"]
        return Key(*(base64.b64decode(one) for one in (master["encrypt"], mac["k"], mac["r"])))
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableError(type(error).__name__) from None


def unpacked(data: bytes, key: Key) -> Any:
    """Return what an encrypted JSON file of a repository says: a snapshot or the configuration.

    Raises:
        UnreadableError: it is none.
    """
    text = key.opened(data)
    try:
        if text[:1] == b"\x02":
            text = zstd.ZstdDecompressor().decompress(text[1:], UNPACKED)
        return json.loads(text)
    except (ValueError, zstd.ZstdError) as error:
        raise UnreadableError(type(error).__name__) from None
