"""Passwords of clients: kept as scrypt hashes, compared in constant time.

scrypt is slow on purpose, and a backup asks thousands of times: a password that was right is
remembered in memory, under a key that lives as long as the process.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import threading

N, R, P = 1 << 15, 8, 1
"""Cost, block size and parallelism; 32 MB and about 0.1 s a try."""
MEMORY = 1 << 26
"""Bytes that a hash may take, whatever the configuration says."""


def hashed(password: str) -> str:
    """Return the line that stands in the configuration for a password."""
    salt = secrets.token_bytes(16)
    made = _scrypt(password, salt, N, R, P)
    return f"scrypt:{N}:{R}:{P}:{_text(salt)}:{_text(made)}"


def right(password: str, line: str) -> bool:
    """Whether a password is the one of a line.

    Raises:
        ValueError: the line is none that :func:`hashed` has made.
    """
    kind, n, r, p, salt, made = line.split(":")
    if kind != "scrypt":
        raise ValueError(kind)
    found = _scrypt(password, base64.b64decode(salt), int(n), int(r), int(p))
    return hmac.compare_digest(found, base64.b64decode(made))


class Passwords:
    """Knows who is who.

    Args:
        lines: client -> line of :func:`hashed`.
    """

    def __init__(self, lines: dict[str, str]) -> None:
        """Begin with nobody remembered."""
        self._lines = lines
        self._nobody = hashed(secrets.token_hex())
        self._key = secrets.token_bytes(32)
        self._known: dict[str, bytes] = {}
        self._one = threading.Lock()

    def known(self, client: str, password: str) -> bool | None:
        """Whether it is the client, when that can be told at once; else ``None``."""
        told = self._known.get(client)
        if told is not None and hmac.compare_digest(told, self._tag(password)):
            return True
        return None

    def right(self, client: str, password: str) -> bool:
        """Whether it is the client; takes its time, one at a time."""
        with self._one:  # guesses wait in line
            fits = right(password, self._lines.get(client, self._nobody))
        if fits and client in self._lines:
            self._known[client] = self._tag(password)
            return True
        return False

    def _tag(self, password: str) -> bytes:
        return hmac.digest(self._key, password.encode(), "sha256")


def _scrypt(password: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=n, r=r, p=p, maxmem=MEMORY)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
