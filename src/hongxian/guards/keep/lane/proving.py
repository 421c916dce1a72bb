"""What a server says while a client proves who it is."""

from __future__ import annotations

import struct

from hongxian.guards.keep.lane import frames

SASL = 10
_PLUS = b"SCRAM-SHA-256-PLUS"


def without_binding(body: bytes) -> bytes | None:
    """Return an offer of SASL mechanisms without those that bind to a channel, if it had any.

    TLS ends here, so what the client would bind to is not what the server sees.
    """
    (kind,) = struct.unpack_from(">I", body)
    if kind != SASL or _PLUS not in body:
        return None
    kept = [one for one in body[4:].split(b"\0") if one and one != _PLUS]
    return frames.message(b"R", body[:4] + b"".join(one + b"\0" for one in kept) + b"\0")


def let_in(body: bytes) -> bool:
    """Return whether a message of kind ``R`` says that the client is let in."""
    return len(body) == 4 and struct.unpack(">I", body)[0] == 0
