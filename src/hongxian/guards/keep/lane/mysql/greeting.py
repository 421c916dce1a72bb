"""How a session begins: what the server offers, as far as the lane can follow, and who asks."""

from __future__ import annotations

from dataclasses import dataclass

from hongxian.guards.keep.lane.frames import ProtocolError
from hongxian.guards.keep.lane.mysql.frames import length_at

LONG_PASSWORD, WITH_DATABASE, PROTOCOL_41, TLS = 1, 8, 1 << 9, 1 << 11
SECURE, PLUGINS, ATTRIBUTES, LONG_PROOF, SHORT_END = 1 << 15, 1 << 19, 1 << 20, 1 << 21, 1 << 24
"""Bits of what a server offers and a client wants (``CLIENT_...``)."""
FOLLOWED = sum((
    LONG_PASSWORD, 1 << 1, 1 << 2, WITH_DATABASE, 1 << 4, 1 << 6, 1 << 8, PROTOCOL_41, 1 << 10,
    1 << 12, 1 << 13, 1 << 14, SECURE, 1 << 16, 1 << 17, 1 << 18, PLUGINS, ATTRIBUTES, LONG_PROOF,
    1 << 22, 1 << 23, SHORT_END,
))  # fmt: skip
"""All but compression, files of the client, attributes of queries, results without descriptions,
several factors, and what MariaDB adds (progress, commands in bulk, descriptions that are kept)."""
REQUEST = 32
"""Bytes of a request for TLS, and of what stands before a name."""
LARGEST = 1 << 16
"""Bytes of a packet while a client proves who it is."""


def offered(body: bytes, *, tls: bool) -> bytes:
    """Return a server's greeting, as the client gets it.

    Raises:
        ProtocolError: it is none of protocol 10.
    """
    end = body.find(0, 1)
    place = end + 1 + 4 + 8 + 1
    if body[:1] != b"\x0a" or end < 0 or len(body) < place + 18:
        raise ProtocolError("greeting")
    wide = place + 5
    flags = int.from_bytes(body[place : place + 2] + body[wide : wide + 2], "little")
    if not flags & PROTOCOL_41 or not flags & SECURE:
        raise ProtocolError("version")
    own = (flags & FOLLOWED & ~TLS) | (TLS if tls else 0)
    told = own.to_bytes(4, "little")
    # behind the length of the proof: six bytes of nothing, and four of MariaDB's own
    return b"".join((
        body[:place], told[:2], body[place + 2 : wide], told[2:], body[wide + 2 : wide + 3],
        bytes(10), body[wide + 13 :],
    ))  # fmt: skip


def offers_tls(body: bytes) -> bool:
    """Return whether a greeting offers TLS."""
    place = body.find(0, 1) + 1 + 4 + 8 + 1
    return bool(int.from_bytes(body[place : place + 2], "little") & TLS)


@dataclass(frozen=True, slots=True)
class Asked:
    """A client's answer to a greeting."""

    flags: int
    role: str
    database: str
    body: bytes

    @property
    def request(self) -> bytes:
        """The body that asks for TLS before it."""
        return (self.flags | TLS).to_bytes(4, "little") + self.body[4:REQUEST]

    def forwarded(self, *, tls: bool) -> bytes:
        """The body as the server gets it."""
        flags = (self.flags & ~TLS) | (TLS if tls else 0)
        return flags.to_bytes(4, "little") + self.body[4:]


def wants_tls(body: bytes) -> bool:
    """Return whether a body is a request for TLS."""
    return len(body) == REQUEST and bool(int.from_bytes(body[:4], "little") & TLS)


def asked(body: bytes) -> Asked:
    """Return who asks for a session.

    Raises:
        ProtocolError: it is no answer of protocol 4.1.
    """
    if len(body) <= REQUEST:
        raise ProtocolError("start")
    flags = int.from_bytes(body[:4], "little") & (FOLLOWED | TLS)
    if not flags & PROTOCOL_41:
        raise ProtocolError("version")
    role, place = _text(body, REQUEST)
    if flags & LONG_PROOF:
        length, place = length_at(body, place)
    elif flags & SECURE:
        length, place = length_at(body[: place + 1], place)
    else:
        raise ProtocolError("version")
    place += length
    if place > len(body):
        raise ProtocolError("start")
    database = _text(body, place)[0] if flags & WITH_DATABASE else ""
    # the last of 23 bytes of nothing are MariaDB's own wishes: none of them is followed
    return Asked(flags, role, database, bytes(4) + body[4:9] + bytes(23) + body[REQUEST:])


def _text(body: bytes, place: int) -> tuple[str, int]:
    end = body.find(0, place)
    if end < 0:
        raise ProtocolError("start")
    return body[place:end].decode("utf-8", "replace"), end + 1
