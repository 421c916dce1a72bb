"""What all sessions of a lane share, whatever server is behind it: catalogs, evidence, office."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Protocol

from hongxian.errors import HongxianError
from hongxian.guards.keep.evidence.copies import copy_head
from hongxian.guards.keep.evidence.stamps import stamp_note, stamps_beside
from hongxian.guards.keep.lane.judged import WORDS
from hongxian.guards.keep.lane.metrics import Metrics
from hongxian.guards.keep.lane.warden import AnySession, Estimator, Warden
from hongxian.guards.keep.outward import OutwardError
from hongxian.guards.keep.tickets.office import Office
from hongxian.words import say
from hongxian.words.mask import warn
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from hongxian.guards.keep.evidence.log import EvidenceLog
    from hongxian.guards.keep.lane.judged import State
    from hongxian.guards.keep.lane.place import Place
    from hongxian.guards.keep.lane.quarantine.keeper import Keeper
    from hongxian.guards.keep.lane.settings import LaneSettings
    from hongxian.guards.keep.tickets.people import People
    from hongxian.guards.keep.tickets.store import TicketStore

TICK = 1.0
"""Seconds between two looks at the clock and at what is due."""


class AnyControl(Estimator, Protocol):
    """The guard's own connection to a database."""

    async def read(self) -> State:
        """Return a snapshot of the catalog."""

    def close(self) -> None:
        """Let go of the connection."""


class AnyLink(Protocol):
    """The client's end of a session."""

    @property
    def session(self) -> AnySession | None:
        """The session, once it has begun."""

    @property
    def idle(self) -> bool:
        """Whether it can be ended without harm."""

    def end(self, kind: str, word: str, *, about: str = "") -> None:
        """Tell the client why, and end both sides."""


class AnyHost(ABC):
    """Holds sessions; what hangs on the kind of server is in a class below it.

    Args:
        settings: what the file says.
        people: who may sign.
        store: where tickets are kept.
        log: evidence.
        lang: language of what clients are told.
    """

    keeper: Keeper | None = None
    """Keeps what runs in quarantine, where that can be."""

    def __init__(
        self, settings: LaneSettings, people: People, store: TicketStore, log: EvidenceLog,
        lang: str,
    ) -> None:  # fmt: skip
        """Make everything ready."""
        self.settings, self.secure = settings, settings.front_tls()
        self._back = settings.back_tls()
        self.metrics, self.log, self._stamped = Metrics(), log, True
        self.links: set[AnyLink] = set()
        self.draining = False
        self._places: dict[str, asyncio.Task[Place]] = {}
        self._controls: dict[str, AnyControl] = {}
        self.warden = Warden(log, settings.lang or lang, self.count, self)
        self.office = self.warden.office = Office(people, store, log, self.warden.assess)

    @abstractmethod
    def link(self) -> asyncio.Protocol:
        """Return the end of a new client."""

    def adopt(self, settings: LaneSettings, people: People) -> None:
        """Go by other settings and people; sessions go on."""
        self.settings, self._back = settings, settings.back_tls()
        self.office.people = people
        if settings.lang:
            self.warden.lang = settings.lang
        if self.secure is not None:
            settings.certify(self.secure)

    def count(self, name: str) -> None:
        """Count an event."""
        self.metrics.add(name)

    # sessions

    def joined(self, link: AnyLink) -> bool:
        """Take a link in; ``False`` when there are too many, or evidence cannot be written."""
        if self.draining or self.warden.broken or len(self.links) >= self.settings.sessions:
            return False
        self.links.add(link)
        return True

    def left(self, link: AnyLink) -> None:
        """Forget a link."""
        self.links.discard(link)
        if link.session is not None:
            for place, count in enumerate(link.session.counts):
                self.metrics.verdicts[place] += count

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
            return self.known_as(database, await control.read(), control)
        except Exception as error:  # noqa: BLE001 - whatever it is, nobody gets in
            raise WordedError("keep_no_catalog", database, reason=type(error).__name__) from None

    @abstractmethod
    def known_as(self, database: str, base: State, control: AnyControl) -> Place:
        """Return a database of which there is a snapshot."""

    @abstractmethod
    def control(self, database: str) -> AnyControl:
        """Return the guard's own connection to a database."""

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
            if self.keeper is not None:
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
            if one.idle:
                one.end("admin", "drain")

    def stop(self) -> None:
        """End everybody."""
        for one in list(self.links):
            one.end("admin", "drain")

    async def close(self) -> None:
        """Let go of the databases."""
        if self.keeper is not None:
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
