"""Takes a flow apart: every named value in it, in both directions, through all that wraps it.

Depth, number and size are bounded. What cannot be read is told as :class:`Opaque`, never left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from hongxian.sensors.session.model import Opaque, Part
from hongxian.sensors.session.network.charsets import charset_of
from hongxian.sensors.session.network.codings import PLAIN, unpacked
from hongxian.sensors.session.network.forms import cookies, pairs, segments
from hongxian.sensors.session.network.unwrap import Spot, Unwrapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.session.model import Flow, Message

_PLUMBING = frozenset(
    (
        "accept", "accept-charset", "accept-encoding", "accept-language", "accept-ranges", "age",
        "access-control-allow-credentials", "access-control-allow-headers", "alt-svc",
        "access-control-allow-methods", "access-control-allow-origin", "cache-control",
        "access-control-expose-headers", "access-control-max-age", "connection",
        "content-disposition", "content-encoding", "content-language", "content-length",
        "content-range", "content-security-policy", "content-type", "date", "etag", "expect",
        "expires", "host", "if-match", "if-modified-since", "if-none-match", "if-range",
        "keep-alive", "last-modified", "pragma", "proxy-connection", "range", "server",
        "server-timing", "strict-transport-security", "te", "timing-allow-origin", "trailer",
        "transfer-encoding", "upgrade", "vary", "via", "x-content-type-options",
        "x-frame-options", "x-xss-protection",
    )
)  # fmt: skip
"""Headers that carry nothing of a person or device; all others are looked at."""
_PROTOBUF = ("protobuf", "x-google-proto", "grpc")


def parts_of(flow: Flow, *, sent_only: bool = False) -> Iterator[Part | Opaque]:
    """Yield everything that a flow holds, in the order in which it went over the network.

    Args:
        flow: the flow.
        sent_only: leave out what the server sent; it is most of what flows hold.
    """
    if flow.opaque:
        yield Opaque(where="flow", sent=True, name="", why="undecryptable", size=0)
    yield from _Taking(flow).parts(sent_only=sent_only)


@dataclass(slots=True)
class _Taking:
    flow: Flow
    unwrapping: Unwrapping = field(default_factory=Unwrapping)

    def parts(self, *, sent_only: bool) -> Iterator[Part | Opaque]:
        yield from self._address()
        yield from self._message(self.flow.request, sent=True)
        if self.flow.response is not None and not sent_only:
            yield from self._message(self.flow.response, sent=False)
        for frame in self.flow.frames:
            if sent_only and not frame.sent:
                continue
            spot = Spot("frame", frame.sent, at=frame.at)
            yield from self.unwrapping.body(spot, frame.data)

    def _address(self) -> Iterator[Part | Opaque]:
        try:
            url = urlsplit(self.flow.url)
        except ValueError:  # a host in brackets that is none
            yield from self.unwrapping.value(Spot("path", sent=True), self.flow.url)
            return
        for name, value in segments(url.path):
            yield from self.unwrapping.value(Spot("path", sent=True, name=name), value)
        query = "&".join(part for part in (url.query, url.fragment) if part)
        for name, value in pairs(query):
            yield from self._named(Spot("query", sent=True), name, value)

    def _message(self, message: Message, *, sent: bool) -> Iterator[Part | Opaque]:
        for name, value in message.headers:
            lower = name.lower().lstrip(":")
            if lower in ("cookie", "set-cookie"):
                for key, inner in cookies(value):
                    yield from self._named(Spot("cookie", sent), key, str(inner))
            elif lower not in _PLUMBING and not name.startswith(":"):
                yield from self._named(Spot("header", sent), name, value)
        yield from self._body(message, Spot("body", sent))

    def _named(self, spot: Spot, name: str, value: str | bytes) -> Iterator[Part | Opaque]:
        """Take a pair apart; one without a value is a value without a name."""
        if not value:
            name, value = "", name
        yield from self.unwrapping.value(replace(spot, name=name), value)

    def _body(self, message: Message, spot: Spot) -> Iterator[Part | Opaque]:
        if message.body is None:
            told = message.header("content-length") or "0"
            size = int(told[:15]) if told.isdecimal() else 0
            if size or message.cut:
                yield spot.opaque("not_recorded", size)
            return
        if message.cut:
            yield spot.opaque("cut", len(message.body))
        if not message.body:
            return
        data = message.body
        for label in reversed(message.codings):
            done = unpacked(data, label)
            if done.fault:
                yield spot.opaque(done.fault, len(data))
            if not done.coding and label.strip().lower() not in PLAIN:
                break
            data = done.data
            spot = replace(spot, how=(*spot.how, done.coding)) if done.coding else spot
        kind = message.header("content-type") or ""
        announced = any(word in kind.lower() for word in _PROTOBUF)
        form = "x-www-form-urlencoded" in kind.lower()
        yield from self.unwrapping.body(
            spot, data, charset=charset_of(kind), announced=announced, form=form
        )
