"""The answer to a request on its way back: read, judged, masked, sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.guards.gate.exchange.field_lines import FieldLines
from hongxian.guards.gate.exchange.parts import Answer
from hongxian.guards.gate.live.chunks import LAST, chunk
from hongxian.guards.gate.live.heads import answer_head, length_line
from hongxian.guards.gate.live.pieces import Pieces, StoppedError, in_pieces
from hongxian.guards.gate.live.plain_heads import CHANGED
from hongxian.guards.gate.live.refusals import phrase, refusal, refusal_bytes
from hongxian.guards.gate.live.upstream import BODILESS

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongxian.guards.gate.exchange.parts import Headers
    from hongxian.guards.gate.exchange.ruling import Ruling
    from hongxian.guards.gate.live.client import Client
    from hongxian.guards.gate.live.heads import Lines, RequestHead
    from hongxian.guards.gate.live.refusals import Refusal
    from hongxian.guards.gate.live.upstream import Upstream

LONG = 4_096
"""Bytes of an answer from which on it may be judged beside all else."""
_READ, _STREAM = 0, 1


class Answering:
    """The way back.

    Args:
        client: the connection that the request came by.
        head: its head.
    """

    __slots__ = (
        "_answer", "_answer_size", "_began", "_client_chunks", "_complete", "_headers", "_keep",
        "_lines", "_link", "_mode", "_reason", "_sent", "_status", "client", "done", "head",
        "judge", "log_reason", "method", "ruling", "since", "started", "worker",
    )  # fmt: skip

    def __init__(self, client: Client, head: RequestHead) -> None:
        """Begin with the head of the request."""
        self.client, self.head, self.method = client, head, head.method
        self.worker = client.worker
        self.judge = self.worker.judge
        self.since = self.worker.clock()
        self.started = self.worker.now()
        self.done = False
        self.ruling: Ruling | None = None
        self.log_reason = ""
        self._complete = head.length == 0
        self._keep = head.keep
        self._link: Upstream | None = None
        self._sent = False
        self._mode = _STREAM
        self._answer: list[bytes] = []
        self._answer_size = 0
        self._lines: Pieces | None = None
        self._status = 0
        self._headers: Headers = []
        self._reason = b""
        self._began = False
        self._client_chunks = False

    def client_writable(self, *, writable: bool) -> None:
        """Hold the interface back while the client takes no more."""
        if self._link is not None and self._mode == _STREAM and self._sent:
            self._link.held = not writable
            if writable:
                self._link.transport.resume_reading()
            else:
                self._link.transport.pause_reading()

    def answer_began(
        self, status: int, reason: bytes, headers: Headers, length: int | None
    ) -> None:
        """Take the head of the answer: read its body, or send it on as it comes."""
        if self.done or self.ruling is None:
            return
        self._status, self._headers, self._reason = status, headers, reason or phrase(status)
        settings = self.judge.settings
        self.client.deadline = self.worker.clock() + self.worker.limits.answer_time
        if length == 0 or not self.judge.reads(headers):
            self._judge_answer(b"")
            if not self.done:
                self._stream(length, headers)
            return
        if in_pieces(headers):
            self._lines = Pieces(self.judge, self.ruling, status, headers)
            self._stream(None, unchanged(headers))
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
        self._stream(length, self._headers)
        self._send_on(held)

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
        if self._lines is not None:
            data = self._line(self._lines.feed, data)
        self._send_on(data)

    def _line(self, take: Callable[..., bytes], *data: bytes) -> bytes:
        """Return lines as they are to be sent on; what is not to be given ends the answer."""
        try:
            return take(*data)
        except StoppedError:
            self.log_reason = "stopped"
            self.finish(True)
            return b""

    def _send_on(self, data: bytes) -> None:
        if data:
            self.client.write(chunk(data) if self._client_chunks else data)

    def answer_ended(self) -> None:
        """Judge the answer if it was read, and be done."""
        self._link = None
        if self.done:
            return
        if self._mode == _READ:
            body = self._answer[0] if len(self._answer) == 1 else b"".join(self._answer)
            if len(body) < LONG or not self._judge_aside(body):
                self._judge_answer(body)
                self._judged(body)
            return
        if self._lines is not None:
            self._send_on(self._line(self._lines.rest))
        if not self.done:
            self.client.write(LAST if self._client_chunks else b"")
            self.finish()

    def _judge_aside(self, body: bytes) -> bool:
        """Let a long page be judged beside all else; return whether it is."""
        aside = self.worker.aside(self._headers, len(body))
        if aside is None or self.ruling is None:
            return False
        self.client.deadline = self.worker.clock() + self.worker.limits.answer_time
        answer = Answer(status=self._status, headers=self._headers, body=body)
        before = self.ruling.reason

        def then() -> None:
            if not self.done:
                self._allowed(before)
                self._judged(body)

        aside.judge(self.judge, self.ruling, answer, then)
        return True

    def _judged(self, body: bytes) -> None:
        """Send an answer that was judged, unless it was refused."""
        if not self.done:
            self._respond(body)
            self.finish()

    def _allowed(self, before: str) -> None:
        """Refuse an answer that is not to be given; ``before``: what could not be judged yet."""
        if self.ruling is not None and not self.ruling.passes:
            self.refuse(self.worker.refusals.answered(self.ruling, before), "")

    def _judge_answer(self, body: bytes) -> None:
        assert self.ruling is not None  # noqa: S101 - for the types
        answer = Answer(status=self._status, headers=self._headers, body=body)
        before = self.ruling.reason
        self.judge.answer(self.ruling, answer)
        self._allowed(before)

    def _respond(self, body: bytes) -> None:
        """Send an answer that was read."""
        ruling, packed = self.ruling, b""
        lines: Lines = self._headers
        if ruling is not None and ruling.body is not None:
            body, packed = ruling.body, ruling.packed
            lines = unchanged(self._headers)
        framing = length_line(len(body))
        if packed:
            framing = b"content-encoding: %b\r\n" % packed + framing
        self.client.write(self._answer_head(lines, framing) + body)

    def _stream(self, length: int | None, lines: Lines) -> None:
        """Send the head of an answer whose body is sent on as it comes."""
        framing = b""
        if length is None and self.head.newer:
            self._client_chunks = True
            framing = b"transfer-encoding: chunked\r\n"
        elif length is None:
            self._keep = False
        elif self.method != "HEAD" and self._status not in BODILESS:
            framing = b"content-length: %d\r\n" % length
        self.client.write(self._answer_head(lines, framing))

    def _answer_head(self, headers: Lines, framing: bytes) -> bytes:
        self._began = True
        going = b""
        if not self._keeps():
            going = b"connection: close\r\n"
        elif not self.head.newer:
            going = b"connection: keep-alive\r\n"
        return answer_head(self._status, self._reason, headers, framing + going)

    def _keeps(self) -> bool:
        self._keep = self._keep and self._complete and not self.worker.draining
        return self._keep

    def refuse(self, told: Refusal, reason: str, *, keep: bool = True) -> None:
        """Answer in the interface's place and be done."""
        if self._began:
            self.finish(True)
            return
        self._keep = self._keep and keep and self._complete and not self.worker.draining
        self._status = told.status
        self.log_reason = reason or self.log_reason
        self.client.write(refusal_bytes(told, keep=self._keep, bodiless=self.method == "HEAD"))
        self.finish()

    def abandon(self) -> None:
        """Know that the client is gone."""
        if not self.done:
            self.log_reason = "client_gone"
            self._status = self._status or 499
            self.finish(True)

    def finish(self, broken: bool = False) -> None:
        """Be done: note it, free the connection, go on with the client."""
        self.done = True
        link, self._link = self._link, None
        if link is not None:
            link.close()
        else:
            self.worker.pool.leave(self)
        self.worker.noted(self, self.ruling, self._status, self.log_reason, self.since)
        self.client.flow_done(self._keep and not broken, broken)

    @property
    def status(self) -> int:
        """Status that was answered."""
        return self._status

    @property
    def complete(self) -> bool:
        """Whether all of the request came, and was sent."""
        return self._complete


def unchanged(headers: Headers) -> Lines:
    """Return headers without those that speak of the bytes of a body."""
    if isinstance(headers, FieldLines):
        fields = headers
        return fields.unchanged()
    return [pair for pair in headers if pair[0] not in CHANGED]
