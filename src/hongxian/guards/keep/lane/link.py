"""The two ends of a session on real sockets, from the first packet to the last byte."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Protocol

from hongxian.errors import HongxianError
from hongxian.guards.keep.lane import frames, sides
from hongxian.guards.keep.lane.ends import HIGH
from hongxian.guards.keep.lane.fast import ClientEnd, ServerEnd
from hongxian.guards.keep.lane.frames import FIRST, HEAD, LENGTH, ProtocolError
from hongxian.guards.keep.lane.session import Session
from hongxian.guards.keep.lane.starting import StartError, judged_start

if TYPE_CHECKING:
    import ssl

    from hongxian.guards.keep.lane.place import Place
    from hongxian.guards.keep.lane.starting import Start

HANDSHAKE = 64 << 10
"""Bytes of a message while a client proves who it is."""
_FATAL = {"protocol": "08P01", "admin": "57P01", "start": "28000", "server": "08006",
          "many": "53300"}  # fmt: skip


class Host(sides.Host, Protocol):
    """What links need of their host."""

    async def place(self, database: str) -> Place:
        """Return a database."""

    async def reach(self, make: type[Upstream], link: Link) -> Upstream:
        """Connect to the server."""

    def key(self, link: Link, real: bytes) -> bytes:
        """Return the key that a client gets in the place of the server's."""

    async def cancel(self, key: bytes) -> None:
        """Hand a request to cancel on."""


class Link(ClientEnd, sides.ClientSide):
    """The client's end.

    Args:
        host: what all links share.
    """

    def __init__(self, host: Host) -> None:
        """Wait for the first packet."""
        ClientEnd.__init__(self)
        sides.ClientSide.__init__(self, host)
        self.session: Session | None = None
        self._held = b""
        self._secure = self._proving = False

    @property
    def idle(self) -> bool:
        """Whether it can be ended without harm."""
        return self.session is None or self.session.tracking.idle

    # the socket

    def connection_made(self, transport: Any) -> None:
        """Keep the socket; after TLS began this is called again."""
        if self._secure:
            self.transport = transport
            transport.set_write_buffer_limits(high=HIGH)
        else:
            self.met(transport)

    def begin(self, data: bytes) -> None:
        """Take bytes before the client is let in."""
        self._held += data
        if self._proving:
            self._prove()
        else:
            self._first()

    def wrong(self, error: ProtocolError) -> None:
        """End because of what the client sent."""
        self.misspoken(error)

    def gone(self) -> None:
        """Forget the session."""
        if self.session is not None:
            self.session.gone()
        self.host.left(self)

    def pause(self) -> None:
        """Read no more of the client."""
        if self.transport is not None and not self.transport.is_closing():
            self.transport.pause_reading()

    def resume(self) -> None:
        """Read on, unless a decision is waited for."""
        if self.transport is not None and not self.transport.is_closing():
            self.transport.resume_reading()

    # the start

    def _first(self) -> None:
        """Read first packets, each when it is whole."""
        if len(self._held) < 8:
            if self._held[:1] not in (b"", b"\0"):
                raise ProtocolError("first")
            return
        size, code = LENGTH.unpack_from(self._held)[0], LENGTH.unpack_from(self._held, 4)[0]
        if not 8 <= size <= FIRST:
            raise ProtocolError("first")
        if len(self._held) < size:
            return
        body, rest = self._held[8:size], self._held[size:]
        self._held = b""
        if rest:  # nothing may come behind a question before its answer (CVE-2021-23222)
            raise ProtocolError("early")
        if code == frames.TLS and not self._secure and self.host.secure is not None:
            self.transport.write(b"S")
            self._do(self._begin_tls(self.host.secure))
        elif code in (frames.TLS, frames.GSS):
            self.transport.write(b"N")
        elif code == frames.CANCEL:
            self._do(self._cancel(body))
        elif code >> 16 == frames.MAJOR:
            self._start(code, body)
        else:
            raise ProtocolError("version")

    async def _begin_tls(self, secure: ssl.SSLContext) -> None:
        self._secure = True
        self.transport.pause_reading()
        loop = asyncio.get_running_loop()
        try:
            made = await loop.start_tls(self.transport, self, secure, server_side=True)
        except OSError:
            self.abort()
            return
        if made is not None:
            self.connection_made(made)

    async def _cancel(self, key: bytes) -> None:
        self.host.count("cancels")
        await self.host.cancel(key)
        self.transport.close()

    def _start(self, version: int, body: bytes) -> None:
        try:
            start = judged_start(
                version, frames.read_parameters(body), replication=self.host.settings.replication,
                clear=self.host.secure is not None and not self._secure,
            )  # fmt: skip
        except StartError as error:
            self.host.count("starts_refused")
            self.end("start", error.word, about=error.about)
            return
        if not self.host.joined(self):
            self.end("many", "many")
            return
        self._proving = True
        self._do(self._connect(start))

    async def _connect(self, start: Start) -> None:
        host = self.host
        self.transport.pause_reading()
        try:
            self.upstream = await host.reach(Upstream, self)
        except (OSError, ProtocolError, TimeoutError):
            host.count("server_failures")
            self.end("server", "server")
            return
        if self._ended:
            self.upstream.close()
            return
        self.session = Session(
            host.warden, start, host.settings.statement, self.upstream.write, self.transport.write
        )
        self.session.link(self)
        host.warden.opened(self.session, {
            "peer": self.peer, "tls": self._secure, "application": start.application
        })  # fmt: skip
        self.upstream.write(frames.startup(start.version, start.parameters))
        self.resume()

    def _prove(self) -> None:
        """Hand on what proves who the client is: messages of kind ``p`` alone."""
        if self.upstream is None:
            raise ProtocolError("early")
        while len(self._held) >= 5:
            kind, size = HEAD.unpack_from(self._held)
            if kind != ord("p") or not 4 <= size <= HANDSHAKE:
                raise ProtocolError("early")
            if len(self._held) <= size:
                break
            self.upstream.write(self._held[: size + 1])
            self._held = self._held[size + 1 :]

    def proven(self) -> None:
        """The server let the client in: from now on messages are judged."""
        if self._held or self.session is None:
            raise ProtocolError("early")
        if self._timer is not None:
            self._timer.cancel()
        self._proving = False
        self.front = self.session.front
        self.front.held = True
        self._do(self._open(self.session))

    async def _open(self, session: Session) -> None:
        try:
            session.place = await self.host.place(session.start.database)
        except (HongxianError, OSError, TimeoutError):
            self.end("server", "catalog")
            return
        self.host.count("sessions")
        try:
            session.front.settled(b"")
            self.resume()
        except ProtocolError as error:
            self.end("protocol", str(error))

    def tell(self, kind: str, text: str) -> None:
        """Send the last words to the client."""
        fields = {"S": "FATAL", "V": "FATAL", "C": _FATAL[kind], "M": text}
        self.transport.write(frames.error(fields, self.session.codec if self.session else "utf-8"))


