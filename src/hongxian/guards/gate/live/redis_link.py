"""A connection to Redis: commands out, replies in their order; ``hiredis`` reads them."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import hiredis

if TYPE_CHECKING:
    from collections.abc import Callable

    Reply = Callable[[Any], None]


class RedisError(Exception):
    """Redis cannot be reached, or says no."""


@dataclass(frozen=True, slots=True)
class RedisPlace:
    """Where Redis is, and how it is entered."""

    host: str
    port: int
    path: str
    secure: bool
    greeting: tuple[tuple[str, ...], ...]
    """Commands before all others."""

    @classmethod
    def read(cls, address: str) -> RedisPlace:
        """Return the place that ``redis://user:password@host:port/number`` names."""
        parts = urlsplit(address)
        greeting: list[tuple[str, ...]] = []
        if parts.password:
            who = (unquote(parts.username),) if parts.username else ()
            greeting.append(("AUTH", *who, unquote(parts.password)))
        number = parts.path.strip("/") if parts.scheme != "unix" else ""
        if number and number != "0":
            greeting.append(("SELECT", number))
        path = parts.path if parts.scheme == "unix" else ""
        host = parts.hostname or ""
        return cls(host, parts.port or 6379, path, parts.scheme == "rediss", tuple(greeting))


def packed(*words: bytes | str | int) -> bytes:
    """Return a command as Redis reads it."""
    parts = [b"*%d\r\n" % len(words)]
    for word in words:
        data = word if isinstance(word, bytes) else str(word).encode()
        parts.append(b"$%d\r\n%b\r\n" % (len(data), data))
    return b"".join(parts)


class RedisLink(asyncio.Protocol):
    """One connection.

    Args:
        lost: told when it is gone.
        patience: seconds until a reply that is waited for must come.
    """

    def __init__(self, lost: Callable[[], None], patience: float) -> None:
        """Wait to be connected."""
        self.lost = lost
        self._patience = patience
        self._reader = hiredis.Reader()
        self._waiting: deque[Reply] = deque()
        self._transport: Any = None

    @classmethod
    async def dial(cls, place: RedisPlace, lost: Callable[[], None], patience: float) -> RedisLink:
        """Return a connection on which commands can be sent.

        Raises:
            RedisError: Redis cannot be reached, or does not let us in.
        """
        loop = asyncio.get_running_loop()
        secure = ssl.create_default_context() if place.secure else None
        link = cls(_nothing, patience)
        try:
            async with asyncio.timeout(patience):
                if place.path:
                    await loop.create_unix_connection(lambda: link, place.path)
                else:
                    await loop.create_connection(lambda: link, place.host, place.port, ssl=secure)
                for command in place.greeting:
                    await link.call(*command)
        except (OSError, TimeoutError, RedisError) as error:
            link.close()
            raise RedisError(str(error)) from None
        link.lost = lost
        return link

    async def call(self, *words: bytes | str | int) -> Any:
        """Send a command and wait for its reply.

        Raises:
            RedisError: Redis says no, is gone, or takes too long.
        """
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

        def took(reply: Any) -> None:
            if not future.done():
                future.set_result(reply)

        self.send(took, *words)
        try:
            async with asyncio.timeout(self._patience):
                reply = await future
        except TimeoutError:
            raise RedisError("timeout") from None
        if isinstance(reply, Exception):
            raise RedisError(str(reply))
        return reply

    def send(self, took: Reply, *words: bytes | str | int) -> None:
        """Send a command; its reply, or an error, is handed over when it comes."""
        self._waiting.append(took)
        self._transport.write(packed(*words))

    def connection_made(self, transport: Any) -> None:
        """Keep the transport."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Hand replies over."""
        self._reader.feed(data)
        try:
            while (reply := self._reader.gets()) is not False and self._waiting:
                self._waiting.popleft()(reply)
        except hiredis.ProtocolError:
            self._transport.abort()

    def connection_lost(self, error: Exception | None) -> None:
        """Tell all who wait."""
        gone = RedisError(str(error or "closed"))
        while self._waiting:
            self._waiting.popleft()(gone)
        self.lost()

    def close(self) -> None:
        """End the connection, if there is one; its end is not told any more."""
        self.lost = _nothing
        if self._transport is not None:
            self._transport.abort()


def _nothing() -> None:
    """Tell nobody."""


def call_once(place: RedisPlace, *commands: tuple[bytes | str | int, ...]) -> None:
    """Send commands on a connection of their own, and wait for the replies.

    Raises:
        OSError: Redis cannot be reached.
    """
    plain = _dialled(place)
    reader, left = hiredis.Reader(), len(place.greeting) + len(commands)
    with plain:
        plain.sendall(b"".join(packed(*one) for one in (*place.greeting, *commands)))
        while left and (data := plain.recv(1 << 16)):
            reader.feed(data)
            while reader.gets() is not False:
                left -= 1


def _dialled(place: RedisPlace) -> socket.socket:
    if not place.path:
        plain = socket.create_connection((place.host, place.port), 10.0)
        if place.secure:
            return ssl.create_default_context().wrap_socket(plain, server_hostname=place.host)
        return plain
    plain = socket.socket(socket.AF_UNIX)
    try:
        plain.connect(place.path)
    except OSError:
        plain.close()
        raise
    return plain
