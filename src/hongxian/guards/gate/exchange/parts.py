"""What a host hands on of a request and of its answer."""

from __future__ import annotations

from dataclasses import dataclass

from hongxian.guards.gate.exchange.field_lines import FieldLines

Headers = FieldLines | list[tuple[bytes, bytes]]
"""Names in lower case and values, in the order of the message."""


@dataclass(slots=True, kw_only=True)
class Request:
    """A request before it is answered."""

    method: str
    target: str
    """Path with query, as it was sent."""
    headers: Headers
    body: bytes = b""
    """As it was sent, or as much as was read."""
    peer: str = ""
    """Address of who is connected."""
    secure: bool | None = None
    at: float = 0.0
    """Seconds since 1970."""

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]


@dataclass(slots=True, kw_only=True)
class Answer:
    """What the interface answered, before it is handed on."""

    status: int
    headers: Headers
    body: bytes = b""


def kind_of(headers: Headers) -> bytes:
    """Return the type of a body, as its headers tell it."""
    if isinstance(headers, FieldLines):
        fields = headers
        return fields.kind
    return value(headers, b"content-type")


def coding_of(headers: Headers) -> bytes:
    """Return how a body is packed, as its headers tell it."""
    if isinstance(headers, FieldLines):
        fields = headers
        return fields.coding
    return value(headers, b"content-encoding")


def holds(data: bytes, marked: bytes) -> bool:
    """Return whether a text has a byte whose place in a table of 256 is not zero."""
    raw, marks, at, size = data, marked, 0, len(data)
    while at < size:
        if marks[raw[at]]:
            return True
        at += 1
    return False


def values(headers: Headers, name: bytes) -> list[bytes]:
    """Return all values of a header, whose name is given in lower case."""
    if isinstance(headers, FieldLines):
        fields = headers
        return fields.values(name)
    return [value for one, value in headers if one == name]


def value(headers: Headers, name: bytes) -> bytes:
    """Return the first value of a header; empty when it has none."""
    if isinstance(headers, FieldLines):
        fields = headers
        every = fields.values(name)
        return every[0] if every else b""
    for one, found in headers:
        if one == name:
            return found
    return b""
