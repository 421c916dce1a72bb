"""A client's connection: requests out of bytes, in their order, and a deadline for each step."""

from __future__ import annotations

import asyncio
from math import inf
from typing import TYPE_CHECKING, Any

from hongxian.guards.gate.live.chunks import Chunks
from hongxian.guards.gate.live.flow import Flow
from hongxian.guards.gate.live.heads import HeadError
from hongxian.guards.gate.live.plain_heads import head_end
from hongxian.guards.gate.live.refusals import refusal, refusal_bytes

if TYPE_CHECKING:
    from hongxian.guards.gate.live.tunnel import Tunnel
    from hongxian.guards.gate.live.worker import Worker

LINGER = 5.0
"""Seconds for which bytes are thrown away after a refusal, so that it reaches who still sends."""
MOST_PENDING = 1 << 16
"""Bytes of later requests that are held while one is answered."""
_MOST_BLANK = 8
"""Bytes of empty lines before a request."""


class Client(asyncio.Protocol):
    """One connection.

    Args:
        worker: what all connections share.
        secure: whether it speaks TLS.
    """

    def __init__(self, worker: Worker, *, secure: bool) -> None:
        """Wait to be connected."""
        self.worker, self.secure = worker, secure
        self.transport: Any = None
        self.peer = ""
        self.flow: Flow | None = None
        self.tunnel: Tunnel | None = None
        self.deadline = inf
        """When the present step must be done."""
        self._write_deadline = inf
        self._pending = b""
        self._chunks: Chunks | None = None
        self._left = 0
        self._allowed = 0.0
        self._reading = self._held = self._lingers = self._closed = False
        self._began = self._ended = False

    def connection_made(self, transport: Any) -> None:
        """Begin, unless there are too many."""
        self.transport = transport
        name = transport.get_extra_info("peername")
        self.peer = name[0] if isinstance(name, tuple) else ""
        self.deadline = self.worker.clock() + self.worker.limits.head_time
        if not self.worker.opened(self):
            self._reject(HeadError(503, "connections"))

    def data_received(self, data: bytes) -> None:
        """Read what came."""
        if self.tunnel is not None:
            self.tunnel.data_received(data)
        elif not self._lingers:
            if self._pending:
                data = self._pending + data
                self._pending = b""
            self._read(data)

    def _read(self, data: bytes) -> None:
        self._reading = True
        try:
            while data and not self._lingers and not self._closed:
                if self.flow is None:
                    data = self._head(data)
                elif self._left or self._chunks is not None:
                    data = self._body(self.flow, data)
                else:
                    break
        except HeadError as error:
            self._reject(error)
            return
        finally:
            self._reading = False
        if data and not self._lingers and not self._closed:
            self._pending = data
            if len(data) > MOST_PENDING:
                self.hold()

    def _head(self, data: bytes) -> bytes:
        """Begin a request if its head is whole; return what stands behind it."""
        raw, size = data, len(data)
        if size > 1 and raw[0] == 0x0D and raw[1] == 0x0A:
            blank = len(data) - len(data.lstrip(b"\r\n"))
            if blank > _MOST_BLANK or data[:blank] != b"\r\n" * (blank // 2):
                raise HeadError(400, "request_line")
            data = data[blank:]
            raw, size = data, len(data)
        end = head_end(data)
        most = self.worker.limits.head
        if end > most + 4 or (end < 0 and size > most):
            raise HeadError(431, "large_head")
        if end < 0:
            self._pending = data
            if not self._began:
                self._began = True
                self.deadline = self.worker.clock() + self.worker.limits.head_time
            return b""
        self._began = False
        head = self.worker.reader.read(raw[:end])
        flow = self.flow = Flow(self, head)  # it may be done at once, and must not be gone then
        self._left = max(head.length, 0)
        self._chunks = Chunks() if head.length < 0 else None
        if head.length:
            self._allowed = self.worker.clock() + self.worker.limits.body_time
            self.deadline = self._allowed
        else:
            self.deadline = inf
        flow.begin()
        return raw[end:size]

    def _body(self, flow: Flow, data: bytes) -> bytes:
        """Hand a piece of a body on; return what stands behind the body."""
        rest = b""
        if self._chunks is not None:
            piece = self._chunks.feed(data)
            last = self._chunks.done
            if last:
                rest = self._chunks.rest
                self._chunks = None
        else:
            piece = data
            if len(data) > self._left:
                piece, rest = data[: self._left], data[self._left :]
            self._left -= len(piece)
            last = not self._left
        self._allowed += len(piece) / self.worker.limits.body_rate
        self.deadline = inf if last else self._allowed
        flow.body(piece, last)
        return rest

    def _reject(self, error: HeadError) -> None:
        """Refuse what is no request, and end the connection."""
        flow = self.flow
        if flow is not None and not flow.done:
            flow.refuse(refusal(error.status, error.reason), error.reason, keep=False)
            return
        self.worker.rejected(self, error)
        self.write(refusal_bytes(refusal(error.status, error.reason), keep=False))
        self._end()

    def flow_done(self, keep: bool, broken: bool) -> None:
        """Go on with the next request, or end."""
        self.flow = None
        if self.tunnel is not None:
            self.deadline = self.worker.clock() + self.worker.limits.tunnel
            self.release()
            return
        if broken:
            self._closed = True
            self.transport.abort()
        elif not keep or self._left or self._chunks is not None:
            self._end()
        else:
            self.deadline = self.worker.clock() + self.worker.limits.idle
            self.release()
            if self._pending and not self._reading:
                data, self._pending = self._pending, b""
                self._read(data)
            if self._ended and not self._closed:
                if self._left or self._chunks is not None:  # the rest of a body never comes
                    self._closed = True
                    self.transport.close()
                elif self.flow is None:
                    self._end()

    def _end(self) -> None:
        """End, but throw away for a while what still comes: a reset would lose the answer."""
        unread = self._left or self._chunks is not None or self._reading
        if unread and self.transport.can_write_eof():
            self._lingers = True
            self._pending = b""
            self.release()
            self.deadline = self.worker.clock() + LINGER
            self.transport.write_eof()
        else:
            self._closed = True
            self.transport.close()

    def expired(self, now: float) -> None:
        """End what did not come in time."""
        if now > self._write_deadline or self._lingers or self.tunnel is not None:
            self._closed = True
            self.transport.abort()
        elif self.flow is not None:
            self.flow.timed_out()
        elif self._pending:
            self._reject(HeadError(408, "head_time"))
        else:
            self._closed = True
            self.transport.close()

    def due(self, now: float) -> bool:
        """Return whether a deadline is over."""
        return now > self.deadline or now > self._write_deadline

    def drain(self) -> None:
        """End when nothing is being answered."""
        if self.flow is None and self.tunnel is None and not self._lingers:
            self._closed = True
            self.transport.close()

    def eof_received(self) -> bool:
        """Know that the client sends no more; an answer that is due is still sent."""
        if self.tunnel is not None:
            return self.tunnel.eof_received()
        if self._left or self._chunks is not None:
            return False
        self._ended = True
        return self.flow is not None and not self.secure

    def connection_lost(self, error: Exception | None) -> None:
        """Know that the client is gone."""
        self._closed = True
        self.worker.closed(self)
        if self.tunnel is not None:
            self.tunnel.connection_lost(error)
        elif self.flow is not None:
            self.flow.abandon()

    def pause_writing(self) -> None:
        """Hold the interface back: the client reads slowly, or not at all."""
        self._write_deadline = self.worker.clock() + self.worker.limits.send_time
        if self.tunnel is not None:
            self.tunnel.pause_writing()
        elif self.flow is not None:
            self.flow.client_writable(writable=False)

    def resume_writing(self) -> None:
        """Let the interface go on."""
        self._write_deadline = inf
        if self.tunnel is not None:
            self.tunnel.resume_writing()
        elif self.flow is not None:
            self.flow.client_writable(writable=True)

    def write(self, data: bytes) -> None:
        """Send bytes, if the connection is still there."""
        if not self._closed and not self._lingers:
            self.transport.write(data)

    def hold(self) -> None:
        """Read no more for now."""
        if not self._held and not self._closed:
            self._held = True
            self.transport.pause_reading()

    def release(self) -> None:
        """Read on."""
        if self._held and not self._closed:
            self._held = False
            self.transport.resume_reading()

    def touch(self) -> None:
        """Note that a tunnel is used."""
        self.deadline = self.worker.clock() + self.worker.limits.tunnel

    def take_pending(self) -> bytes:
        """Return bytes that were read and belong to nobody yet."""
        data, self._pending = self._pending, b""
        return data
