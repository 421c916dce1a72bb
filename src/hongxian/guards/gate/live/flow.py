"""A request on its way: read, judged, sent on; its answer goes back as ``answering`` does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.guards.gate.exchange.parts import Request, coding_of
from hongxian.guards.gate.live.answering import Answering
from hongxian.guards.gate.live.chunks import LAST, chunk
from hongxian.guards.gate.live.heads import answer_bytes, request_bytes
from hongxian.guards.gate.live.refusals import refusal
from hongxian.guards.gate.live.tunnel import Tunnel

if TYPE_CHECKING:
    from hongxian.guards.gate.live.plain_heads import Pairs
    from hongxian.guards.gate.live.upstream import Upstream

SAFE = ("GET", "HEAD", "OPTIONS", "PUT", "DELETE")
"""Methods that may be sent again when a kept connection turns out dead (RFC 9110, 9.2.2)."""
FAILED = {"connect": 502, "busy": 503, "closed": 502, "malformed": 502, "timeout": 504}
"""What is answered when the interface does not."""


class Flow(Answering):
    """A request and its answer.

    Args:
        client: the connection that it came by.
        head: its head.
    """

    __slots__ = ("_body", "_chunked", "_fresh", "_once", "_pieces", "_size")

    def begin(self) -> None:
        """Begin; a body that is there comes afterwards."""
        self._pieces: list[bytes] = []
        self._size = 0
        self._body = b""
        self._fresh = False
        self._chunked = False
        self._once = False
        """Whether it cannot be sent again."""
        limit = self.worker.limits.upload
        if self._complete:
            self._ask()
        elif limit and self.head.length > limit:
            self.refuse(refusal(413, "too_large"), "upload", keep=False)
        elif self.head.expects:
            self.client.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def body(self, data: bytes, last: bool) -> None:
        """Take a piece of the request's body."""
        if self.done:
            return
        self._size += len(data)
        self._complete = last
        limit = self.worker.limits.upload
        if limit and self._size > limit:
            self.refuse(refusal(413, "too_large"), "upload", keep=False)
        elif self._sent:
            self._send_more(data)
        else:
            if data:
                self._pieces.append(data)
            if last and self.ruling is None:
                self._ask()
            elif self._size > self.judge.settings.most_request:
                self._large()

    def _large(self) -> None:
        """Go on with a body that is too large to be read whole."""
        if self.ruling is not None:
            self.client.hold()  # it waits for the interface
            return
        self._ask(False)

    def _ask(self, whole: bool = True) -> None:
        body = self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces)
        self._pieces = [body] if body else []
        request = Request(
            method=self.method, target=self.head.target, headers=self.head.headers, body=body,
            peer=self.client.peer, secure=self.client.secure, at=self.started,
        )  # fmt: skip
        if not whole:
            request.body = b"" if coding_of(request.headers) else body
        self.ruling = self.judge.question(request)
        if not whole and not self.ruling.reason:
            self.judge.fail(self.ruling, "large")
        if self.ruling.question is None or not self.ruling.passes:
            self._ruled()
        else:
            self.worker.decide(self.ruling, self._ruled)

    def _ruled(self) -> None:
        """Go on with what was decided."""
        if self.done or self.ruling is None:
            return
        if self.ruling.passes:
            self._send()
            return
        self.refuse(self.worker.refusals.asked(self.ruling), "", keep=self._complete)

    def _send(self) -> None:
        """Wait for a connection to the interface."""
        self.client.deadline = self.worker.clock() + self.worker.limits.answer_time
        self.worker.pool.take(self, self._fresh)

    def connected(self, link: Upstream) -> None:
        """Send the request by a connection."""
        if self.done:
            link.release()
            return
        self._link = link
        whole = self.ruling is not None and self.ruling.cover.closed
        lines = self.worker.forwarded(self.head.headers, self.client, whole)
        self._body = self._pieces[0] if self._pieces else b""
        if len(self._pieces) > 1:
            self._body = b"".join(self._pieces)
        self._chunked = self.head.length < 0 and not self._complete
        length = self.head.length
        if length < 0 and self._complete:
            length = len(self._body)
        head = request_bytes(self.head, lines, -1 if self._chunked else length)
        link.transport.write(head + (chunk(self._body) if self._chunked else self._body))
        self._sent = True
        self._pieces = []
        if not self._complete:
            self._body = b""
            self._once = True
            self.client.release()

    def _send_more(self, data: bytes) -> None:
        if self._link is None:
            return
        if not self._chunked:
            self._link.transport.write(data)
        else:
            self._link.transport.write(chunk(data) + (LAST if self._complete else b""))
        self.client.deadline = self.worker.clock() + self.worker.limits.answer_time

    def upstream_writable(self, *, writable: bool) -> None:
        """Hold the client back while the interface takes no more."""
        if self.done or self._complete:
            return
        if writable:
            self.client.release()
        else:
            self.client.hold()

    def answer_switched(self, headers: Pairs, rest: bytes) -> None:
        """Become a tunnel: a WebSocket was agreed on."""
        link, self._link = self._link, None
        if self.done or link is None:
            return
        if not self.head.upgrade:
            link.close()
            self.upstream_failed("malformed")
            return
        hop = (b"connection", b"upgrade")
        kept = [pair for pair in headers if pair[0] not in hop]
        self.client.write(answer_bytes(
            101, b"Switching Protocols", kept, b"connection: upgrade\r\nupgrade: websocket\r\n"
        ))  # fmt: skip
        self._status, self._keep = 101, True
        Tunnel.join(self.client, link, rest)
        self.finish()

    def upstream_failed(self, reason: str) -> None:
        """Answer in the interface's place, or break off an answer that has begun."""
        link, self._link = self._link, None
        if self.done:
            return
        again = self.method in SAFE or not self._sent
        stale = link is not None and link.used > 1 and not link.began and reason == "closed"
        if stale and again and not self._once and not self._fresh:
            self._fresh, self._sent = True, False
            self._pieces = [self._body] if self._body else []
            self._send()
            return
        self.log_reason = f"upstream_{reason}"
        if self._began:
            self._status = self._status or 502
            self.finish(True)
            return
        self.refuse(refusal(FAILED.get(reason, 502), f"upstream_{reason}"), self.log_reason)

    def timed_out(self) -> None:
        """End what took too long."""
        if self._sent or self.ruling is not None:
            link = self._link
            if link is not None:
                self._fresh = True
                link.close()
            self.upstream_failed("timeout")
        else:
            self.refuse(refusal(408, "timeout"), "body_time", keep=False)
