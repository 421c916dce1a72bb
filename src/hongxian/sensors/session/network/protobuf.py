"""Protocol Buffers without their schema: a check of the wire format, and names like ``2.1``."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.session.network.charsets import Named

Field = tuple[int, int, bytes]
"""Number, wire type, content."""
LEAST = 2
_TEXT = 3
MOST = 20_000
_HIGHEST = 20_000
"""Field numbers above it are allowed but not seen; random bytes have them."""
_VARINT, _EIGHT, _LENGTH, _FOUR = 0, 1, 2, 5
_FIXED = {_EIGHT: 8, _FOUR: 4}


def fields_in(data: bytes) -> list[Field] | None:
    """Return the fields of a message, or ``None`` when the bytes are no whole message."""
    found: list[Field] = []
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        number, wire = key >> 3, key & 7
        if at < 0 or not 0 < number <= _HIGHEST or len(found) >= MOST:
            return None
        start = at
        if wire == _VARINT:
            _, at = _varint(data, at)
        elif wire == _LENGTH:
            size, start = _varint(data, at)
            at = start + size if start >= 0 else -1
        elif wire in _FIXED:
            at += _FIXED[wire]
        else:
            return None
        if not 0 <= at <= len(data):
            return None
        found.append((number, wire, data[start:at]))
    return found or None


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Return a number and where it ends, or -1 where there is none."""
    value = 0
    for place in range(10):
        if at + place >= len(data):
            break
        byte = data[at + place]
        value |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return value, at + place + 1
    return 0, -1


def likely(fields: list[Field]) -> bool:
    """Whether a message that nobody announced can be one: random bytes hardly have this form."""
    texts = sum(wire == _LENGTH and len(raw) >= _TEXT and _is_text(raw) for _, wire, raw in fields)
    inner = sum(w == _LENGTH and len(raw) >= 8 and bool(fields_in(raw)) for _, w, raw in fields)
    return texts + inner > 0 and max(number for number, _, _ in fields) < 1000


def _is_text(raw: bytes) -> bool:
    try:
        return raw.decode().isprintable()
    except UnicodeDecodeError:
        return False


def protobuf_in(data: bytes, *, announced: bool = False) -> Iterator[Named] | None:
    """Return names and values of the message's fields, else ``None``.

    Args:
        data: the bytes.
        announced: whether a header says that they are a message.
    """
    fields = fields_in(data) if len(data) >= LEAST else None
    if fields is None or not (announced or likely(fields)):
        return None
    return _values(fields)


def _values(fields: list[Field]) -> Iterator[Named]:
    for number, wire, raw in fields:
        if wire == _VARINT:
            yield str(number), str(_varint(raw, 0)[0])
        elif wire == _LENGTH:
            yield str(number), raw
        else:
            kind, real = ("<Q", "<d") if wire == _EIGHT else ("<I", "<f")
            (value,) = struct.unpack(real, raw)
            whole = struct.unpack(kind, raw)[0]
            told = 1e-4 <= abs(value) <= 1e9  # else it was a whole number
            yield str(number), f"{value:.10g}" if told else str(whole)


def grpc_frames(data: bytes) -> list[bytes] | None:
    """Return the messages in the framing of gRPC: a flag, four bytes of length, the message."""
    found: list[bytes] = []
    at = 0
    while at < len(data):
        if len(data) - at < 5 or data[at] not in (0, 1, 0x80):
            return None
        size = int.from_bytes(data[at + 1 : at + 5], "big")
        if size > len(data) - at - 5:
            return None
        found.append(data[at + 5 : at + 5 + size])
        at += 5 + size
    return found or None
