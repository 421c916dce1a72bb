"""Messages of PostgreSQL's protocol 3: a letter, a length that counts itself, and a body.

The first packet of a client has no letter. Numbers are big-endian; texts end with a zero byte.
Source: PostgreSQL manual, chapter "Frontend/Backend Protocol", "Message Formats".
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CANCEL, TLS, GSS = 80_877_102, 80_877_103, 80_877_104
"""Codes of first packets that are no start of a session."""
MAJOR = 3
"""The protocol's version that is spoken."""
FIRST = 10_000
"""Bytes that a first packet may have (``MAX_STARTUP_PACKET_LENGTH``)."""

LENGTH = Struct(">I")
HEAD = Struct(">BI")
"""Letter and length."""


class ProtocolError(Exception):
    """Bytes that are no message of the protocol; its text says in a word what is wrong."""


def message(kind: bytes, body: bytes = b"") -> bytes:
    """Return a message."""
    return kind + LENGTH.pack(len(body) + 4) + body


def query(text: bytes) -> bytes:
    """Return a message that asks for the statements of a text."""
    return message(b"Q", text + b"\0")


def parse(name: bytes, text: bytes, types: bytes = b"\0\0") -> bytes:
    """Return a message that prepares a statement; ``types`` are its number of types and they."""
    return message(b"P", name + b"\0" + text + b"\0" + types)


def first_packet(code: int, body: bytes = b"") -> bytes:
    """Return a first packet."""
    return LENGTH.pack(len(body) + 8) + LENGTH.pack(code) + body


def startup(version: int, parameters: Mapping[bytes, bytes]) -> bytes:
    """Return the packet that starts a session."""
    pairs = b"".join(b"%b\0%b\0" % pair for pair in parameters.items())
    return first_packet(version, pairs + b"\0")


def read_parameters(body: bytes) -> dict[bytes, bytes]:
    """Return the parameters of a packet that starts a session, behind its version.

    Raises:
        ProtocolError: they are not paired, not ended, or one stands twice.
    """
    if not body.endswith(b"\0\0") and body != b"\0":
        raise ProtocolError("startup")
    words = body[:-2].split(b"\0") if len(body) > 1 else []
    if len(words) % 2:
        raise ProtocolError("startup")
    told = dict(zip(words[::2], words[1::2], strict=True))
    if len(told) * 2 != len(words) or b"" in told:
        raise ProtocolError("startup")
    return told


def error(fields: Mapping[str, str], codec: str = "utf-8", kind: bytes = b"E") -> bytes:
    """Return an error, or a notice by kind ``N``; fields by their letter."""
    parts = [
        letter.encode() + text.replace("\0", "").encode(codec, "replace") + b"\0"
        for letter, text in fields.items()
    ]
    return message(kind, b"".join(parts) + b"\0")


def read_error(body: bytes) -> dict[str, str]:
    """Return the fields of an error by their letter; what is no text is replaced."""
    fields = body.rstrip(b"\0").split(b"\0")
    return {chr(one[0]): one[1:].decode("utf-8", "replace") for one in fields if one}
