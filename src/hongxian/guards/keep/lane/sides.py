"""What both ends of a session share, whatever protocol is spoken on them."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Protocol

from hongxian.guards.keep.lane.ends import HIGH
from hongxian.words import say

if TYPE_CHECKING:
    import ssl

    from hongxian.guards.keep.lane.settings import LaneSettings
    from hongxian.guards.keep.lane.warden import Warden


class Host(Protocol):
    """What links need of their host."""

    settings: LaneSettings
    secure: ssl.SSLContext | None
    warden: Warden

    def count(self, name: str) -> None:
        """Count an event."""

    def joined(self, link: Any) -> bool:
        """Take a link in; ``False`` when there are too many."""

    def left(self, link: Any) -> None:
        """Forget a link."""


class ClientSide(ABC, asyncio.Protocol):
    """A client's socket, with the server's behind it.

    Args:
        host: what all links share.
    """

    def __init__(self, host: Any) -> None:
        """Wait for a client."""
        self.host = host
        self.transport: Any = None
        self.upstream: Any = None
        self.peer = ""
        self._ended = False
        self._timer: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def met(self, transport: Any) -> None:
        """Take a new client in, for as long as a start may take."""
        self.transport = transport
        transport.set_write_buffer_limits(high=HIGH)
        self.host.count("connections")
        peer = transport.get_extra_info("peername")
        self.peer = str(peer[0]) if isinstance(peer, tuple) and peer else "local"
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(self.host.settings.start_time, self.abort)

    def eof_received(self) -> bool:
        """End when the client ends."""
        return False

    def connection_lost(self, error: Exception | None) -> None:
        """End the server's side too."""
        del error
        self._ended = True
        if self._timer is not None:
            self._timer.cancel()
        for task in self._tasks:
            task.cancel()
        if self.upstream is not None:
            self.upstream.close()
        self.gone()

    @abstractmethod
    def gone(self) -> None:
        """Forget the session."""

    def pause_writing(self) -> None:
        """The client is slow: read no more of the server."""
        if self.upstream is not None:
            self.upstream.pause()

    def resume_writing(self) -> None:
        """The client took what waited."""
        if self.upstream is not None:
            self.upstream.resume()

    def misspoken(self, error: Exception) -> None:
        """End because of bytes that keep to no protocol."""
        self.host.count("protocol_errors")
        self.end("protocol", str(error))

    def end(self, kind: str, word: str, *, about: str = "") -> None:
        """Tell the client why, and end both sides."""
        if self._ended or self.transport is None or self.transport.is_closing():
            return
        lang = self.host.warden.lang
        if kind == "start":
            text = say(f"keep_lane.start_{word}", lang, about=about)
        else:
            text = say(f"keep_lane.end_{kind}", lang, word=word)
        self.tell(kind, text)
        self.transport.close()
        if self.upstream is not None:
            self.upstream.close()

    @abstractmethod
    def tell(self, kind: str, text: str) -> None:
        """Send the last words to the client."""

    def abort(self) -> None:
        """End at once."""
        if self.transport is not None:
            self.transport.abort()

    def _do(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


class ServerSide(asyncio.Protocol):
    """A server's socket."""

    def __init__(self) -> None:
        """Wait for the socket."""
        self._transport: Any = None

    def connection_made(self, transport: Any) -> None:
        """Keep the socket."""
        self._transport = transport
        transport.set_write_buffer_limits(high=HIGH)

    def pause(self) -> None:
        """Read no more of the server."""
        if not self._transport.is_closing():
            self._transport.pause_reading()

    def resume(self) -> None:
        """Read on."""
        if not self._transport.is_closing():
            self._transport.resume_reading()

    def close(self) -> None:
        """End; the server is told so first where its protocol has a word for it."""
        if self._transport is not None and not self._transport.is_closing():
            self.bid_farewell()
            self._transport.close()

    def bid_farewell(self) -> None:
        """Tell the server that it is over."""
