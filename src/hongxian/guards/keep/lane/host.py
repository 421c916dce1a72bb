"""What all sessions of a lane before PostgreSQL share: keys to cancel, and quarantine."""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING

from hongxian.guards.keep.lane import frames
from hongxian.guards.keep.lane.any_host import AnyHost
from hongxian.guards.keep.lane.control import Control
from hongxian.guards.keep.lane.link import Link, Upstream
from hongxian.guards.keep.lane.place import Place
from hongxian.guards.keep.lane.quarantine.hands import Hands
from hongxian.guards.keep.lane.quarantine.keeper import Keeper

if TYPE_CHECKING:
    from hongxian.guards.keep.evidence.log import EvidenceLog
    from hongxian.guards.keep.lane.any_host import AnyControl, AnyLink
    from hongxian.guards.keep.lane.judged import State
    from hongxian.guards.keep.lane.quarantine.acts import ActStore
    from hongxian.guards.keep.lane.settings import LaneSettings
    from hongxian.guards.keep.tickets.people import People
    from hongxian.guards.keep.tickets.store import TicketStore

SOON = 0.02
"""Seconds after which a statement that was sent is surely begun."""


class LaneHost(AnyHost):
    """Holds sessions (a :class:`~.link.Host`).

    Args:
        settings: what the file says.
        people: who may sign.
        store: where tickets are kept.
        log: evidence.
        lang: language of what clients are told.
        acts: what was run in quarantine.
    """

    keeper: Keeper

    def __init__(  # noqa: PLR0913, PLR0917 - all that sessions share
        self, settings: LaneSettings, people: People, store: TicketStore, log: EvidenceLog,
        lang: str, acts: ActStore,
    ) -> None:  # fmt: skip
        """Make everything ready."""
        super().__init__(settings, people, store, log, lang)
        self._keys: dict[bytes, tuple[bytes, Link]] = {}
        self._own: dict[AnyLink, bytes] = {}
        self.keeper = self.warden.keeper = Keeper(
            settings.quarantine, acts, Hands(settings.reach()), log, self.count, self
        )

    def link(self) -> Link:
        """Return the end of a new client."""
        return Link(self)

    def adopt(self, settings: LaneSettings, people: People) -> None:
        """Go by other settings and people; sessions go on."""
        super().adopt(settings, people)
        self.keeper.settings = settings.quarantine

    def left(self, link: AnyLink) -> None:
        """Forget a link."""
        super().left(link)
        own = self._own.pop(link, None)
        if own is not None:
            self._keys.pop(own, None)

    def known_as(self, database: str, base: State, control: AnyControl) -> Place:
        """Return a database of which there is a snapshot."""
        return Place(database, base, control.read)

    def control(self, database: str) -> AnyControl:
        """Return the guard's own connection to a database."""
        if database not in self._controls:
            self._controls[database] = Control(self.settings.reach(), database)
        return self._controls[database]

    async def reach(self, make: type[Upstream], link: Link) -> Upstream:
        """Connect to the server.

        Raises:
            OSError: it does not answer.
            ProtocolError: it does not speak TLS.
        """
        loop = asyncio.get_running_loop()
        server = self.settings.server
        async with asyncio.timeout(self.settings.start_time):
            if isinstance(server, str):
                _, made = await loop.create_unix_connection(lambda: make(link), server)
                return made
            transport, made = await loop.create_connection(lambda: make(link), *server)
            if self._back is not None:
                try:
                    await made.secured(self._back, self.settings.server_name)
                except BaseException:
                    transport.abort()
                    raise
            return made

    # cancelling

    def key(self, link: Link, real: bytes) -> bytes:
        """Return the key that a client gets: the server's process, a secret good here alone."""
        own = real[:4] + secrets.token_bytes(len(real) - 4)
        self._keys[own], self._own[link] = (real, link), own
        return own

    async def cancel(self, key: bytes) -> None:
        """Hand a request to cancel on; one with a key that is none of ours is passed over."""
        if key not in self._keys:
            return
        real, link = self._keys[key]
        while link.session is not None and link.session.front.held:  # noqa: ASYNC110 - a moment
            await asyncio.sleep(SOON)  # what is decided on is not yet at the server
        await asyncio.sleep(SOON)
        one = _Canceller()
        try:
            upstream = await self.reach(Upstream, one)  # type: ignore[arg-type]
        except (OSError, frames.ProtocolError, TimeoutError):
            self.count("server_failures")
            return
        upstream.write(frames.first_packet(frames.CANCEL, real))
        await one.closed.wait()


class _Canceller:
    """Stands where a link would, for a connection that only cancels."""

    session = None

    def __init__(self) -> None:
        self.closed = asyncio.Event()
        self.transport = self

    def is_closing(self) -> bool:
        return False

    def close(self) -> None:
        """The server has taken the request: it closes when it has."""
        self.closed.set()