class Upstream(ServerEnd, sides.ServerSide):
    """The server's end.

    Args:
        link: the client's.
    """

    def __init__(self, link: Link) -> None:
        """Wait for the socket."""
        ServerEnd.__init__(self, link)
        sides.ServerSide.__init__(self)
        self.write: Any = None

    def connection_made(self, transport: Any) -> None:
        """Keep the socket."""
        super().connection_made(transport)
        self.write = transport.write

    async def secured(self, context: ssl.SSLContext, name: str) -> None:
        """Begin TLS.

        Raises:
            ProtocolError: the server does not speak it.
            OSError: it failed.
        """
        loop = asyncio.get_running_loop()
        self.answer = loop.create_future()
        self._transport.write(frames.first_packet(frames.TLS))
        answer, self.answer = await self.answer, None
        if answer != b"S":
            raise ProtocolError("tls")
        made = await loop.start_tls(self._transport, self, context, server_hostname=name or None)
        if made is None:
            raise ProtocolError("tls")
        self.connection_made(made)

    def wrong(self, error: ProtocolError) -> None:
        """End because of what the server sent."""
        self.link.end("protocol", str(error))

    def connection_lost(self, error: Exception | None) -> None:
        """End the client's side once it has what came."""
        if self.answer is not None and not self.answer.done():
            self.answer.set_exception(error or ConnectionResetError())
        transport = self.link.transport
        if transport is not None and not transport.is_closing():
            transport.close()

    def pause_writing(self) -> None:
        """The server is slow: read no more of the client."""
        self.link.pause()

    def resume_writing(self) -> None:
        """The server took what waited."""
        self.link.resume()

    def bid_farewell(self) -> None:
        """Tell the server that it is over."""
        self._transport.write(b"X\0\0\0\4")
