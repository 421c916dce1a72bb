"""The two ends of a session on real sockets: the server greets first, then the client answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from hongxian.errors import HongxianError
from hongxian.guards.keep.lane import sides
from hongxian.guards.keep.lane.frames import ProtocolError
from hongxian.guards.keep.lane.mysql import frames, greeting
from hongxian.guards.keep.lane.mysql.front import Front
from hongxian.guards.keep.lane.mysql.reading import NOWHERE, ReadingError
from hongxian.guards.keep.lane.mysql.session import Session
from hongxian.guards.keep.lane.mysql.starting import Start
from hongxian.guards.keep.lane.mysql.tls import Tls

if TYPE_CHECKING:
    import ssl
    from collections.abc import Coroutine

    from hongxian.guards.keep.lane.mysql.place import ServerPlace

_FATAL = {"protocol": (1156, "08S01"), "admin": (1053, "08S01"), "start": (1045, "28000"),
          "server": (1105, "08S01"), "many": (1040, "08004")}  # fmt: skip
"""Why a session ends -> number of MySQL's own error, and SQLSTATE."""


class Host(sides.Host, Protocol):
    """What links need of their host."""

    async def server(self) -> ServerPlace:
        """Return the server as the lane knows it."""

    async def reached(self, link: ServerLink) -> Upstream:
        """Connect to the server."""

    def behind(self) -> ssl.SSLContext | None:
        """Return how the server is spoken to by TLS, if it is."""


