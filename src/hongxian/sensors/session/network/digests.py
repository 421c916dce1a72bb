"""Hashes of a value, once and twice, in the forms in which they are sent."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ALGORITHMS = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sm3")
TWICE = ("md5", "sha1", "sha256", "sm3")
"""Of these, hashes of the hexadecimal hash are made too. A hash with a secret key or salt cannot
be found by anybody who does not know the key."""


@cache
def known() -> tuple[str, ...]:
    """Return the algorithms that this Python has; SM3 hangs on how its OpenSSL was built."""
    return tuple(name for name in ALGORITHMS if _has(name))


def _has(name: str) -> bool:
    try:
        hashlib.new(name, usedforsecurity=False)
    except ValueError:
        return False
    return True


def digests(text: str) -> Iterator[tuple[tuple[str, ...], bytes]]:
    """Yield the ways of hashing, innermost last, and the hashes of a text."""
    for spelled, more in _spelled(text).items():
        for name in known():
            first = _hash(name, spelled)
            yield (name, *more), first
            if name in TWICE:
                for outer in known():
                    if outer in TWICE:
                        yield (outer, name, *more), _hash(outer, first.hex())
                        yield (outer, "upper", name, *more), _hash(outer, first.hex().upper())


def _spelled(text: str) -> dict[str, tuple[str, ...]]:
    spelled: dict[str, tuple[str, ...]] = {text: ()}
    spelled.setdefault(text.lower(), ("lower",))
    spelled.setdefault(text.upper(), ("upper",))
    return spelled


def _hash(name: str, text: str) -> bytes:
    return hashlib.new(name, text.encode("utf-8", "replace"), usedforsecurity=False).digest()
