"""Keeps what was run in quarantine: makes plans, learns what held, undoes it, and ends it when due.

Whether an act held is what the server says: its schema is there, or it is not. So neither a lost
connection nor a crash of the guard leaves anything that nobody knows of.
"""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from hongxian.errors import HongxianError
from hongxian.guards.keep.evidence.entry import seconds_of, stamp
from hongxian.guards.keep.evidence.verify import entries_of
from hongxian.guards.keep.shown import shown, text_hash
from hongxian.guards.keep.statements.quarantine.plan import plan
from hongxian.guards.keep.tickets.errors import TicketError

from .acts import ENDED, KEPT, NOTHING, SENT, UNDONE, Act

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from hongxian.guards.keep.evidence.log import EvidenceLog
    from hongxian.guards.keep.statements.catalog import Catalog
    from hongxian.guards.keep.statements.quarantine.plan import Plan
    from hongxian.guards.keep.statements.verdict import Judgement
    from hongxian.guards.keep.tickets.people import Person

    from .acts import ActStore
    from .hands import Hands
    from .settings import QuarantineSettings

DAY = 86_400.0
LOST = 600.0
"""Seconds after which what a lost session sent, and is not there, is taken for rolled back."""
AGAIN = 60.0
"""Seconds until what could not be ended, or not be asked, is tried again."""


class Bases(Protocol):
    """Databases as the lane knows them."""

    def renew(self, database: str) -> None:
        """Read a catalog anew, if it is known."""

    def forget(self, database: str) -> None:
        """Let go of a database that is not there any more."""


