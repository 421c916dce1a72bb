"""One request on its way: read, judged, sent on, its answer read, judged, and sent back."""

from __future__ import annotations

from time import time
from typing import TYPE_CHECKING

from hongxian.guards.gate.exchange.parts import Answer, Request, value
from hongxian.guards.gate.live.chunks import LAST, chunk
from hongxian.guards.gate.live.heads import answer_bytes, request_bytes
from hongxian.guards.gate.live.refusals import phrase, refusal, refusal_bytes
from hongxian.guards.gate.live.tunnel import Tunnel
from hongxian.guards.gate.live.upstream import BODILESS

if TYPE_CHECKING:
    from hongxian.guards.gate.exchange.judge import Ruling
    from hongxian.guards.gate.live.client import Client
    from hongxian.guards.gate.live.heads import Pairs, RequestHead
    from hongxian.guards.gate.live.refusals import Refusal
    from hongxian.guards.gate.live.upstream import Upstream

SAFE = ("GET", "HEAD", "OPTIONS", "PUT", "DELETE")
"""Methods that may be sent again when a kept connection turns out dead (RFC 9110, 9.2.2)."""
FAILED = {"connect": 502, "busy": 503, "closed": 502, "malformed": 502, "timeout": 504}
"""What is answered when the interface does not."""
CHANGED = (
    b"etag", b"content-md5", b"digest", b"repr-digest", b"content-digest", b"accept-ranges",
    b"content-encoding",
)  # fmt: skip
"""Headers that speak of the bytes of a body, and are wrong once it is masked."""

_READ, _STREAM = 0, 1


