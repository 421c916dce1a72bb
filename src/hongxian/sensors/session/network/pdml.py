"""One packet as tshark prints it: its fields, grouped by message."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from hongxian.sensors.session.network.stored import moment_of, whole_of

_MESSAGES = ("http", "http2", "websocket", "dns", "tls", "quic")
_WRAPPER = "fake-field-wrapper"
_BAD = re.compile("[^\\t\\n\\r -\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


@dataclass(slots=True)
class Group:
    """The fields of one message, in order."""

    kind: str
    fields: list[tuple[str, str, str]] = field(default_factory=list)
    """Name, value as shown, value in hexadecimal."""

    def shown(self, name: str) -> str:
        """Return the first value of a field as shown; empty when it is not there."""
        return next((shown for found, shown, _ in self.fields if found == name), "")

    def raw(self, name: str) -> list[bytes]:
        """Return all values of a field as bytes."""
        return [_bytes(value) for found, _, value in self.fields if found == name]


@dataclass(frozen=True, slots=True)
class Packet:
    """What is needed of a packet."""

    number: int
    at: float | None
    source: tuple[str, int]
    target: tuple[str, int]
    stream: str
    """``tcp 7``: the connection that it belongs to; empty for neither TCP nor UDP."""
    opens: bool
    answers: bool
    """Whether the server agrees to a connection with it."""
    protocols: str
    groups: tuple[Group, ...]


def read_packet(data: bytes) -> Packet | None:
    """Return a packet; ``None`` when what was printed of it is broken."""
    text = _BAD.sub("�", data.decode("utf-8", "replace"))
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError:
        return None
    return _packet(reader)


class _Reader:
    def __init__(self) -> None:
        self.outer = Group("")
        self.groups: list[Group] = []
        self._now = self.outer

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = attributes.get("name", "")
        if tag == "proto":
            if name in _MESSAGES:
                self._now = Group(name)
                self.groups.append(self._now)
            elif name != _WRAPPER:
                self._now = self.outer
        elif tag == "field":
            if name == "http2.stream" and self._now.fields:
                self._now = Group("http2")
                self.groups.append(self._now)
            shown, value = attributes.get("show", ""), attributes.get("value", "")
            self._now.fields.append((name, shown, value))


def _packet(reader: _Reader) -> Packet:
    outer = {name: shown for name, shown, _ in reader.outer.fields}
    kind = next((one for one in ("tcp", "udp") if f"{one}.stream" in outer), "")
    syn, ack = outer.get("tcp.flags.syn") == "1", outer.get("tcp.flags.ack") == "1"
    number = f"{kind} {outer.get(f'{kind}.stream')}" if kind else ""
    return Packet(
        number=whole_of(outer.get("frame.number")) or 0, stream=number,
        at=moment_of(outer.get("frame.time_epoch")), source=_end(outer, kind, "src"),
        target=_end(outer, kind, "dst"), opens=syn and not ack, answers=syn and ack,
        protocols=outer.get("frame.protocols", ""), groups=tuple(reader.groups),
    )  # fmt: skip


def _end(outer: dict[str, str], kind: str, end: str) -> tuple[str, int]:
    address = outer.get(f"ip.{end}") or outer.get(f"ipv6.{end}") or ""
    return address, whole_of(outer.get(f"{kind}.{end}port")) or 0


def _bytes(value: str) -> bytes:
    try:
        return bytes.fromhex(value)
    except ValueError:
        return b""
