"""Runs a lane: opens evidence and sockets, adopts new settings when told, drains when it ends."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

from hongxian.errors import HongxianError
from hongxian.guards.keep.evidence.keys import load_key
from hongxian.guards.keep.evidence.log import EvidenceLog
from hongxian.guards.keep.lane.admin import Admin
from hongxian.guards.keep.lane.host import LaneHost
from hongxian.guards.keep.lane.quarantine.acts import ActStore
from hongxian.guards.keep.lane.settings import load_lane
from hongxian.guards.keep.tickets.people import load_people
from hongxian.guards.keep.tickets.store import TicketStore
from hongxian.guards.listening import bound
from hongxian.words import say
from hongxian.words.mask import warn
from hongxian.words.worded import WordedError, said

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from hongxian.guards.keep.lane.any_host import AnyHost
    from hongxian.guards.keep.lane.settings import LaneSettings
    from hongxian.guards.keep.tickets.people import People

PAUSE = 0.05
"""Seconds between two looks whether all sessions have ended."""
_FIXED = ("kind", "address", "admin", "admin_tls", "server", "log", "key", "tickets", "role")
"""Settings that only a new start can change."""


def _host(
    settings: LaneSettings, people: People, store: TicketStore, log: EvidenceLog, lang: str
) -> AnyHost:
    """Return what sessions share, by the kind of server.

    Raises:
        HongxianError: the driver of this kind is not installed.
    """
    if settings.kind == "postgresql":
        acts = ActStore(settings.quarantine.file)
        return LaneHost(settings, people, store, log, lang, acts)
    try:
        from hongxian.guards.keep.lane.mysql.host import ServerHost  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        raise WordedError("no_driver", settings.path, package="hongxian[mysql]") from None
    return ServerHost(settings, people, store, log, lang)


class Lane:
    """A lane that runs.

    Args:
        settings: what the file says.
        lang: language of what is told on stderr, and to clients unless the file says another.
    """

    def __init__(self, settings: LaneSettings, lang: str) -> None:
        """Open evidence and tickets.

        Raises:
            HongxianError: something cannot be opened, or evidence was altered.
        """
        self.settings, self._lang = settings, lang
        people = load_people(settings.people)
        self._log = EvidenceLog(settings.log, load_key(settings.key))
        try:
            self._store = TicketStore(settings.tickets)
            self.host = _host(settings, people, self._store, self._log, lang)
        except BaseException:
            self._log.close()
            raise
        self.ended = asyncio.Event()

    async def run(
        self, own: socket.socket, admin: socket.socket | None, ready: Callable[[], object]
    ) -> None:
        """Serve until told to end; ``ready`` is called once clients are taken."""
        loop, host = asyncio.get_running_loop(), self.host
        self._log.record("started", {"address": f"{own.getsockname()[0]}:{own.getsockname()[1]}"})
        servers = [await loop.create_server(host.link, sock=own, backlog=1_024)]
        if admin is not None:
            secure = host.secure if self.settings.admin_tls else None
            servers.append(await loop.create_server(lambda: Admin(host), sock=admin, ssl=secure))
        for number, do in ((signal.SIGHUP, self.reload), (signal.SIGTERM, self.ended.set),
                           (signal.SIGINT, self.ended.set)):  # fmt: skip
            with suppress(ValueError, RuntimeError):  # not in the main thread
                loop.add_signal_handler(number, do)
        ticking = asyncio.ensure_future(host.run())
        ready()
        await self.ended.wait()
        servers[0].close()
        await self._drained()
        for one in servers:
            one.close()
        ticking.cancel()
        await self._close()

    async def _drained(self) -> None:
        """Give open transactions their time."""
        loop = asyncio.get_running_loop()
        end = loop.time() + self.settings.drain
        self.host.drain()
        while self.host.links and loop.time() < end:
            await asyncio.sleep(PAUSE)
            self.host.drain()
        self.host.stop()
        await asyncio.sleep(PAUSE)

    async def _close(self) -> None:
        await self.host.close()
        with suppress(HongxianError):
            self._log.record("ended", {})
            await self.host.head()
        self._store.close()
        with suppress(HongxianError):
            self._log.close()

    def reload(self) -> None:
        """Adopt file, people and certificates; faulty ones change nothing."""
        try:
            settings = load_lane(self.settings.path)
            for name in _FIXED:
                if getattr(settings, name) != getattr(self.settings, name):
                    raise WordedError("gate_restart", settings.path, key=name)
            old, new = self.settings.quarantine, settings.quarantine
            if (old.file, old.schema) != (new.file, new.schema):
                raise WordedError("gate_restart", settings.path, key="quarantine")
            if (settings.tls is None) != (self.settings.tls is None):
                raise WordedError("gate_restart", settings.path, key="tls")
            self.host.adopt(settings, load_people(settings.people))
        except HongxianError as error:
            self.host.count("reloads_refused")
            warn(say("keep_lane.kept", self._lang, line=said(error, self._lang)))
            return
        self.settings = settings
        self.host.count("reloads")
        self.host.warden.note("reloaded", {"people": sorted(self.host.office.people.people)})


def run(settings: LaneSettings, lang: str) -> None:
    """Run a lane until it is told to end.

    Raises:
        HongxianError: an address cannot be listened on, or evidence not be written.
    """
    import uvloop  # noqa: PLC0415 - heavy

    own = bound(settings.address)
    admin = bound(settings.admin) if settings.admin else None

    def ready() -> None:
        for word, one in (("listening", own), ("admin", admin)):
            if one is not None:
                host, port, *_ = one.getsockname()
                warn(say(f"keep_lane.{word}", lang, address=f"{host}:{port}"))

    async def main() -> None:
        await Lane(settings, lang).run(own, admin, ready)

    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(main())
    finally:
        for one in (own, admin):
            if one is not None:
                one.close()
