"""The vault of tokens: one SQLite file in which no value stands in clear.

A value is looked up by its keyed hash and kept encrypted (AES-256-GCM), bound to its token; the
file alone gives nothing away. Old rows name their key, so that keys can change.
"""

from __future__ import annotations

import hmac
import os
import secrets
import sqlite3
import weakref
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from hongxian.words.worded import WordedError, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from hongxian.guards.mask.keys import Key, KeyRing

_TABLE = """
create table if not exists token (
    lookup blob primary key, token text not null unique, sealed blob not null, key text not null
) without rowid
"""
_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
_LENGTH = 16
_NONCE = 12


class Vault:
    """Tokens and their values in a file.

    Args:
        path: the file; made when it is not there, for its owner alone.
        ring: the keys.
        key_name: id of the key for new tokens, when it is not the active one.

    Raises:
        HongxianError: the file is no vault, or the extra is not installed.
    """

    def __init__(self, path: Path, ring: KeyRing, key_name: str | None = None) -> None:
        """Open the file."""
        try:
            from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - extra
        except ImportError:
            raise WordedError("no_mask_extra") from None
        self._sealer, self._ring, self._name = AESGCM, ring, key_name
        try:
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            self._file = sqlite3.connect(path, isolation_level=None, timeout=30)
            weakref.finalize(self, self._file.close)
            self._file.execute(_TABLE)
        except OSError as error:
            raise unreadable(path, error) from None
        except sqlite3.DatabaseError:
            raise WordedError("mask_vault_broken", path) from None
        self._path = path

    def __repr__(self) -> str:
        """Return no more than that it is one."""
        return "Vault()"

    def tokens(self, values: Sequence[str], domain: str, prefix: str) -> list[str]:
        """Return a token for each value; one that is known keeps its own."""
        key = self._ring.key(self._name)
        keys = {held.name: held.derive("token:lookup") for held in [key, *self._ring.all()]}
        with self._alone():
            return [self._token(value, domain, prefix, key, keys) for value in values]

    def values(self, tokens: Sequence[str], domain: str) -> list[str | None]:
        """Return what stands behind tokens; ``None`` for one that this vault did not give."""
        return [self._value(token, domain) for token in tokens]

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep others from writing meanwhile; all is written together or not at all."""
        try:
            with self._file:
                self._file.execute("begin immediate")
                yield
        except sqlite3.OperationalError:
            raise WordedError("mask_vault_busy", self._path) from None

    def _token(
        self, value: str, domain: str, prefix: str, key: Key, keys: Mapping[str, bytes]
    ) -> str:
        plain = value.encode()
        hashes = {name: _lookup(secret, domain, plain) for name, secret in keys.items()}
        for lookup in hashes.values():
            found = self._file.execute("select token from token where lookup = ?", (lookup,))
            if row := found.fetchone():
                return str(row[0])
        token = prefix + "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
        nonce = secrets.token_bytes(_NONCE)
        sealed = self._seal(key).encrypt(nonce, plain, f"{domain}\0{token}".encode())
        row = (hashes[key.name], token, nonce + sealed, key.name)
        self._file.execute("insert into token values (?, ?, ?, ?)", row)
        return token

    def _value(self, token: str, domain: str) -> str | None:
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - an extra

        found = self._file.execute("select sealed, key from token where token = ?", (token,))
        row = found.fetchone()
        if row is None:
            return None
        sealed, name = row
        try:
            plain = self._seal(self._ring.key(name)).decrypt(
                sealed[:_NONCE], sealed[_NONCE:], f"{domain}\0{token}".encode()
            )
        except InvalidTag:
            return None
        return str(plain.decode())

    def _seal(self, key: Key) -> Any:
        return self._sealer(key.derive("token:seal"))


def _lookup(secret: bytes, domain: str, plain: bytes) -> bytes:
    return hmac.digest(secret, domain.encode() + b"\0" + plain, "sha256")
