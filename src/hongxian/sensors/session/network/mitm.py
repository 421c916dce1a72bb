"""Flows in files of mitmproxy, of all versions since the one with plain numbers (4) and before.

The layout changed with nearly each version, mostly in what we do not need. So a flow is read by
what stands in it, not converted from version to version:

* up to 11, WebSocket messages are a flow of their own that names its handshake; from 12 on they
  stand in the flow of the handshake;
* up to 18 the peer is ``ip_address``, then ``peername``; ``address`` was ``{address: [...]}`` once;
* ``sni`` was bytes, text, or ``True`` for the address;
* texts are bytes or text, differently over the versions.

Source: mitmproxy/io/compat.py of mitmproxy 11.0 (read; facts, no code).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.sensors.session.model import Flow, Frame, Message
from hongxian.sensors.session.network.address import authority, joined
from hongxian.sensors.session.network.stored import list_of, moment_of, object_of, whole_of
from hongxian.sensors.session.network.tnetstring import Netstrings, decode
from hongxian.sensors.session.network.window import CutError, DamageError, LongError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.session.joined import Readable
    from hongxian.sensors.session.network.tally import Tally

NEWEST = 21
"""Version of flows up to which the layout is known."""
MOST_HANDSHAKES = 10_000
_LONGEST = 200
"""Characters of a name or an error."""


def mitm_flows(source: Readable, tally: Tally) -> Iterator[Flow]:
    """Yield the flows of a file of mitmproxy.

    Args:
        source: the file.
        tally: counts what cannot be read.
    """
    reader = _Reader()
    for number, value in _values(Netstrings(source), tally):
        locator = f"{tally.name} flow {number}"
        try:
            flow = reader.flow(object_of(decode(value)), number, locator)
        except DamageError:
            flow = None
        if flow is None:
            tally.miss("entries", locator)
            continue
        if reader.version > NEWEST:
            tally.miss("newer", locator)
        yield tally.take(flow)


def _values(netstrings: Netstrings, tally: Tally) -> Iterator[tuple[int, bytes]]:
    number = 0
    while True:
        place = f"{tally.name} flow {number}"
        try:
            value = netstrings.next()
            if value is None:
                return
            yield number, value
        except LongError:
            tally.miss("huge", place)
        except (CutError, DamageError) as error:
            tally.miss("cut" if isinstance(error, CutError) else "damaged", place)
            return
        number += 1


class _Reader:
    """Reads flows in order; a WebSocket flow of old looks back at its handshake."""

    def __init__(self) -> None:
        self.version = 0
        self._handshakes: dict[str, Flow] = {}

    def flow(self, data: dict[str, Any], number: int, locator: str) -> Flow | None:
        """Return the flow that data tell of; ``None`` when they tell none."""
        version = data.get("version")
        self.version = version if isinstance(version, int) else 0
        make = _KINDS.get(_text(data.get("type")))
        if make is None or not data.get("server_conn"):
            return None
        return make(self, data, number, locator)

    def http(self, data: dict[str, Any], number: int, locator: str) -> Flow | None:
        sent, got = object_of(data.get("request")), object_of(data.get("response"))
        where = _where(sent, object_of(data["server_conn"]))
        if where is None:
            return None
        url, host, port = where
        method = _text(sent.get("method")).upper()
        response = _message(got) if got and method != "CONNECT" else None
        flow = Flow(
            number=number, locator=locator, at=moment_of(sent.get("timestamp_start")), url=url,
            host=host, port=port, method=method or "GET", request=_message(sent),
            response=response, status=_status(got) if response else None,
            frames=_frames(object_of(data.get("websocket")).get("messages")),
            error=_error(data), opaque=method == "CONNECT",
        )  # fmt: skip
        if "websocket" in object_of(data.get("metadata")):
            if len(self._handshakes) >= MOST_HANDSHAKES:
                self._handshakes.clear()
            self._handshakes[_text(data.get("id"))] = flow
        return flow

    def websocket(self, data: dict[str, Any], number: int, locator: str) -> Flow | None:
        """Return a flow of messages alone, as versions up to 11 have it."""
        named = _text(object_of(data.get("metadata")).get("websocket_handshake"))
        before = self._handshakes.get(named)
        frames = _frames(data.get("messages"))
        host, port = _peer(object_of(data["server_conn"]))
        if before is None and not host:
            return None
        url = before.url if before else joined("wss" if port == 443 else "ws", host, port, "")
        return Flow(
            number=number, locator=locator, at=next((one.at for one in frames), None), url=url,
            host=before.host if before else host, port=before.port if before else port,
            frames=frames, error=_error(data),
        )  # fmt: skip

    def stream(self, data: dict[str, Any], number: int, locator: str) -> Flow | None:
        """Return a flow of TCP or UDP: only who the peer is."""
        server = object_of(data["server_conn"])
        host, port = _peer(server)
        kind = _text(data.get("type"))
        first = next((one[-1] for one in list_of(data.get("messages")) if list_of(one)), None)
        begun = moment_of(first) or moment_of(server.get("timestamp_start"))
        return Flow(
            number=number, locator=locator, at=begun, url=joined(kind, host, port, ""), host=host,
            port=port, method="", error=_error(data), opaque=True,
        ) if host else None  # fmt: skip

    def dns(self, data: dict[str, Any], number: int, locator: str) -> Flow | None:
        """Return a look-up: the server, and the name that it was asked for."""
        sent = object_of(data.get("request"))
        host, port = _peer(object_of(data["server_conn"]))
        names = [_text(object_of(one).get("name")) for one in list_of(sent.get("questions"))]
        return Flow(
            number=number, locator=locator, at=moment_of(sent.get("timestamp")), host=host,
            url=f"dns://{host}/{(names or [''])[0]}", port=port, method="QUERY",
            error=_error(data),
        ) if host else None  # fmt: skip


_KINDS = {
    "http": _Reader.http, "websocket": _Reader.websocket, "tcp": _Reader.stream,
    "udp": _Reader.stream, "dns": _Reader.dns,
}  # fmt: skip


def _text(found: Any) -> str:
    if isinstance(found, bytes):
        return found.decode("utf-8", "replace")
    return found if isinstance(found, str) else ""


def _where(sent: dict[str, Any], server: dict[str, Any]) -> tuple[str, str, int | None] | None:
    """Return URL, host and port of a request, by the name that the app gave, not the address."""
    host, port = _text(sent.get("host")).strip("[]").lower(), whole_of(sent.get("port"))
    scheme, path = _text(sent.get("scheme")) or "http", _text(sent.get("path"))
    headers = {name.lower(): value for name, value in reversed(_headers(sent.get("headers")))}
    named = _text(sent.get("authority")) or headers.get("host", "")
    if _text(sent.get("method")).upper() == "CONNECT":
        scheme, path = "https", ""
    if named:
        name, told = authority(named)
        host, port = name or host, told or (port if not name else _usual(scheme))
    host = host or _peer(server)[0]
    return (joined(scheme, host, port, path), host, port) if host else None


def _usual(scheme: str) -> int:
    return 80 if scheme == "http" else 443


def _message(data: dict[str, Any]) -> Message:
    content = data.get("content", data.get("body"))
    body = content.encode("utf-8", "replace") if isinstance(content, str) else content
    headers = _headers(data.get("headers"))
    named = ",".join(value for name, value in headers if name.lower() == "content-encoding")
    codings = tuple(name.strip().lower() for name in named.split(",") if name.strip())
    body = body if isinstance(body, bytes) else None
    return Message(headers=headers, body=body, codings=codings if body else (), cut=body is None)


def _headers(found: Any) -> tuple[tuple[str, str], ...]:
    pairs = (one for one in list_of(found) if isinstance(one, list) and len(one) == 2)
    return tuple((_text(name), _text(value)) for name, value in pairs)


def _status(got: dict[str, Any]) -> int | None:
    return whole_of(got.get("status_code", got.get("code"))) or None


def _frames(found: Any) -> tuple[Frame, ...]:
    """Return the messages of a WebSocket: kind, whether from the app, content, moment and more."""
    frames = []
    for one in list_of(found):
        if not isinstance(one, list) or len(one) < 4:
            continue
        data = one[2].encode("utf-8", "replace") if isinstance(one[2], str) else one[2]
        if isinstance(data, bytes):
            frames.append(Frame(at=moment_of(one[3]), sent=bool(one[1]), data=data))
    return tuple(frames)


def _peer(server: dict[str, Any]) -> tuple[str, int | None]:
    """Return host and port of a server: its name where one was told, else its address."""
    found = [_pair(server.get(key)) for key in ("address", "peername", "ip_address")]
    told = next((pair for pair in found if pair[0]), ("", None))
    sni = _text(server.get("sni"))[:_LONGEST].lower()
    return sni or told[0], told[1]


def _pair(found: Any) -> tuple[str, int | None]:
    pair = list_of(object_of(found).get("address") if isinstance(found, dict) else found)
    if len(pair) < 2:
        return "", None
    return _text(pair[0]).strip("[]").lower(), whole_of(pair[1])


def _error(data: dict[str, Any]) -> str | None:
    return _text(object_of(data.get("error")).get("msg"))[:_LONGEST] or None
