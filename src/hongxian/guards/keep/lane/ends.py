"""Where bytes of both ends of a session come in: most go straight to who takes them apart."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from hongxian.guards.keep.lane.frames import ProtocolError

if TYPE_CHECKING:
    from hongxian.guards.keep.lane.front import Front
    from hongxian.guards.keep.lane.link import Link

HIGH = 1 << 20
"""Bytes that wait for one side before the other is read no further."""


class ClientEnd(ABC):
    """What a client sends."""

    def __init__(self) -> None:
        """Begin before a client is let in."""
        self.front: Front | None = None
        """Takes messages apart, from when they are judged."""

    def data_received(self, data: bytes) -> None:
        """Take bytes of the client."""
        try:
            front = self.front
            if front is None:
                self.begin(data)
                return
            front.feed(data)
            if front.held and front.waiting > HIGH:
                self.pause()
        except ProtocolError as error:
            self.wrong(error)

    @abstractmethod
    def begin(self, data: bytes) -> None:
        """Take bytes before the client is let in.

        Raises:
            ProtocolError: they may not stand here.
        """

    @abstractmethod
    def pause(self) -> None:
        """Read no more of the client."""

    @abstractmethod
    def wrong(self, error: ProtocolError) -> None:
        """End because of what the client sent."""


class ServerEnd(ABC):
    """What a server sends.

    Args:
        link: the client's end.
    """

    def __init__(self, link: Link) -> None:
        """Begin before anything came."""
        self.link = link
        self.answer: Any = None
        """Who waits for the first answer."""

    def data_received(self, data: bytes) -> None:
        """Take bytes of the server."""
        if self.answer is not None:
            self.answer.set_result(data)
            return
        session = self.link.session
        if session is None:
            return
        try:
            session.back.feed(data)
        except ProtocolError as error:
            self.wrong(error)

    @abstractmethod
    def wrong(self, error: ProtocolError) -> None:
        """End because of what the server sent."""