class ServerLink(sides.ClientSide):
    """The client's end.

    Args:
        host: what all links share.
    """

    def __init__(self, host: Host) -> None:
        """Wait for a client."""
        super().__init__(host)
        self.session: Session | None = None
        self._tls: Tls | None = None
        self._start = Front(greeting.LARGEST)
        self._start.proving = self._start.one = True
        self._server = Front(greeting.LARGEST)
        self._server.proving = True
        self._open = self._joined = False

    @property
    def idle(self) -> bool:
        """Whether it can be ended without harm."""
        return not self._open or self.session is None or self.session.idle

    # the socket

    def connection_made(self, transport: Any) -> None:
        """Keep the socket, and ask the server for its greeting."""
        self.met(transport)
        if not self.host.joined(self):
            self.end("many", "many")
            return
        self._joined = True
        self._do(self._guarded(self._begin()))

    def data_received(self, data: bytes) -> None:
        """Take bytes of the client."""
        try:
            if self._tls is not None:
                data = self._tls.feed(data)
            if self._open and self.session is not None:
                self.session.front.feed(data)
                if self.session.front.full:
                    self.transport.pause_reading()
            else:
                self._start.feed(data)
        except ProtocolError as error:
            self.misspoken(error)

    def gone(self) -> None:
        """Forget the session."""
        if self._open and self.session is not None:
            self.session.gone()
        if self._joined:
            self.host.left(self)

    # what a session asks for

    def to_client(self, data: bytes) -> None:
        """Send to the client."""
        if self._tls is not None:
            self._tls.send(data)
        else:
            self.transport.write(data)

    def to_server(self, data: bytes) -> None:
        """Send to the server."""
        if self.upstream is not None:
            self.upstream.send(data)

    def took(self) -> None:
        """Read on: a command was taken."""
        if not self.transport.is_closing():
            self.transport.resume_reading()

    def leave(self) -> None:
        """End, as the client asked."""
        self.transport.close()

    # the start

    async def _begin(self) -> None:
        host = self.host
        try:
            self.upstream = await host.reached(self)
            greeted, _ = await self._server.taken()
            if greeted[:1] == b"\xff":  # too many connections, or a host that is not let in
                self.to_client(frames.packets(greeted, 0))
                self.transport.close()
                return
            self.to_client(frames.packets(greeting.offered(greeted, tls=bool(host.secure)), 0))
            asked, number = await self._asked()
            await self._prove(asked, number, tls=greeting.offers_tls(greeted))
        except (OSError, TimeoutError):
            host.count("server_failures")
            self.end("server", "server")
            return
        if self.session is not None and not self.transport.is_closing():
            await self.session.serve()

    async def _asked(self) -> tuple[greeting.Asked, int]:
        """Wait until the client has said who it is; TLS may come before."""
        secure = self.host.secure
        body, _ = await self._start.taken()
        if greeting.wants_tls(body):
            if secure is None:
                raise ProtocolError("tls")
            self._tls = Tls(secure, self.transport.write, server=True)
            self._start.one = False
            self._start.feed(self._tls.feed(self._start.handed()))
            body, _ = await self._start.taken()
        elif secure is not None:
            raise ReadingError("clear", "")
        self._start.one = False
        self._start.feed(b"")
        return greeting.asked(body), self._start.number

    async def _prove(self, asked: greeting.Asked, number: int, *, tls: bool) -> None:
        """Hand on what proves who the client is, one packet for each that the server asks for."""
        assert self.upstream is not None  # noqa: S101 - it was reached
        behind, own = self.host.behind(), 1
        if behind is not None:
            if not tls:
                raise ProtocolError("tls")
            self.upstream.send(frames.packets(asked.request, own))
            self.upstream.secure(behind, self.host.settings.server_name)
            own += 1
        self.upstream.send(frames.packets(asked.forwarded(tls=behind is not None), own))
        while True:
            body, _ = await self._server.taken()
            number += self._server.number - own
            own = self._server.number
            if body[:1] == b"\x00":
                await self._let_in(asked, body, number)
                return
            self.to_client(frames.packets(body, number))
            if body[:1] == b"\xff":
                self.transport.close()
                return
            if body == b"\x01\x03":  # more comes of the server
                continue
            proof, long = await self._start.taken()
            if long or self._start.number != (number + 1) & 0xFF or own > 200:
                raise ProtocolError("sequence")
            own, number = own + 1, number + 1
            self.to_server(frames.packets(proof, own))

    async def _let_in(self, asked: greeting.Asked, body: bytes, number: int) -> None:
        """Open the session, once it is known how the server reads its texts."""
        host = self.host
        start = Start(asked.role, asked.database or NOWHERE)
        self.session = Session(host.warden, start, host.settings.statement, self)
        self.session.answers.short = bool(asked.flags & greeting.SHORT_END)
        try:
            self.session.place = await host.server()
        except HongxianError:
            self.end("server", "catalog")
            return
        await self.session.look()
        self._start.begin()
        if self._timer is not None:
            self._timer.cancel()
        self._open = True
        host.warden.opened(
            self.session, {"peer": self.peer, "tls": self._tls is not None, "application": ""}
        )
        host.count("sessions")
        self.to_client(frames.packets(body, number))

    def from_server(self, data: bytes) -> None:
        """Take bytes of the server."""
        try:
            if self.session is not None:
                self.session.answers.feed(data)
            else:
                self._server.feed(data)
        except ProtocolError as error:
            self.misspoken(error)

    # the end

    def tell(self, kind: str, text: str) -> None:
        """Send the last words to the client."""
        number, state = _FATAL[kind]
        front = self.session.front if self._open and self.session else self._start
        told = frames.error(number, state, text.encode())
        self.to_client(frames.packets(told, front.number + 1))
        if self._tls is not None:
            self._tls.end()

    def lost(self) -> None:
        """The server is gone: end once the client has what came."""
        if self.transport is not None and not self.transport.is_closing():
            self.transport.close()

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something; whatever goes wrong ends the session."""
        warden = self.host.warden
        try:
            await work
        except ProtocolError as error:
            self.misspoken(error)
        except ReadingError as error:
            self.host.count("starts_refused")
            self.end("start", error.word, about=error.about)
        except HongxianError as error:
            warden.failed(error)
            self.end("protocol", "evidence")
        except Exception as error:  # noqa: BLE001 - a fault of ours must not let anything through
            warden.failed(error)
            self.end("protocol", "internal")


class Upstream(sides.ServerSide):
    """The server's end.

    Args:
        link: the client's.
    """

    def __init__(self, link: ServerLink) -> None:
        """Wait for the socket."""
        super().__init__()
        self._link = link
        self._tls: Tls | None = None

    def secure(self, context: ssl.SSLContext, name: str) -> None:
        """Speak TLS from now on."""
        self._tls = Tls(context, self._transport.write, server=False, name=name)

    def send(self, data: bytes) -> None:
        """Send to the server."""
        if self._tls is not None:
            self._tls.send(data)
        else:
            self._transport.write(data)

    def data_received(self, data: bytes) -> None:
        """Take bytes of the server."""
        try:
            if self._tls is not None:
                data = self._tls.feed(data)
        except ProtocolError:
            self._link.end("server", "tls")
            return
        self._link.from_server(data)

    def connection_lost(self, error: Exception | None) -> None:
        """End the client's side once it has what came."""
        del error
        self._link.lost()

    def pause_writing(self) -> None:
        """The server is slow; a client has one command open at most, and is not read behind it."""
