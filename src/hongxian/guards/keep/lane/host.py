"""What all sessions of a lane share: databases, keys to cancel, evidence, the office."""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING, Any

from hongxian.errors import HongxianError
from hongxian.guards.keep.evidence.copies import copy_head
from hongxian.guards.keep.evidence.stamps import stamp_note, stamps_beside
from hongxian.guards.keep.lane import frames
from hongxian.guards.keep.lane.control import Control
from hongxian.guards.keep.lane.judged import WORDS
from hongxian.guards.keep.lane.link import Link, Upstream
from hongxian.guards.keep.lane.metrics import Metrics
from hongxian.guards.keep.lane.place import Place
from hongxian.guards.keep.lane.quarantine.hands import Hands
from hongxian.guards.keep.lane.quarantine.keeper import Keeper
from hongxian.guards.keep.lane.warden import Warden
from hongxian.guards.keep.outward import OutwardError
from hongxian.guards.keep.tickets.office import Office
from hongxian.words import say
from hongxian.words.mask import warn
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from hongxian.guards.keep.evidence.log import EvidenceLog
    from hongxian.guards.keep.lane.quarantine.acts import ActStore
    from hongxian.guards.keep.lane.settings import LaneSettings
    from hongxian.guards.keep.tickets.people import People
    from hongxian.guards.keep.tickets.store import TicketStore

SOON = 0.02
"""Seconds after which a statement that was sent is surely begun."""
TICK = 1.0
"""Seconds between two looks at the clock and at what is due."""


