"""A connection to the interface, read strictly."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Protocol

import httptools

from hongxian.guards.gate.live.plain_heads import HOP, head_end, plain_answer
from hongxian.signals.keyed import COMPILED

if TYPE_CHECKING:
    from hongxian.guards.gate.exchange.parts import Headers
    from hongxian.guards.gate.live.plain_heads import Pairs
    from hongxian.guards.gate.live.pool import Pool
    from hongxian.guards.gate.live.tunnel import Tunnel

BODILESS = (204, 304)
"""Answers without a body (RFC 9110, sections 15.3.5 and 15.4.5)."""


class Taker(Protocol):
    """Who waits for an answer."""

    method: str

    @property
    def complete(self) -> bool:
        """Whether all of the request was sent."""

    def connected(self, link: Upstream) -> None:
        """Take a connection."""

    def answer_began(
        self, status: int, reason: bytes, headers: Headers, length: int | None
    ) -> None:
        """Take a head; ``length`` is that of its body, ``None`` when it is not told."""

    def answer_goes_on(self, data: bytes) -> None:
        """Take a piece of a body."""

    def answer_ended(self) -> None:
        """Know that all of it came."""

    def answer_switched(self, headers: Pairs, rest: bytes) -> None:
        """Take the connection over as a tunnel."""

    def upstream_failed(self, reason: str) -> None:
        """Know that nothing more will come: ``connect``, ``busy``, ``closed``, ``malformed``."""

    def upstream_writable(self, *, writable: bool) -> None:
        """Know whether the interface takes more."""


class Upstream(asyncio.Protocol):
    """One connection to the interface.

    Args:
        pool: where it goes when an answer is whole.
    """

    def __init__(self, pool: Pool) -> None:
        """Wait to be connected."""
        self.pool = pool
        self.transport: Any = None
        self.taker: Taker | None = None
        self.tunnel: Tunnel | None = None
        """Who reads instead, once the protocol was switched."""
        self.used = 0
        """Requests that it carried."""
        self.began = False
        """Whether any of the answer came."""
        self.idle_since = 0.0
        self.counted = False
        """Whether the pool counts it."""
        self.held = False
        """Whether nothing is read from it for now."""
        self._parser: Any = None
        self._left = 0
        """Bytes of a body that are to come, when its head was a plain one."""
        self._headers: Pairs = []
        self._reason = b""
        self._final = False
        self._open_end = False
        self._keep = False
        self._whole = False

    def connection_made(self, transport: Any) -> None:
        """Keep the transport."""
        self.transport = transport

    def expect(self, taker: Taker) -> None:
        """Wait for the answer to a request that is about to be sent."""
        self.taker = taker
        self.used += 1
        self.began = self._final = self._whole = self._open_end = False
        self._headers, self._reason = [], b""
        self._parser = None
        self._left = 0

    def data_received(self, data: bytes) -> None:
        """Read an answer."""
        if self.tunnel is not None:
            self.tunnel.data_received(data)
            return
        if self.taker is None:  # nobody asked
            self.transport.abort()
            return
        if self._left:
            self._plain_body(data)
            return
        if not self.began and COMPILED and self._plain(data):
            return
        self.began = True
        if self._parser is None:
            self._parser = httptools.HttpResponseParser(self)
        self._parse(data)

    def _plain(self, data: bytes) -> bool:
        """Read an answer whose head is whole and plain; return whether it is."""
        taker, end, raw, size = self.taker, head_end(data), data, len(data)
        if end < 0 or taker is None or taker.method == "HEAD":
            return False
        told = plain_answer(raw[:end])
        if told is None:
            return False
        status, reason, fields = told
        length = fields.length
        if size - end > length:  # more than was asked for
            return False
        self.began = self._final = True
        self._keep = not fields.closes
        self._left = length
        taker.answer_began(status, reason, fields, length)
        if self.taker is not None:
            self._plain_body(raw[end:size])
        return True

    def _plain_body(self, data: bytes) -> None:
        """Hand a piece of a body on whose length is known."""
        if len(data) > self._left:
            data = data[: self._left]
            self._keep = False
        self._left -= len(data)
        taker = self.taker  # it may leave us meanwhile, and must not be gone then
        if data and taker is not None:
            taker.answer_goes_on(data)
        if not self._left:
            self._whole = True
            self._finish()

    def _parse(self, data: bytes) -> None:
        """Read an answer as llhttp does."""
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade as switch:
            self._switch(data[switch.args[0] :])
            return
        except httptools.HttpParserCallbackError:  # a fault of ours
            self._fail("error")
            self.transport.abort()
            return
        except httptools.HttpParserError:
            self._keep = False
            if not self._whole:
                self._fail("malformed")
                self.transport.abort()
                return
        if self._whole:
            self._finish()

    def on_status(self, status: bytes) -> None:
        """Take the words behind a status from the parser."""
        self._reason += status

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header from the parser."""
        self._headers.append((name.lower(), value.strip(b" \t")))

    def on_headers_complete(self) -> None:
        """Hand a head on."""
        if self._whole:  # a second answer to one request
            self._keep = False
            return
        status = self._parser.get_status_code()
        if status < 200:
            return
        headers, self._headers = self._headers, []
        if not _is_framed(headers, self._parser.get_http_version()):
            self._fail("malformed")
            self.transport.abort()
            return
        self._final = True
        self._keep = self._parser.should_keep_alive()
        bodiless = status in BODILESS or (self.taker is not None and self.taker.method == "HEAD")
        length, chunked = _framing(headers)
        self._open_end = not bodiless and length is None and not chunked
        taker = self.taker  # as in _plain_body
        if taker is not None:
            taker.answer_began(status, self._reason, _kept(headers), 0 if bodiless else length)
        if bodiless:
            self._end()

    def on_body(self, data: bytes) -> None:
        """Hand a piece of a body on."""
        taker = self.taker  # as in _plain_body
        if taker is not None and not self._whole:
            taker.answer_goes_on(data)

    def on_message_complete(self) -> None:
        """Know the end of an answer, or of a word before it."""
        if self._final:
            self._end()
        elif self._parser.get_status_code() != 101:
            self._headers, self._reason = [], b""

    def _end(self) -> None:
        self._whole = True

    def _finish(self) -> None:
        taker, self.taker = self.taker, None
        whole = taker is None or taker.complete  # else the rest of it would begin the next one
        if whole and self._keep and not self._open_end and not self.transport.is_closing():
            self.pool.give_back(self)
        else:
            self.close()
        if taker is not None:
            taker.answer_ended()

    def _switch(self, rest: bytes) -> None:
        if self._parser.get_status_code() == 101 and self.taker is not None:
            self.taker.answer_switched(self._headers, rest)
        else:
            self._fail("malformed")
            self.transport.abort()

    def _fail(self, reason: str) -> None:
        taker, self.taker = self.taker, None
        if taker is not None:
            taker.upstream_failed(reason)

    def eof_received(self) -> bool:
        """Know that the interface sends no more; that ends an answer without a length."""
        if self.tunnel is not None:
            return self.tunnel.eof_received()
        if self.taker is not None and self._final and self._open_end:
            self._whole = True
            self._keep = False
            self._finish()
        return False

    def connection_lost(self, error: Exception | None) -> None:
        """Know that the connection is gone."""
        self.pool.lost(self)
        if self.tunnel is not None:
            self.tunnel.connection_lost(error)
            return
        self._fail("closed")

    def pause_writing(self) -> None:
        """Hold back who sends."""
        if self.tunnel is not None:
            self.tunnel.pause_writing()
        elif self.taker is not None:
            self.taker.upstream_writable(writable=False)

    def resume_writing(self) -> None:
        """Let who sends go on."""
        if self.tunnel is not None:
            self.tunnel.resume_writing()
        elif self.taker is not None:
            self.taker.upstream_writable(writable=True)

    def release(self) -> None:
        """Go back unused: who wanted it is gone."""
        self.taker = None
        self.pool.give_back(self)

    def close(self) -> None:
        """End the connection; nobody waits for it any more."""
        self.taker = None
        self.transport.abort()


def _is_framed(headers: Pairs, version: str) -> bool:
    """Return whether it can be told what a body is: no coding but chunks (RFC 9112, 6.1)."""
    told = [value.lower() for name, value in headers if name == b"transfer-encoding"]
    return not told or (told == [b"chunked"] and version == "1.1")


def _framing(headers: Pairs) -> tuple[int | None, bool]:
    """Return length and whether the body comes in chunks; the parser refused what contradicts."""
    length, chunked = None, False
    for name, value in headers:
        if name == b"content-length":
            length = int(value)
        elif name == b"transfer-encoding":
            chunked = True
    return length, chunked


def _kept(headers: Pairs) -> Pairs:
    """Return the headers that are handed on."""
    listed: list[bytes] = []
    kept: Pairs = []
    for pair in headers:
        name = pair[0]
        if name in HOP:
            if name == b"connection" and pair[1] != b"keep-alive":
                listed += [one.strip(b" \t").lower() for one in pair[1].split(b",")]
        elif name != b"content-length":
            kept.append(pair)
    return [pair for pair in kept if pair[0] not in listed] if listed else kept
