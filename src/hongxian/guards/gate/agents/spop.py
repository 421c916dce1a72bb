"""Frames of SPOP 2.0, by which HAProxy speaks to agents (``doc/SPOE.txt`` of HAProxy, part 3; A).

Everything here is bytes to values and back; nothing is kept, nothing waits.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import ip_address

HAPROXY_HELLO, HAPROXY_DISCONNECT, NOTIFY = 1, 2, 3
AGENT_HELLO, AGENT_DISCONNECT, ACK = 101, 102, 103
UNSET = 0
"""Kind of all parts of a fragmented frame but the first."""

NORMAL, TOO_BIG, INVALID = 0, 3, 4
NO_VERSION, NO_SIZE, NO_CAPABILITIES, BAD_VERSION, BAD_SIZE, FRAGMENTED = 5, 6, 7, 8, 9, 10
"""Why a connection ends."""

TXN = 2
"""Scope of variables that live as long as request and answer."""
FIN = 1
"""Flag of the last part of a frame."""

_SET_VAR = b"\x01\x03"
_NULL, _BOOL, _IPV4, _IPV6, _STRING, _BINARY = 0, 1, 6, 7, 8, 9
_INTS = (2, 3, 4, 5)
_INT32, _INT64 = 2, 4
_TRUE = 0x10

Value = bool | int | str | bytes | None
"""What may stand in a frame; addresses are text."""


class SpopError(Exception):
    """A frame that is none.

    Args:
        status: code with which the connection ends.
        message: what is wrong.
    """

    def __init__(self, status: int, message: str) -> None:
        """Keep both."""
        super().__init__(message)
        self.status, self.message = status, message


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame without its payload's meaning."""

    kind: int
    flags: int
    stream: int
    number: int
    payload: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """A message that HAProxy sends, with its arguments."""

    name: str
    values: dict[str, Value] = field(default_factory=dict)


class Reader:
    """Reads values out of bytes, one after the other.

    Args:
        data: the bytes.
    """

    __slots__ = ("at", "data")

    def __init__(self, data: bytes) -> None:
        """Begin at the beginning."""
        self.data, self.at = data, 0

    def __bool__(self) -> bool:
        """Whether there is more."""
        return self.at < len(self.data)

    def byte(self) -> int:
        """Read one byte."""
        if self.at >= len(self.data):
            raise SpopError(INVALID, "truncated")
        self.at += 1
        return self.data[self.at - 1]

    def take(self, size: int) -> bytes:
        """Read so many bytes."""
        if size > len(self.data) - self.at:
            raise SpopError(INVALID, "truncated")
        self.at += size
        return self.data[self.at - size : self.at]

    def varint(self) -> int:
        """Read a number of 64 bits at most."""
        made = self.byte()
        if made < 240:
            return made
        shift = 4
        while True:
            one = self.byte()
            made += one << shift
            if made >= 1 << 64:
                raise SpopError(INVALID, "number")
            if one < 128:
                return made
            shift += 7

    def string(self) -> bytes:
        """Read bytes whose length stands before them."""
        data, start = self.data, self.at + 1
        if start <= len(data) and data[start - 1] < 240:  # as most are
            end = start + data[start - 1]
            if end <= len(data):
                self.at = end
                return data[start:end]
        return self.take(self.varint())

    def name(self) -> str:
        """Read a string as text."""
        return self.string().decode("latin-1")

    def typed(self) -> Value:
        """Read a value of whatever type."""
        told = self.byte()
        kind = told & 15
        if kind == _STRING:
            return self.name()
        if kind == _BINARY:
            return self.string()
        if kind == _NULL:
            return None
        if kind == _BOOL:
            return bool(told & _TRUE)
        if kind in _INTS:
            return _signed(self.varint(), kind)
        if kind in (_IPV4, _IPV6):
            return str(ip_address(self.take(4 if kind == _IPV4 else 16)))
        raise SpopError(INVALID, "type")


def _signed(number: int, kind: int) -> int:
    if kind == _INT32:
        number &= 0xFFFFFFFF
        return number - (1 << 32) if number >> 31 else number
    return number - (1 << 64) if kind == _INT64 and number >> 63 else number


def read_frame(data: bytes) -> Frame:
    """Return the frame that bytes are, without the length before them.

    Raises:
        SpopError: they are none.
    """
    reader = Reader(data)
    kind = reader.byte()
    flags = int.from_bytes(reader.take(4))
    return Frame(kind, flags, reader.varint(), reader.varint(), data[reader.at :])


def key_values(payload: bytes) -> dict[str, Value]:
    """Return names and values of a payload; of a name that stands twice the last counts.

    Raises:
        SpopError: it has none.
    """
    reader = Reader(payload)
    found: dict[str, Value] = {}
    while reader:
        name = reader.name()
        found[name] = reader.typed()
    return found


def messages(payload: bytes) -> list[Message]:
    """Return the messages of a NOTIFY.

    Raises:
        SpopError: it has none.
    """
    reader = Reader(payload)
    found = []
    while reader:
        message = Message(reader.name())
        for _ in range(reader.byte()):
            name = reader.name()
            message.values[name] = reader.typed()
        found.append(message)
    return found


def header_pairs(block: bytes) -> list[tuple[bytes, bytes]]:
    """Return names in lower case and values of headers, as ``req.hdrs_bin`` writes them.

    Raises:
        SpopError: these are none.
    """
    reader = Reader(block)
    found: list[tuple[bytes, bytes]] = []
    while reader:
        name, value = reader.string(), reader.string()
        if not name and not value:
            break
        found.append((name.lower(), value))
    return found


def varint(number: int) -> bytes:
    """Return a number as it is written; negative ones as 64 bits."""
    number &= (1 << 64) - 1
    if number < 240:
        return bytes((number,))
    made = bytearray(((number & 255) | 240,))
    number = (number - 240) >> 4
    while number >= 128:
        made.append((number & 255) | 128)
        number = (number - 128) >> 7
    made.append(number)
    return bytes(made)


def string(text: str | bytes) -> bytes:
    """Return text as it is written: its length, then itself."""
    data = text.encode() if isinstance(text, str) else text
    return varint(len(data)) + data


def typed(value: Value) -> bytes:
    """Return a value as it is written, with its type."""
    if value is None:
        return bytes((_NULL,))
    if isinstance(value, bool):
        return bytes((_BOOL | (_TRUE if value else 0),))
    if isinstance(value, int):
        return bytes((_INTS[1] if 0 <= value < 1 << 32 else _INT64,)) + varint(value)
    return bytes((_STRING if isinstance(value, str) else _BINARY,)) + string(value)


def pairs(values: dict[str, Value]) -> bytes:
    """Return names and values as they are written."""
    return b"".join(string(name) + typed(value) for name, value in values.items())


def set_vars(values: dict[str, Value]) -> bytes:
    """Return actions that set variables of request and answer."""
    return b"".join(
        _SET_VAR + bytes((TXN,)) + string(name) + typed(value) for name, value in values.items()
    )


def frame_bytes(kind: int, payload: bytes, stream: int = 0, number: int = 0) -> bytes:
    """Return a whole frame, with its length before it."""
    made = bytes((kind,)) + FIN.to_bytes(4) + varint(stream) + varint(number) + payload
    return len(made).to_bytes(4) + made
