"""Requests and responses put together from packets, connection by connection."""

from __future__ import annotations

import ipaddress
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.sensors.session.model import Flow, Frame, Message
from hongxian.sensors.session.network.address import authority, joined
from hongxian.sensors.session.network.stored import coded, whole_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.session.network.pdml import Group, Packet

MOST_OPEN = 20_000
"""Connections that are held at a time; of the oldest, what there is is given then."""
MOST_BODY = 32 << 20
_DATA, _HEADERS, _RESET = "0", "1", "3"


@dataclass(slots=True)
class Side:
    """One message while it arrives."""

    headers: list[tuple[str, str]] = field(default_factory=list)
    pseudo: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    decoded: bool = False
    """Whether the content coding has been taken off."""
    ended: bool = False
    cut: bool = False

    def add(self, data: bytes) -> None:
        """Put more of the body behind what is there."""
        room = MOST_BODY - len(self.body)
        self.cut = self.cut or len(data) > room
        self.body += data[:room]

    def message(self) -> Message:
        """Return it as it is now."""
        named = ",".join(
            value for name, value in self.headers if name.lower() == "content-encoding"
        )
        codings = tuple(one.strip().lower() for one in named.split(",") if one.strip())
        if self.decoded:
            codings = coded(self.body, named)
        return Message(
            headers=tuple(self.headers), body=self.body, codings=codings if self.body else (),
            cut=self.cut or not self.ended,
        )  # fmt: skip


@dataclass(slots=True)
class Exchange:
    """One request and what came back."""

    number: int
    frame: int
    at: float | None
    sent: Side = field(default_factory=Side)
    got: Side | None = None
    frames: list[Frame] = field(default_factory=list)
    error: str | None = None


@dataclass(slots=True)
class Connection:
    """One connection of TCP, or one pair of ends of UDP."""

    number: int
    frame: int
    at: float | None
    kind: str
    client: tuple[str, int]
    server: tuple[str, int]
    name: str = ""
    """The name that TLS was told."""
    spoken: bool = False
    """Whether anything of it could be read."""
    waiting: deque[Exchange] = field(default_factory=deque)
    socket: Exchange | None = None
    """The exchange whose connection has become a WebSocket."""
    streams: dict[str, Exchange] = field(default_factory=dict)
    """Exchanges of HTTP/2."""