class LaneHost:
    """Holds sessions (a :class:`~.link.Host`).

    Args:
        settings: what the file says.
        people: who may sign.
        store: where tickets are kept.
        log: evidence.
        lang: language of what clients are told.
        acts: what was run in quarantine.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - all that sessions share
        self, settings: LaneSettings, people: People, store: TicketStore, log: EvidenceLog,
        lang: str, acts: ActStore,
    ) -> None:  # fmt: skip
        """Make everything ready."""
        self.settings, self.secure = settings, settings.front_tls()
        self._back = settings.back_tls()
        self.metrics, self.log, self._stamped = Metrics(), log, True
        self.links: set[Link] = set()
        self.draining = False
        self._places: dict[str, asyncio.Task[Place]] = {}
        self._controls: dict[str, Control] = {}
        self._keys: dict[bytes, tuple[bytes, Link]] = {}
        self._own: dict[Link, bytes] = {}
        self.warden = Warden(log, settings.lang or lang, self.count, self)
        self.office = self.warden.office = Office(people, store, log, self.warden.assess)
        self.keeper = self.warden.keeper = Keeper(
            settings.quarantine, acts, Hands(settings.reach()), log, self.count, self
        )

    def adopt(self, settings: LaneSettings, people: People) -> None:
        """Go by other settings and people; sessions go on."""
        self.settings, self._back = settings, settings.back_tls()
        self.office.people, self.keeper.settings = people, settings.quarantine
        if settings.lang:
            self.warden.lang = settings.lang
        if self.secure is not None:
            settings.certify(self.secure)

    def count(self, name: str) -> None:
        """Count an event."""
        self.metrics.add(name)

    # sessions

    def joined(self, link: Link) -> bool:
        """Take a link in; ``False`` when there are too many, or evidence cannot be written."""
        if self.draining or self.warden.broken or len(self.links) >= self.settings.sessions:
            return False
        self.links.add(link)
        return True

    def left(self, link: Link) -> None:
        """Forget a link."""
        self.links.discard(link)
        if link.session is not None:
            for place, count in enumerate(link.session.counts):
                self.metrics.verdicts[place] += count
        own = self._own.pop(link, None)
        if own is not None:
            self._keys.pop(own, None)

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

    # databases

    async def place(self, database: str) -> Place:
        """Return a database; its catalog is read when it is first asked for.

        Raises:
            HongxianError: it cannot be read.
        """
        task = self._places.get(database)
        if task is None or (task.done() and (task.cancelled() or task.exception())):
            task = self._places[database] = asyncio.ensure_future(self._read(database))
            task.add_done_callback(lambda one: one.cancelled() or one.exception())
        return await asyncio.shield(task)

    async def _read(self, database: str) -> Place:
        control = self.control(database)
        try:
            return Place(database, await control.read(), control.read)
        except Exception as error:  # noqa: BLE001 - whatever it is, nobody gets in
            raise WordedError("keep_no_catalog", database, reason=type(error).__name__) from None

    def control(self, database: str) -> Control:
        """Return the guard's own connection to a database."""
        if database not in self._controls:
            self._controls[database] = Control(self.settings.reach(), database)
        return self._controls[database]

    def leave(self, database: str) -> None:
        """Hold no connection to a database; one is opened again when it is needed."""
        if database in self._controls:
            self._controls[database].close()

    def renew(self, database: str) -> None:
        """Read a catalog anew, if it is known."""
        for one in self._known():
            if one.name == database:
                one.want()

    def forget(self, database: str) -> None:
        """Let go of a database that is not there any more."""
        self.leave(database)
        self._places.pop(database, None)
        self._controls.pop(database, None)

    def _known(self) -> list[Place]:
        done = [one for one in self._places.values() if one.done() and not one.cancelled()]
        return [one.result() for one in done if one.exception() is None]

    # cancelling

    def key(self, link: Link, real: bytes) -> bytes:
        """Return the key that a client gets; as long as the server's, and good here alone."""
        own = secrets.token_bytes(len(real))
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

    # time

    async def run(self) -> None:
        """Look after clock, heads and catalogs until cancelled."""
        loop = asyncio.get_running_loop()
        head_due = loop.time()
        catalog_due = loop.time() + self.settings.catalog_every
        while True:
            await asyncio.sleep(TICK)
            try:
                if moved := self.log.clock.moved():
                    self.warden.note("clock_moved", {"seconds": moved})
                if loop.time() >= head_due:
                    head_due = loop.time() + self.settings.heads_every
                    await self.head()
            except HongxianError as error:
                self.warden.failed(error)
            self.keeper.tick()
            if loop.time() >= catalog_due:
                catalog_due = loop.time() + self.settings.catalog_every
                for one in self._known():
                    one.want()

    async def head(self) -> None:
        """Sign a head, and give it to all places."""
        note = await asyncio.to_thread(self.log.head)
        if note is None:
            return
        for place, why in await asyncio.to_thread(copy_head, note, self.settings.heads):
            self.count("heads_refused")
            self.warden.note("head_not_copied", {"place": place, "why": why})
        if self.settings.stamps:
            await self._stamp(note, self.settings.stamps)

    async def _stamp(self, note: str, address: str) -> None:
        """Let an authority stamp a head; that it does not is told once, and the next head tries."""
        try:
            await asyncio.to_thread(stamp_note, note, address, stamps_beside(self.log.path))
        except (OutwardError, OSError) as error:
            self.count("stamps_refused")
            if self._stamped:
                self._stamped = False
                told = {"place": address, "why": str(error)}
                self.warden.note("head_not_stamped", told)
                warn(say("keep_lane.not_stamped", self.warden.lang, **told))
        else:
            self._stamped = True

    # the end

    def drain(self) -> None:
        """Take nobody in, and end who has nothing open."""
        self.draining = True
        for one in list(self.links):
            if one.session is None or one.session.tracking.idle:
                one.end("admin", "drain")

    def stop(self) -> None:
        """End everybody."""
        for one in list(self.links):
            one.end("admin", "drain")

    async def close(self) -> None:
        """Let go of the databases."""
        await self.keeper.close()
        for place in self._known():
            await place.close()
        for control in self._controls.values():
            control.close()

    def told(self) -> dict[str, Any]:
        """Return what a health check says."""
        failed = {one.name: one.failed for one in self._known() if one.failed}
        return {
            "ok": not self.warden.broken and not failed, "draining": self.draining,
            "sessions": len(self.links), "evidence": "broken" if self.warden.broken else "ok",
            "catalogs": failed, "entries": self.log.size,
        }  # fmt: skip

    def counted(self) -> str:
        """Return all counts as Prometheus reads them."""
        sums = [0, 0, 0, 0]
        for one in self.links:
            for place, count in enumerate(one.session.counts if one.session else ()):
                sums[place] += count
        return self.metrics.text(WORDS, len(self.links), sums)


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
