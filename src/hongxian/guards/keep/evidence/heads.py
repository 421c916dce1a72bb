"""Signed heads of a log: how long it is, and the root over all of it.

A head is a checkpoint of C2SP ``tlog-checkpoint`` in a ``signed-note``, so that witnesses of
transparency logs can read it::

    hongxian.keep/5f0c...             the log
    1234                              entries
    <base64>                          root
    at 2026-01-31T08:00:00.000000Z    when

    — hongxian.keep/5f0c... <base64>  signature
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.guards.keep.evidence.keys import public_bytes, raw_public, signed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.guards.keep.evidence.keys import SigningKey

_TEXT = re.compile(
    r"(?P<origin>[^\s+]{1,200})\n(?P<size>0|[1-9]\d{0,17})\n(?P<root>[A-Za-z0-9+/]{43}=)\n"
    r"at (?P<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)\n"
)
_SIGNATURE = re.compile(r"— (?P<name>[^\s+]+) (?P<blob>[A-Za-z0-9+/]+={0,2})\n")


class HeadError(ValueError):
    """A text that is no head."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a log was at a moment."""

    origin: str
    """Name of the log."""
    size: int
    """Entries."""
    root: bytes
    at: str
    signatures: tuple[bytes, ...] = ()
    """Each with the four bytes before it that name its key."""

    def text(self) -> str:
        """Return what is signed."""
        root = base64.b64encode(self.root).decode("ascii")
        return f"{self.origin}\n{self.size}\n{root}\nat {self.at}\n"

    def note(self, key: SigningKey) -> str:
        """Return the head with a signature."""
        text = self.text()
        blob = _named(self.origin, raw_public(key)) + key.sign(text.encode())
        return f"{text}\n— {self.origin} {base64.b64encode(blob).decode('ascii')}\n"

    def signed_by(self, public: str) -> bool:
        """Return whether the owner of a key has signed it."""
        name = _named(self.origin, public_bytes(public))
        data = self.text().encode()
        return any(one[:4] == name and signed(public, data, one[4:]) for one in self.signatures)


def read_head(note: str) -> Head:
    """Return the head that a note is.

    Raises:
        HeadError: it is none.
    """
    found = _TEXT.match(note)
    if found is None or not note.startswith("\n", found.end()):
        raise HeadError(note[:20])
    blobs, place = [], found.end() + 1
    while place < len(note):
        line = _SIGNATURE.match(note, place)
        if line is None:
            raise HeadError("signature")
        if line["name"] == found["origin"]:
            blobs.append(_decoded(line["blob"]))
        place = line.end()
    root = _decoded(found["root"])
    return Head(found["origin"], int(found["size"]), root, found["at"], tuple(blobs))


def read_heads(text: str) -> Iterator[Head]:
    """Yield the heads of a file to which one after the other was added.

    Raises:
        HeadError: something in it is none.
    """
    parts = text.strip("\n").split("\n\n") if text.strip("\n") else []
    for place in range(0, len(parts), 2):
        yield read_head("\n\n".join(parts[place : place + 2]) + "\n")


def _named(origin: str, raw: bytes) -> bytes:
    """Return the four bytes that name a key in a signed note."""
    return hashlib.sha256(origin.encode() + b"\n\x01" + raw).digest()[:4]


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise HeadError("base64") from None
