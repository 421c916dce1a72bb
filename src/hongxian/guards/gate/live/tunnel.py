"""A connection whose bytes are handed through both ways, such as a WebSocket."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hongxian.guards.gate.live.client import Client
    from hongxian.guards.gate.live.upstream import Upstream


class Tunnel(asyncio.Protocol):
    """One direction: what is read here is written there.

    Args:
        there: the transport of the other side.
        here: the transport of this side.
        touch: told when anything is read.
    """

    def __init__(self, here: Any, there: Any, touch: Any) -> None:
        """Keep both."""
        self._here, self._there, self._touch = here, there, touch
        self.other: Tunnel | None = None
        """The other direction."""
        self.ended = False
        """Whether no more will be read."""

    @classmethod
    def join(cls, client: Client, link: Upstream, rest: bytes) -> None:
        """Tie a client and a connection to the interface together.

        Args:
            client: the client, whose request was answered.
            link: the connection.
            rest: what the interface sent already.
        """
        if rest:
            client.transport.write(rest)
        link.taker = None
        link.tunnel = cls(link.transport, client.transport, client.touch)
        client.tunnel = cls(client.transport, link.transport, client.touch)
        client.tunnel.other, link.tunnel.other = link.tunnel, client.tunnel
        pending = client.take_pending()
        if pending:
            link.transport.write(pending)

    def data_received(self, data: bytes) -> None:
        """Hand bytes through."""
        self._touch()
        self._there.write(data)

    def eof_received(self) -> bool:
        """Hand the end of one direction through."""
        self.ended = True
        whole = self.other is not None and self.other.ended
        if not whole and self._there.can_write_eof() and not self._there.is_closing():
            self._there.write_eof()
            return True
        self._there.close()
        return False

    def pause_writing(self) -> None:
        """Hold the other side back."""
        if not self._there.is_closing():
            self._there.pause_reading()

    def resume_writing(self) -> None:
        """Let the other side go on."""
        if not self._there.is_closing():
            self._there.resume_reading()

    def connection_lost(self, error: Exception | None) -> None:
        """End the other side as well, once what was sent is out."""
        del error
        self._there.close()
