"""Keys: held, never shown; each use gets a key of its own that is derived from the one given."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LEAST_BYTES = 16
"""A key must hold at least 128 bits."""

_SALT = b"hongxian mask 1"


class Key:
    """A secret with an id; neither ``repr`` nor ``str`` nor a copy in a log shows the secret.

    Args:
        name: the id that policies and reports name.
        secret: at least 16 bytes.

    Raises:
        HongxianError: the secret is too short.
    """

    __slots__ = ("_derived", "name")

    def __init__(self, name: str, secret: bytes) -> None:
        """Keep what all uses are derived from (HKDF-Extract of RFC 5869), not the secret."""
        if len(secret) < LEAST_BYTES:
            raise WordedError("key_short", name, least=LEAST_BYTES)
        self.name = name
        self._derived = hmac.digest(_SALT, secret, hashlib.sha256)

    def __repr__(self) -> str:
        """Return the id alone."""
        return f"Key({self.name!r})"

    def __reduce__(self) -> str:
        """Refuse to be written down."""
        raise TypeError("a key is not written down")

    def derive(self, use: str, size: int = 32) -> bytes:
        """Return the key of one use (HKDF-Expand of RFC 5869): no two uses share one.

        Args:
            use: such as ``fpe:aes``.
            size: bytes that are wanted.
        """
        out, block = b"", b""
        while len(out) < size:
            block = hmac.digest(
                self._derived, block + use.encode() + bytes([len(out) // 32 + 1]), hashlib.sha256
            )
            out += block
        return out[:size]


@dataclass(slots=True)
class KeyRing:
    """The keys of a policy by id; each is fetched when it is first asked for.

    Args:
        active: id of the key that masks now.
        sources: what fetches a key's secret, by id.
    """

    active: str | None = None
    sources: Mapping[str, Callable[[], bytes]] = field(default_factory=dict, repr=False)
    _held: dict[str, Key] = field(default_factory=dict, repr=False)

    def key(self, name: str | None = None) -> Key:
        """Return a key, the active one unless another is named.

        Raises:
            HongxianError: there is none, or its source does not give it.
        """
        asked = name or self.active
        if asked is None:
            raise WordedError("key_none")
        if asked not in self.sources:
            raise WordedError("key_unknown", word=asked, known=", ".join(self.sources))
        if asked not in self._held:
            self._held[asked] = Key(asked, self.sources[asked]())
        return self._held[asked]

    def all(self) -> list[Key]:
        """Return every key, the active one first: old values are found under old keys."""
        names = sorted(self.sources, key=lambda name: name != self.active)
        return [self.key(name) for name in names]