class Flow:
    """A request and its answer.

    Args:
        client: the connection that it came by.
        head: its head.
    """

    __slots__ = (
        "_answer", "_answer_size", "_began", "_body", "_chunked", "_client_chunks", "_complete",
        "_fresh", "_headers", "_keep", "_left", "_link", "_mode", "_pieces", "_reason", "_sent",
        "_size", "_status", "_stop", "client", "done", "head", "judge", "log_reason", "method",
        "ruling", "since", "started", "worker",
    )  # fmt: skip

    def __init__(self, client: Client, head: RequestHead) -> None:
        """Begin with the head."""
        self.client, self.head, self.method = client, head, head.method
        self.worker = client.worker
        self.judge = self.worker.judge
        self.since = self.worker.clock()
        self.started = time()
        self.done = False
        self.ruling: Ruling | None = None
        self.log_reason = ""
        self._pieces: list[bytes] = []
        self._size = 0
        self._body = b""
        self._left = head.length
        self._complete = head.length == 0
        self._link: Upstream | None = None
        self._sent = False
        self._fresh = False
        self._mode = _STREAM
        self._answer: list[bytes] = []
        self._answer_size = 0
        self._status = 0
        self._headers: Pairs = []
        self._reason = b""
        self._began = False
        self._chunked = False
        self._client_chunks = False
        self._keep = head.keep
        self._stop = False

    # the request

    def begin(self) -> None:
        """Begin; a body that is there comes afterwards."""
        limit = self.worker.limits.upload
        if self._complete:
            self._ask()
        elif limit and self._left > limit:
            self.refuse(refusal(413, "too_large"), "upload", keep=False)
        elif self.head.expects:
            self.client.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def body(self, data: bytes, *, last: bool) -> None:
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
        self._ask(whole=False)

    def _ask(self, *, whole: bool = True) -> None:
        body = self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces)
        self._pieces = [body] if body else []
        request = Request(
            method=self.method, target=self.head.target, headers=self.head.headers, body=body,
            peer=self.client.peer, secure=self.client.secure, at=self.started,
        )  # fmt: skip
        if not whole:
            request.body = b"" if value(request.headers, b"content-encoding") else body
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
        self.worker.pool.take(self, fresh=self._fresh)

    # Taker: a connection and the answer

    def connected(self, link: Upstream) -> None:
        """Send the request by a connection."""
        if self.done:
            link.release()
            return
        self._link = link
        headers = self.worker.forwarded(self.head.headers, self.client)
        if self.ruling is not None and self.ruling.cover.closed:
            headers = [pair for pair in headers if pair[0] not in (b"range", b"if-range")]
        self._body = self._pieces[0] if self._pieces else b""
        if len(self._pieces) > 1:
            self._body = b"".join(self._pieces)
        self._chunked = self.head.length < 0 and not self._complete
        length = self.head.length
        if length < 0 and self._complete:
            length = len(self._body)
        head = request_bytes(self.head, headers, -1 if self._chunked else length)
        link.transport.write(head + (chunk(self._body) if self._chunked else self._body))
        self._sent = True
        self._pieces = []
        if not self._complete:
            self._body = b""
            self._stop = True  # it cannot be sent again
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

    def client_writable(self, *, writable: bool) -> None:
        """Hold the interface back while the client takes no more."""
        if self._link is not None and self._mode == _STREAM and self._sent:
            if writable:
                self._link.transport.resume_reading()
            else:
                self._link.transport.pause_reading()

    def answer_began(self, status: int, reason: bytes, headers: Pairs, length: int | None) -> None:
        """Take the head of the answer: read its body, or send it on as it comes."""
        if self.done or self.ruling is None:
            return
        self._status, self._headers, self._reason = status, headers, reason or phrase(status)
        settings = self.judge.settings
        self.client.deadline = self.worker.clock() + self.worker.limits.answer_time
        if length == 0 or not self.judge.reads(headers):
            self._judge_answer(b"")
            if not self.done:
                self._stream(length)
            return
        self._mode = _READ
        if length is not None and length > settings.most_answer:
            self._unread(length)

    def _unread(self, length: int | None) -> None:
        """Go on with an answer that is too large to be read."""
        assert self.ruling is not None  # noqa: S101 - for the types
        self.judge.fail(self.ruling, "large")
        if not self.ruling.passes:
            self.refuse(refusal(502, "unreadable_large"), "")
            return
        self._mode = _STREAM
        held, self._answer = b"".join(self._answer), []
        self._stream(length)
        if held:
            self.client.write(chunk(held) if self._client_chunks else held)

    def answer_goes_on(self, data: bytes) -> None:
        """Take a piece of the answer's body."""
        if self.done:
            return
        self.client.deadline = self.worker.clock() + self.worker.limits.answer_time
        self._answer_size += len(data)
        if self._mode == _READ:
            self._answer.append(data)
            if self._answer_size > self.judge.settings.most_answer:
                self._unread(None)
            return
        self.client.write(chunk(data) if self._client_chunks else data)

    def answer_ended(self) -> None:
        """Judge the answer if it was read, and be done."""
        self._link = None
        if self.done:
            return
        if self._mode == _READ:
            body = self._answer[0] if len(self._answer) == 1 else b"".join(self._answer)
            self._judge_answer(body)
            if self.done:
                return
            self._respond(body)
        elif self._client_chunks:
            self.client.write(LAST)
        self.finish()

    def _judge_answer(self, body: bytes) -> None:
        assert self.ruling is not None  # noqa: S101 - for the types
        answer = Answer(status=self._status, headers=self._headers, body=body)
        before = self.ruling.reason
        ruling = self.judge.answer(self.ruling, answer)
        if not ruling.passes:
            self.refuse(self.worker.refusals.answered(ruling, before), "")

    def _respond(self, body: bytes) -> None:
        """Send an answer that was read."""
        ruling, headers = self.ruling, self._headers
        if ruling is not None and ruling.body is not None:
            body = ruling.body
            headers = [pair for pair in headers if pair[0] not in CHANGED]
            if ruling.packed:
                headers.append((b"content-encoding", ruling.packed))
        length = b"content-length: %d\r\n" % len(body)
        self.client.write(self._answer_head(headers, length) + body)

    def _stream(self, length: int | None) -> None:
        """Send the head of an answer whose body is sent on as it comes."""
        framing = b""
        if length is None and self.head.newer:
            self._client_chunks = True
            framing = b"transfer-encoding: chunked\r\n"
        elif length is None:
            self._keep = False
        elif self.method != "HEAD" and self._status not in BODILESS:
            framing = b"content-length: %d\r\n" % length
        self.client.write(self._answer_head(self._headers, framing))

    def _answer_head(self, headers: Pairs, framing: bytes) -> bytes:
        self._began = True
        going = b""
        if not self._keeps():
            going = b"connection: close\r\n"
        elif not self.head.newer:
            going = b"connection: keep-alive\r\n"
        return answer_bytes(self._status, self._reason, headers, framing, going)

    def _keeps(self) -> bool:
        self._keep = self._keep and self._complete and not self.worker.draining
        return self._keep

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
        if stale and again and not self._stop and not self._fresh:
            self._fresh, self._sent = True, False
            self._pieces = [self._body] if self._body else []
            self._send()
            return
        self.log_reason = f"upstream_{reason}"
        if self._began:
            self._status = self._status or 502
            self.finish(broken=True)
            return
        self.refuse(refusal(FAILED.get(reason, 502), f"upstream_{reason}"), self.log_reason)

    # the end

    def refuse(self, told: Refusal, reason: str, *, keep: bool = True) -> None:
        """Answer in the interface's place and be done."""
        if self._began:
            self.finish(broken=True)
            return
        self._keep = self._keep and keep and self._complete and not self.worker.draining
        self._status = told.status
        self.log_reason = reason or self.log_reason
        self.client.write(refusal_bytes(told, keep=self._keep, bodiless=self.method == "HEAD"))
        self.finish()

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

    def abandon(self) -> None:
        """Know that the client is gone."""
        if not self.done:
            self.log_reason = "client_gone"
            self._status = self._status or 499
            self.finish(broken=True)

    def finish(self, *, broken: bool = False) -> None:
        """Be done: note it, free the connection, go on with the client."""
        self.done = True
        link, self._link = self._link, None
        if link is not None:
            link.close()
        else:
            self.worker.pool.leave(self)
        self.worker.note(self)
        self.client.flow_done(keep=self._keep and not broken, broken=broken)

    @property
    def status(self) -> int:
        """Status that was answered."""
        return self._status