class Exchanges:
    """Puts flows together.

    Args:
        name: the capture as the user knows it.
    """

    def __init__(self, name: str) -> None:
        """Start with no connection."""
        self._name = name
        self._open: dict[str, Connection] = {}
        self._count = 0

    def take(self, packet: Packet) -> Iterator[Flow]:
        """Yield the flows that a packet makes whole."""
        if not packet.stream or _local(packet.target[0]) or _local(packet.source[0]):
            return
        connection = self._open.get(packet.stream)
        if connection is None:
            if len(self._open) >= MOST_OPEN:
                yield from self._left(self._open.pop(next(iter(self._open))))
            connection = self._open[packet.stream] = self._begun(packet)
        for group in packet.groups:
            name = group.shown("tls.handshake.extensions_server_name")
            connection.name = connection.name or name.lower()
            if "quic" in packet.protocols.split(":"):
                connection.kind = "quic"
            elif name and connection.kind == "tcp":
                connection.kind = "tls"
            handle = getattr(self, f"_{group.kind}", None)
            if handle is not None:
                yield from handle(connection, packet, group)

    def rest(self) -> Iterator[Flow]:
        """Yield what is left at the end."""
        for connection in self._open.values():
            yield from self._left(connection)
        self._open.clear()

    def _next(self) -> int:
        self._count += 1
        return self._count - 1

    def _begun(self, packet: Packet) -> Connection:
        ends = [packet.source, packet.target]
        if packet.answers or (not packet.opens and _serves(*ends)):
            ends.reverse()
        kind = packet.stream.partition(" ")[0]
        return Connection(self._next(), packet.number, packet.at, kind, ends[0], ends[1])

    def _http(self, connection: Connection, packet: Packet, group: Group) -> Iterator[Flow]:
        method, code = group.shown("http.request.method"), group.shown("http.response.code")
        if method:
            connection.spoken = connection.spoken or method != "CONNECT"
            exchange = Exchange(self._taken(connection), packet.number, packet.at)
            exchange.sent = _http_side(group, "http.request.line")
            scheme = "https" if "tls" in packet.protocols.split(":") else "http"
            path = group.shown("http.request.uri")
            exchange.sent.pseudo = {":method": method, ":path": path, ":scheme": scheme}
            connection.waiting.append(exchange)
        elif code and connection.waiting and (code == "101" or not code.startswith("1")):
            exchange = connection.waiting.popleft()
            exchange.got = _http_side(group, "http.response.line")
            exchange.got.pseudo = {":status": code}
            if code == "101":
                connection.socket = exchange
            else:
                yield from self._flow(connection, exchange)

    def _taken(self, connection: Connection) -> int:
        """Return a number; the first exchange has that of its connection."""
        number, connection.number = connection.number, -1
        return number if number >= 0 else self._next()

    def _websocket(self, connection: Connection, packet: Packet, group: Group) -> Iterator[Flow]:
        connection.spoken = True
        exchange = connection.socket
        if exchange is None:
            exchange = Exchange(self._taken(connection), packet.number, packet.at)
            exchange.sent.ended, exchange.sent.pseudo = True, {":scheme": "ws"}
            connection.socket = exchange
        if group.shown("websocket.opcode") in ("0", "1", "2"):
            names = ("websocket.payload.text", "data.data", "data", "websocket.payload.binary")
            found = (raw for name in names for raw in group.raw(name) if raw)
            sent = group.shown("websocket.mask") == "1"
            frame = Frame(at=packet.at, sent=sent, data=next(found, b"")[:MOST_BODY])
            exchange.frames.append(frame)
        yield from ()

    def _http2(self, connection: Connection, packet: Packet, group: Group) -> Iterator[Flow]:
        stream, kind = group.shown("http2.streamid"), group.shown("http2.type")
        connection.spoken = True
        if not whole_of(stream) or kind not in (_DATA, _HEADERS, _RESET):
            return
        exchange = connection.streams.get(stream)
        if exchange is None:
            exchange = Exchange(self._taken(connection), packet.number, packet.at)
            connection.streams[stream] = exchange
        if kind == _RESET:
            exchange.error = "stream reset"
        else:
            self._filled(connection, packet, group, exchange)
        if exchange.error or (exchange.sent.ended and exchange.got and exchange.got.ended):
            del connection.streams[stream]
            yield from self._flow(connection, exchange)

    def _filled(
        self, connection: Connection, packet: Packet, group: Group, exchange: Exchange
    ) -> None:
        headers = list(_h2_headers(group))
        pseudo = {name: value for name, value in headers if name.startswith(":")}
        sent = packet.source == connection.client
        if ":method" in pseudo and not sent:
            connection.client, connection.server = connection.server, connection.client
            sent = True
        if not sent and exchange.got is None:
            exchange.got = Side()
        side = exchange.sent if sent or exchange.got is None else exchange.got
        side.headers += [pair for pair in headers if pair[0] not in pseudo]
        side.pseudo |= pseudo
        whole = group.raw("http2.body.reassembled.data")
        for data in group.raw("http2.data.data")[-1:]:
            if whole:
                side.body = b""
            side.add(data)
        side.ended = side.ended or group.shown("http2.flags.end_stream") == "1"
        failed = any(one[0] == "http2.body_decompression_failed" for one in group.fields)
        side.decoded = side.ended and not failed

    def _dns(self, connection: Connection, packet: Packet, group: Group) -> Iterator[Flow]:
        connection.spoken = True
        if group.shown("dns.flags.response") == "1":
            return
        host, port = packet.target
        yield Flow(
            number=self._taken(connection), locator=f"{self._name} frame {packet.number}",
            at=packet.at, url=f"dns://{host}/{group.shown('dns.qry.name')}", host=host, port=port,
            method="QUERY",
        )  # fmt: skip

    def _left(self, connection: Connection) -> Iterator[Flow]:
        """Yield what a connection still holds; the bare peer when nothing of it was read."""
        for exchange in (*connection.waiting, *connection.streams.values()):
            yield from self._flow(connection, exchange)
        if connection.socket is not None:
            yield from self._flow(connection, connection.socket)
        if connection.spoken:
            return
        address, port = connection.server
        host = connection.name or address
        yield Flow(
            number=self._taken(connection), locator=f"{self._name} frame {connection.frame}",
            at=connection.at, url=joined(connection.kind, host, port, ""), host=host, port=port,
            method="", opaque=True,
        )  # fmt: skip

    def _flow(self, connection: Connection, exchange: Exchange) -> Iterator[Flow]:
        sent, got = exchange.sent, exchange.got
        if sent.pseudo.get(":method") == "CONNECT":
            connection.name = connection.name or authority(sent.pseudo.get(":path", ""))[0]
            return
        headers = {name.lower(): value for name, value in reversed(sent.headers)}
        named = sent.pseudo.get(":authority") or headers.get("host", "")
        host, port = authority(named)
        host = host or connection.name or connection.server[0]
        port = port or connection.server[1]
        scheme, path = sent.pseudo.get(":scheme") or "https", sent.pseudo.get(":path", "")
        whole = path.startswith(("http://", "https://"))
        yield Flow(
            number=exchange.number, locator=f"{self._name} frame {exchange.frame}",
            at=exchange.at, url=path if whole else joined(scheme, host, port, path), host=host,
            port=port, method=sent.pseudo.get(":method", "GET"), request=sent.message(),
            response=got.message() if got else None,
            status=whole_of(got.pseudo.get(":status")) if got else None,
            frames=tuple(exchange.frames), error=exchange.error,
        )  # fmt: skip


def _serves(source: tuple[str, int], target: tuple[str, int]) -> bool:
    """Whether the sender of a first packet seems the server, as when a capture begins late.

    It is the one out on the internet, or else the one with the lower port.
    """
    near = [ipaddress.ip_address(end[0]).is_private for end in (source, target)]
    return near[1] if near[0] != near[1] else source[1] < target[1]


def _http_side(group: Group, line: str) -> Side:
    side = Side(ended=True)
    for name, shown, _ in group.fields:
        if name == line:
            key, _, value = shown.partition(":")
            side.headers.append((key.strip(), value.strip()))
    whole = group.raw("http.file_data")
    side.decoded = bool(whole)
    side.add(whole[0] if whole else b"".join(group.raw("http.chunk_data")))
    if not side.body:
        side.add(next(iter(group.raw("data")), b""))
    return side


def _h2_headers(group: Group) -> Iterator[tuple[str, str]]:
    key = ""
    for name, shown, _ in group.fields:
        if name == "http2.header.name":
            key = shown
        elif name == "http2.header.value":
            yield key, shown


def _local(address: str) -> bool:
    """Whether an address is no single peer: multicast and broadcast of the network at hand."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return True
    return found.is_multicast or address == "255.255.255.255" or found.is_unspecified
