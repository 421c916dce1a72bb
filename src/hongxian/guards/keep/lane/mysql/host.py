"""What all sessions of a lane before MySQL or MariaDB share: one snapshot of the whole server."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from hongxian.guards.keep.lane.any_host import AnyHost
from hongxian.guards.keep.lane.mysql.control import ServerControl
from hongxian.guards.keep.lane.mysql.link import ServerLink, Upstream
from hongxian.guards.keep.lane.mysql.place import ServerPlace
from hongxian.guards.keep.lane.mysql.reading import NOWHERE

if TYPE_CHECKING:
    import ssl

    from hongxian.guards.keep.lane.any_host import AnyControl
    from hongxian.guards.keep.lane.judged import State


class ServerHost(AnyHost):
    """Holds sessions (a :class:`~.link.Host`); all databases of the server are one place."""

    def link(self) -> ServerLink:
        """Return the end of a new client."""
        return ServerLink(self)

    async def place(self, database: str) -> ServerPlace:
        """Return the server, whatever database is asked for.

        Raises:
            HongxianError: its catalog cannot be read.
        """
        del database
        return await self.server()

    async def server(self) -> ServerPlace:
        """Return the server as the lane knows it.

        Raises:
            HongxianError: its catalog cannot be read.
        """
        found = await super().place(NOWHERE)
        assert isinstance(found, ServerPlace)  # noqa: S101 - made below
        return found

    def known_as(self, database: str, base: State, control: AnyControl) -> ServerPlace:
        """Return the server, of which there is a snapshot."""
        return ServerPlace(database, base, control.read)

    def control(self, database: str) -> AnyControl:
        """Return the guard's own connection."""
        del database
        if NOWHERE not in self._controls:
            self._controls[NOWHERE] = ServerControl(self.settings.reach())
        return self._controls[NOWHERE]

    def behind(self) -> ssl.SSLContext | None:
        """Return how the server is spoken to by TLS, if it is."""
        return self._back

    async def reached(self, link: ServerLink) -> Upstream:
        """Connect to the server.

        Raises:
            OSError: it does not answer.
        """
        loop, server = asyncio.get_running_loop(), self.settings.server
        async with asyncio.timeout(self.settings.start_time):
            if isinstance(server, str):
                _, made = await loop.create_unix_connection(lambda: Upstream(link), server)
            else:
                _, made = await loop.create_connection(lambda: Upstream(link), *server)
        return made
