"""Captures: HAR, mitmproxy and packets, by the reader of the session sensor."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

from hongxian.sensors.session.network.codings import unpacked
from hongxian.sensors.session.network.read import read_flows
from hongxian.sensors.traffic.model import Exchange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.facts import Reason
    from hongxian.sensors.session.model import Flow, Message


def flow_exchanges(source: BinaryIO, name: str, unread: list[Reason]) -> Iterator[Exchange]:
    """Yield the exchanges of a capture."""
    for flow in read_flows(source, name, unread):
        if flow.method and not flow.opaque and flow.method != "QUERY":
            yield _exchange(flow)


def _exchange(flow: Flow) -> Exchange:
    parts = urlsplit(flow.url)
    token = flow.request.header("authorization") or flow.request.header("cookie")
    device = flow.request.header("x-device-id")
    told = {"token": token, "device": device}
    answer = flow.response
    body = _plain(answer) if answer else b""
    return Exchange(
        at=flow.at or 0.0, method=flow.method.upper(), host=flow.host, status=flow.status,
        target=(parts.path or "/") + (f"?{parts.query}" if parts.query else ""),
        principals={kind: who for kind, who in told.items() if who},
        request=_plain(flow.request), response=body, size=len(body),
        secure=parts.scheme in ("https", "wss"), locator=flow.locator,
    )  # fmt: skip


def _plain(message: Message) -> bytes:
    """Return a body without its codings, as far as they can be undone."""
    body = message.body or b""
    for coding in reversed(message.codings):
        body = unpacked(body, coding).data
    return body
