"""One request to an application: its body read and handed on, its answer read and masked."""

from __future__ import annotations

import errno
import os
from collections.abc import Awaitable, Callable, MutableMapping
from time import time
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from hongxian.guards.gate.exchange.parts import Answer, Request, value
from hongxian.guards.gate.live.pieces import Pieces, StoppedError, in_pieces
from hongxian.guards.gate.live.plain_heads import CHANGED
from hongxian.guards.gate.live.refusals import refusal
from hongxian.guards.gate.live.upstream import BODILESS

if TYPE_CHECKING:
    from hongxian.guards.gate.exchange.parts import Headers
    from hongxian.guards.gate.exchange.ruling import Ruling
    from hongxian.guards.gate.live.host import Host
    from hongxian.guards.gate.live.refusals import Refusal

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

PASSED_BY = ("http.response.pathsend", "http.response.zerocopysend")
"""Extensions by which an answer's body would pass by unread."""
POLICY_VIOLATION = 1008
"""Code with which a WebSocket is refused (RFC 6455, section 7.4.1)."""

_NOTHING, _READ, _STREAM, _REFUSED, _STOPPED = range(5)


class AsgiFlow:
    """A request and its answer.

    Args:
        host: what judges.
        scope: what the server tells of the request.
        receive: hands over what the client sends.
        send: sends to the client.
    """

    def __init__(self, host: Host, scope: Scope, receive: Receive, send: Send) -> None:
        """Begin with the head."""
        self.worker, self.judge = host, host.judge
        self.method: str = scope.get("method", "GET")
        self.since = host.clock()
        self.status = 0
        self.log_reason = ""
        self.ruling: Ruling | None = None
        self._scope, self._receive, self._send = scope, receive, send
        self._headers: Headers = [(name.lower(), text) for name, text in scope["headers"]]
        self._held: Message | None = None
        self._mode = _NOTHING
        self._start: Message = {}
        self._answer: list[bytes] = []
        self._size = 0
        self._lines: Pieces | None = None

    async def run(self, app: App) -> None:
        """Let the application answer, if it may."""
        try:
            body, whole = await self._body()
            if self.log_reason:
                return
            ruling = await self._asked(body, whole=whole)
            if ruling.passes:
                await app(self._handed_on(ruling), self._replay, self._sent)
            else:
                await self._refuse(self.worker.refusals.asked(ruling))
        except Exception:
            if self._mode != _STOPPED:  # else that is how the application was told
                self.status = self.status or 500
                raise
        finally:
            self.worker.note(self)

    async def websocket(self, app: App) -> None:
        """Let the application have a WebSocket, unread, if the request for it may be made."""
        ruling = await self._asked(b"", whole=True)
        self.status = 101
        if not ruling.passes:
            told = self.worker.refusals.asked(ruling)
            self.status = told.status
            await self._receive()
            await self._close(told)
        self.worker.note(self)
        if ruling.passes:
            await app(self._scope, self._receive, self._send)

    async def _close(self, told: Refusal) -> None:
        if "websocket.http.response" in (self._scope.get("extensions") or {}):
            headers = [*told.headers, (b"content-length", b"%d" % len(told.body))]
            await self._send({"type": "websocket.http.response.start", "status": told.status,
                              "headers": headers})  # fmt: skip
            await self._send({"type": "websocket.http.response.body", "body": told.body})
        else:
            await self._send({"type": "websocket.close", "code": POLICY_VIOLATION})

    # the request

    async def _body(self) -> tuple[bytes, bool]:
        """Return as much of the body as is read, and whether that is all."""
        pieces: list[bytes] = []
        size, more = 0, True
        while more and size <= self.judge.settings.most_request:
            message = await self._receive()
            if message["type"] != "http.request":
                self.status, self.log_reason = 499, "client_gone"
                return b"", False
            pieces.append(message.get("body", b""))
            size += len(pieces[-1])
            more = message.get("more_body", False)
        body = b"".join(pieces)
        self._held = {"type": "http.request", "body": body, "more_body": more}
        return body, not more

    async def _replay(self) -> Message:
        """Hand over what was read, then what comes."""
        if self._held is not None:
            message, self._held = self._held, None
            return message
        if self._mode == _STOPPED:
            return {"type": "http.disconnect"}
        return await self._receive()

    async def _asked(self, body: bytes, *, whole: bool) -> Ruling:
        """Judge the request."""
        if not whole and value(self._headers, b"content-encoding"):
            body = b""  # half of what is packed cannot be unpacked
        request = Request(
            method=self.method, target=target_of(self._scope), headers=self._headers, body=body,
            peer=(self._scope.get("client") or ("",))[0], at=time(),
            secure=self._scope.get("scheme") in ("https", "wss"),
        )  # fmt: skip
        ruling = self.ruling = self.judge.question(request)
        if not whole and not ruling.reason:
            self.judge.fail(ruling, "large")
        if ruling.question is not None and ruling.passes:
            await self._decided(ruling)
        return ruling

    async def _decided(self, ruling: Ruling) -> None:
        if self.worker.shared is None:
            self.worker.decide(ruling, lambda: None)
            return
        import asyncio  # noqa: PLC0415 - other loops do as well where no state is shared

        done = asyncio.Event()
        self.worker.decide(ruling, done.set)
        await done.wait()

    def _handed_on(self, ruling: Ruling) -> Scope:
        """Return the scope for the application: nothing in it leads past what is read."""
        scope = dict(self._scope)
        extensions = scope.get("extensions") or {}
        scope["extensions"] = {
            name: told for name, told in extensions.items() if name not in PASSED_BY
        }
        if ruling.cover.closed:
            scope["headers"] = [
                pair for pair in self._headers if pair[0] not in (b"range", b"if-range")
            ]
        return scope

    # the answer

    async def _sent(self, message: Message) -> None:
        """Take what the application sends."""
        if self._mode == _REFUSED:
            return
        if self._mode == _STOPPED:
            raise OSError(errno.EPIPE, os.strerror(errno.EPIPE))  # as if the client were gone
        kind = message["type"]
        if kind == "http.response.start":
            await self._started(message)
        elif kind == "http.response.body" and self._mode == _READ:
            await self._goes_on(message)
        elif kind == "http.response.body" and self._lines is not None:
            await self._line(self._lines, message)
        else:
            await self._send(message)

    async def _line(self, lines: Pieces, message: Message) -> None:
        """Send lines on; what is not to be given ends the answer."""
        more = message.get("more_body", False)
        try:
            body = lines.feed(message.get("body", b""))
            body += b"" if more else lines.rest()
        except StoppedError:
            self._mode, self.log_reason = _STOPPED, "stopped"
            body, more = b"", False
        if body or not more:
            await self._send({"type": "http.response.body", "body": body, "more_body": more})

    async def _started(self, message: Message) -> None:
        """Take the head: the body is read, or sent on as it comes."""
        headers = [(bytes(name).lower(), bytes(text)) for name, text in message.get("headers", ())]
        self._start = {**message, "headers": headers}
        self.status = message["status"]
        length = value(headers, b"content-length")
        empty = self.method == "HEAD" or self.status in BODILESS or length == b"0"
        if empty or not self.judge.reads(headers):
            await self._judged(b"")
            await self._stream()
        elif in_pieces(headers):
            assert self.ruling is not None  # noqa: S101 - for the types
            self._lines = Pieces(self.judge, self.ruling, self.status, headers)
            gone = (*CHANGED, b"content-length")
            self._start["headers"] = [pair for pair in headers if pair[0] not in gone]
            await self._stream()
        elif length.isdigit() and int(length) > self.judge.settings.most_answer:
            await self._unread()
        else:
            self._mode = _READ

    async def _goes_on(self, message: Message) -> None:
        """Take a piece of a body that is read."""
        piece = message.get("body", b"")
        self._answer.append(piece)
        self._size += len(piece)
        if self._size > self.judge.settings.most_answer:
            await self._unread(more=message.get("more_body", False))
        elif not message.get("more_body", False):
            body = b"".join(self._answer)
            await self._judged(body)
            if self._mode != _REFUSED:
                await self._respond(body)

    async def _unread(self, *, more: bool = True) -> None:
        """Go on with an answer that is too large to be read."""
        assert self.ruling is not None  # noqa: S101 - for the types
        self.judge.fail(self.ruling, "large")
        if not self.ruling.passes:
            await self._refuse(refusal(502, "unreadable_large"))
            return
        await self._stream()
        if self._answer:
            body, self._answer = b"".join(self._answer), []
            await self._send({"type": "http.response.body", "body": body, "more_body": more})

    async def _judged(self, body: bytes) -> None:
        assert self.ruling is not None  # noqa: S101 - for the types
        before = self.ruling.reason
        answer = Answer(status=self.status, headers=self._start["headers"], body=body)
        ruling = self.judge.answer(self.ruling, answer)
        if not ruling.passes:
            await self._refuse(self.worker.refusals.answered(ruling, before))

    async def _stream(self) -> None:
        """Send the head of an answer whose body is sent on as it comes."""
        if self._mode != _REFUSED:
            self._mode = _STREAM
            await self._send(self._start)

    async def _respond(self, body: bytes) -> None:
        """Send an answer that was read."""
        self._mode = _STREAM
        ruling, headers = self.ruling, self._start["headers"]
        if ruling is not None and ruling.body is not None:
            body = ruling.body
            headers = [pair for pair in headers if pair[0] not in CHANGED]
            if ruling.packed:
                headers.append((b"content-encoding", ruling.packed))
        headers = [pair for pair in headers if pair[0] != b"content-length"]
        headers.append((b"content-length", b"%d" % len(body)))
        await self._send({**self._start, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})

    async def _refuse(self, told: Refusal) -> None:
        """Answer in the application's place."""
        self._mode, self.status = _REFUSED, told.status
        headers = [*told.headers, (b"content-length", b"%d" % len(told.body))]
        body = b"" if self.method == "HEAD" else told.body
        await self._send({"type": "http.response.start", "status": told.status,
                          "headers": headers})  # fmt: skip
        await self._send({"type": "http.response.body", "body": body})


def target_of(scope: Scope) -> str:
    """Return path and query of a request as they were sent, as far as the server tells."""
    raw: bytes = scope.get("raw_path") or quote(scope["path"], safe="/%:@!$&'()*+,;=~").encode()
    query: bytes = scope.get("query_string", b"")
    return (raw + b"?" + query if query else raw).decode("latin-1")
