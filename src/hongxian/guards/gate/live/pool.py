"""The connections to the interface: made, kept, and given out again."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hongxian.guards.gate.live.upstream import Upstream

if TYPE_CHECKING:
    import ssl

    from hongxian.guards.gate.live.upstream import Taker


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Where the interface is."""

    places: tuple[tuple[str, int] | str, ...]
    """Host and port, or the path of a socket, of each server."""
    secure: ssl.SSLContext | None = None
    """The way of TLS, if it is spoken."""
    name: str | None = None
    """The server's name in its certificate, if it is not the host's."""
    patience: float = 3.0
    """Seconds until a server must take a connection."""


class Pool:
    """The connections of a worker to the interface.

    Args:
        reach: where the interface is.
        most: connections at a time; who comes later waits.
        keep: seconds for which one without a request is kept.
    """

    def __init__(self, reach: Reach, *, most: int = 512, keep: float = 4.0) -> None:
        """Connect to nobody yet."""
        self.reach = reach
        self._most, self._keep = most, keep
        self._idle: deque[Upstream] = deque()
        self._waiting: deque[Taker] = deque()
        self._next = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False
        self.open = 0
        """Connections that there are, and that are being made."""

    def take(self, taker: Taker, fresh: bool = False) -> None:
        """Give somebody a connection, now or later; ``fresh`` when none that was used will do."""
        while self._idle and not fresh:
            link = self._idle.pop()
            if not link.transport.is_closing():
                link.expect(taker)
                taker.connected(link)
                return
        if self.open >= self._most and not fresh:
            self._waiting.append(taker)
            return
        self.open += 1
        task = asyncio.get_running_loop().create_task(self._connected(taker))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def leave(self, taker: object) -> None:
        """Forget somebody who waited."""
        kept = [one for one in self._waiting if one is not taker]
        if len(kept) < len(self._waiting):
            self._waiting = deque(kept)

    def give_back(self, link: Upstream) -> None:
        """Keep a connection for whoever comes next."""
        if link.held:
            link.held = False
            link.transport.resume_reading()
        if self._closed:
            link.close()
        elif self._waiting:
            taker = self._waiting.popleft()
            link.expect(taker)
            taker.connected(link)
        else:
            link.idle_since = asyncio.get_running_loop().time()
            self._idle.append(link)

    def lost(self, link: Upstream) -> None:
        """Forget a connection that is gone."""
        if not link.counted:
            return
        self.open -= 1
        if link in self._idle:
            self._idle.remove(link)
        if self._waiting and not self._closed:
            self.take(self._waiting.popleft())

    def sweep(self, now: float) -> None:
        """Close what nobody needed for long."""
        while self._idle and now - self._idle[0].idle_since > self._keep:
            self._idle.popleft().transport.close()

    def close(self) -> None:
        """Take no more back; connections in use end with their answers."""
        self._closed = True
        while self._idle:
            self._idle.pop().transport.close()

    async def _connected(self, taker: Taker) -> None:
        loop = asyncio.get_running_loop()
        places = self.reach.places
        for _ in places:
            place = places[self._next % len(places)]
            self._next += 1
            try:
                async with asyncio.timeout(self.reach.patience):
                    link = await self._dial(loop, place)
            except (OSError, TimeoutError):
                continue
            if link.transport.is_closing():
                continue
            link.counted = True
            link.expect(taker)
            taker.connected(link)
            return
        self.open -= 1
        taker.upstream_failed("connect")

    async def _dial(self, loop: Any, place: tuple[str, int] | str) -> Upstream:
        told: dict[str, Any] = {}
        if self.reach.secure is not None:
            told["ssl"] = self.reach.secure
            if self.reach.name or isinstance(place, str):
                told["server_hostname"] = self.reach.name or "localhost"
        if isinstance(place, str):
            _, made = await loop.create_unix_connection(lambda: Upstream(self), place, **told)
        else:
            _, made = await loop.create_connection(lambda: Upstream(self), *place, **told)
        link: Upstream = made
        return link
