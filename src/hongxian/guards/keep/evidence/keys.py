"""Ed25519 keys (RFC 8032): files that OpenSSL reads too, and public keys as one word of text."""

from __future__ import annotations

import base64
import hashlib
import os
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from hongxian.guards.policy_source import read_bytes
from hongxian.words.worded import WordedError, unreadable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class SigningKey:
    """A private key; neither ``repr`` nor a copy in a log shows it.

    Args:
        key: the key.
    """

    __slots__ = ("_key", "public")

    def __init__(self, key: Ed25519PrivateKey) -> None:
        """Keep it."""
        self._key = key
        self.public = public_text(key.public_key().public_bytes_raw())

    def __repr__(self) -> str:
        """Return the public key alone."""
        return f"SigningKey({self.public!r})"

    def sign(self, data: bytes) -> bytes:
        """Return the signature of bytes."""
        return self._key.sign(data)


def public_text(raw: bytes) -> str:
    """Return a public key as people exchange it: base64 of its 32 bytes."""
    return base64.b64encode(raw).decode("ascii")


def public_bytes(text: str) -> bytes:
    """Return the 32 bytes of a public key.

    Raises:
        HongxianError: it is no key.
    """
    try:
        raw = base64.b64decode(text, validate=True)
        Ed25519PublicKey.from_public_bytes(raw)
    except ValueError:
        raise WordedError("keep_public_key") from None
    return raw


def signed(public: str, data: bytes, signature: bytes) -> bool:
    """Return whether a signature of bytes is that of a public key."""
    try:
        Ed25519PublicKey.from_public_bytes(public_bytes(public)).verify(signature, data)
    except InvalidSignature:
        return False
    return True


def key_id(public: str) -> str:
    """Return a short name of a public key: 16 digits of its SHA-256."""
    return hashlib.sha256(public_bytes(public)).hexdigest()[:16]


def make_key(path: Path) -> SigningKey:
    """Make a key and keep it in a new file that only its owner may read.

    Raises:
        HongxianError: the file is there already, or cannot be written.
    """
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        place = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise WordedError("keep_key_there", path) from None
    except OSError as error:
        raise unreadable(path, error) from None
    with os.fdopen(place, "wb") as out:
        out.write(pem)
    return SigningKey(key)


def load_key(path: Path, passphrase: Callable[[], bytes] | None = None) -> SigningKey:
    """Read a key.

    Args:
        path: a PEM file, as :func:`make_key` or ``openssl genpkey -algorithm ed25519`` make it.
        passphrase: asked for what a file is encrypted with, if it is.

    Raises:
        HongxianError: it is not there, holds no such key, or others may read it.
    """
    data = read_bytes(path)
    if path.stat().st_mode & 0o077:
        raise WordedError("keep_key_open", path)
    secret = passphrase() if passphrase and b"ENCRYPTED" in data else None
    try:
        key = load_pem_private_key(data, secret)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise WordedError("keep_key", path) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise WordedError("keep_key", path)
    return SigningKey(key)


def raw_public(key: SigningKey) -> bytes:
    """Return the 32 bytes of a key's public half."""
    return base64.b64decode(key.public)