class Keeper:
    """Keeps acts.

    Args:
        settings: how long, and where.
        store: where acts are kept.
        hands: acts in databases.
        log: evidence, and the time.
        count: counts an event.
        bases: the databases as the lane knows them.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what it stands between
        self, settings: QuarantineSettings, store: ActStore, hands: Hands, log: EvidenceLog,
        count: Callable[[str], object], bases: Bases,
    ) -> None:  # fmt: skip
        """Learn from evidence which plans were made."""
        self.settings, self.store, self._hands, self._log = settings, store, hands, log
        self._count, self._bases = count, bases
        self._plans = {str(one.body["act"]): str(one.body["plan"])
                       for one in entries_of(log.path, "quarantine_sent")}  # fmt: skip
        self._open: set[str] = set()
        """Acts of sessions whose transaction may still be open."""
        self._later: dict[str, float] = {}
        self._undoing = asyncio.Lock()
        self._working: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def on(self) -> bool:
        """Whether what loses data runs in quarantine."""
        return self.settings.mode == "quarantine"

    def planned(self, judgement: Judgement, catalog: Catalog) -> Plan:
        """Return how a judged text would run in quarantine, under a name that nothing else has."""
        return plan(judgement, catalog, secrets.token_hex(8), self.settings.schema)

    async def begun(
        self, made: Plan, text: str, place: tuple[str, str], objects: Sequence[str],
        who: Mapping[str, Any],
    ) -> Act | None:  # fmt: skip
        """Note a plan that is about to be sent; ``None`` when nothing is kept that could come back.

        Args:
            made: the plan.
            text: as the client sent it.
            place: database and role.
            objects: what it takes from.
            who: tells the session, for evidence.
        """
        if not made.undo:
            return None
        now = self._log.clock.now()
        act = Act(
            id=made.schema[len(self.settings.schema) :], at=stamp(now),
            due=stamp(now + self.settings.keep_days * DAY), database=place[0], role=place[1],
            schema=made.schema, kept_database=made.database, says=shown(text),
            text_hash=text_hash(text.encode()), objects=tuple(objects)[:50], undo=made.undo,
            close=made.close,
        )  # fmt: skip
        self._open.add(act.id)
        body = {**who, "act": act.id, "plan": act.plan_hash, "says": act.says, "due": act.due,
                "text_hash": act.text_hash, "objects": list(act.objects)}  # fmt: skip
        await asyncio.to_thread(self._log.record, "quarantine_sent", body)
        await asyncio.to_thread(self.store.add, act)
        self._plans[act.id] = act.plan_hash
        self._count("quarantined")
        return act

    def settle(self, acts: Iterable[tuple[Act, Sequence[str]]], *, gone: bool) -> None:
        """Learn what became of acts whose session has nothing open, or is gone."""
        found = [replace(act, results=tuple(results)[:20]) for act, results in acts]
        self._open.difference_update(act.id for act in found)
        task = asyncio.ensure_future(self._settled(found, gone=gone))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _settled(self, acts: Sequence[Act], *, gone: bool) -> None:
        now = self._log.clock.now()
        for database in sorted({act.database for act in acts}):
            mine = [act for act in acts if act.database == database]
            try:
                there = await self._hands.there(mine)
            except TicketError:
                self._later |= {act.id: now + AGAIN for act in mine}
                continue
            for act in mine:
                lost = gone and act.id not in there and now - seconds_of(act.at) < LOST
                if lost:  # the server may not have come to its end yet
                    self._later[act.id] = now + 1.0
                else:
                    await self._known(act, held=act.id in there)

    async def _known(self, act: Act, *, held: bool) -> None:
        if not self.store.move(act.id, SENT, KEPT if held else NOTHING, act.results):
            return
        body = {"act": act.id, "database": act.database, "results": list(act.results)}
        await self._note("quarantined" if held else "quarantine_nothing", body)
        if held and act.kept_database:
            self._bases.forget(act.kept_database.removeprefix(f"{act.schema}_"))

    # undoing

    async def undo(self, who: Person, number: str, peer: str) -> Act:
        """Bring back what an act took.

        Raises:
            TicketError: it may not be, or cannot be.
        """
        if not {"undo", "approve"} & who.may:
            raise TicketError("may_not", right="undo")
        async with self._undoing:
            act = self.store.get(number)
            if act is None:
                raise TicketError("act_none", id=number[:32])
            if act.state != KEPT:
                raise TicketError("act_state", state=act.state)
            self._genuine(act)
            await self._hands.undo(act)
            self.store.move(number, KEPT, UNDONE)
        body = {"act": act.id, "person": who.id, "peer": peer, "database": act.database}
        await self._note("quarantine_undone", body)
        self._count("undone")
        self._bases.renew(act.database)
        return replace(act, state=UNDONE)

    def _genuine(self, act: Act) -> None:
        """Check that what would be run is what evidence knows.

        Raises:
            TicketError: it was altered.
        """
        if self._plans.get(act.id) != act.plan_hash:
            raise TicketError("altered")

    # time

    def tick(self) -> None:
        """Look after what is due; work of before goes on first."""
        if self._working is None or self._working.done():
            self._working = asyncio.ensure_future(self._work())

    async def _work(self) -> None:
        now = self._log.clock.now()
        acts = await asyncio.to_thread(self.store.of, SENT, KEPT)
        ready = [act for act in acts
                 if act.id not in self._open and self._later.get(act.id, 0.0) <= now]  # fmt: skip
        lost = [act for act in ready if act.state == SENT]
        if lost:
            await self._settled(lost, gone=True)
        for act in ready:
            if act.state == KEPT and seconds_of(act.due) <= now:
                await self._end(act)

    async def _end(self, act: Act) -> None:
        try:
            async with self._undoing:
                self._genuine(act)
                await self._hands.end(act)
                if not self.store.move(act.id, KEPT, ENDED):
                    return
        except TicketError as error:
            if act.id not in self._later:
                body = {"act": act.id, "reason": error.reason, "why": str(error.values)}
                await self._note("quarantine_end_failed", body)
                self._count("failures")
            self._later[act.id] = self._log.clock.now() + AGAIN
            return
        self._later.pop(act.id, None)
        await self._note("quarantine_ended", {"act": act.id, "database": act.database})
        self._count("quarantine_ended")

    async def _note(self, kind: str, body: Mapping[str, Any]) -> None:
        try:
            await asyncio.to_thread(self._log.record, kind, body)
        except HongxianError:
            self._count("failures")

    async def close(self) -> None:
        """Let work come to its end, and close the file."""
        work = [*self._tasks, *([self._working] if self._working else [])]
        if work:
            await asyncio.wait(work, timeout=AGAIN / 6)
        for one in work:
            one.cancel()
        self.store.close()
