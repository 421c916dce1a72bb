"""Stands between sessions and the office: evidence of what is decided, tickets, estimates."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from hongxian.guards.keep.lane.judged import DESTRUCTIVE, WORDS
from hongxian.guards.keep.lane.refusals import Refusal, as_server
from hongxian.guards.keep.shown import shown, text_hash
from hongxian.guards.keep.tickets.errors import TicketError
from hongxian.guards.keep.tickets.ticket import UNKNOWN_ROWS
from hongxian.words import say
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from hongxian.guards.keep.evidence.log import EvidenceLog
    from hongxian.guards.keep.lane.judged import JudgementLike
    from hongxian.guards.keep.lane.place import Place
    from hongxian.guards.keep.lane.quarantine.acts import Act
    from hongxian.guards.keep.lane.quarantine.keeper import Keeper
    from hongxian.guards.keep.statements.quarantine.plan import Plan
    from hongxian.guards.keep.statements.verdict import Reason
    from hongxian.guards.keep.tickets.office import Office
    from hongxian.guards.keep.tickets.ticket import Ticket

_LOSING = ("delete", "update", "truncate", "drop")
"""Actions by which rows are lost."""


class StartLike(Protocol):
    """Who asked for a session."""

    @property
    def role(self) -> str:
        """Whom the server knows."""

    @property
    def database(self) -> str:
        """Where it is."""


class AnySession(Protocol):
    """A session of any kind of server."""

    number: str
    counts: list[int]
    refused: int

    @property
    def start(self) -> StartLike:
        """Who asked for it."""

    @property
    def place(self) -> Place:
        """The database as the lane knows it."""


class Estimator(Protocol):
    """Asks a database how many rows something is about."""

    async def planned(self, text: str, role: str, tables: Sequence[str]) -> float | None:
        """Return rows that a statement changes, as the planner says."""

    async def held(self, tables: Sequence[str]) -> int:
        """Return rows of tables together, or :data:`UNKNOWN_ROWS`."""


class Databases(Protocol):
    """Databases as the lane knows them."""

    async def place(self, database: str) -> Place:
        """Return a database.

        Raises:
            HongxianError: its catalog cannot be read.
        """

    def control(self, database: str) -> Estimator:
        """Return who asks its planner."""

    def leave(self, database: str) -> None:
        """Hold no connection to a database."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """What an office is told of a text (:class:`~..tickets.ticket.Assessment`)."""

    verdict: str
    reasons: tuple[str, ...]
    objects: tuple[str, ...]
    fingerprint: str
    rows: int


class Warden:
    """Notes decisions and hands tickets out.

    Args:
        log: evidence.
        lang: language of what clients are told.
        count: counts an event.
        bases: the databases.
    """

    def __init__(
        self, log: EvidenceLog, lang: str, count: Callable[[str], object], bases: Databases
    ) -> None:
        """Begin without an office; :attr:`office` is set by the host."""
        self.log, self.lang, self._count, self._bases = log, lang, count, bases
        self.office: Office
        self.keeper: Keeper | None = None
        self._syncing: asyncio.Task[None] | None = None
        self.broken = False

    def opened(self, session: AnySession, told: Mapping[str, Any]) -> None:
        """Note a session that begins."""
        self.note("session_opened", {**_who(session), **told})

    def closed(self, session: AnySession) -> None:
        """Note a session that ends, and how many of its texts had which verdict."""
        counts = dict(zip(WORDS, session.counts, strict=True))
        self.note("session_closed", {**_who(session), **counts, "refused": session.refused})

    def noted(self, session: AnySession, text: str, refusal: Refusal) -> None:
        """Note a text that was refused without a judge."""
        self._count("refused")
        self.note("refused", {**_who(session), **_text(text), "reasons": [refusal.kind]})

    async def refused(
        self, session: AnySession, text: str, found: JudgementLike, more: Sequence[Reason] = ()
    ) -> Refusal:
        """Note a text that was refused, and return what is told; ``more``: no quarantine for it."""
        self._count("refused")
        body = {**_who(session), **_text(text), **_judged(found)}
        await self._record("refused", body)
        kind = "destructive" if found.verdict == DESTRUCTIVE else "unknown"
        number = self.office.remember(text, _place(session))
        word = "hint_ticket" if found.verdict == DESTRUCTIVE else "hint_break_glass"
        why = "; ".join([self._why(found), *(one.say(self.lang) for one in more)])
        hint = say(f"keep_lane.{word}", self.lang, number=number)
        return Refusal(kind, why, hint, as_server({one.code for one in found.reasons}))

    async def changed(self, session: AnySession, text: str, found: JudgementLike) -> None:
        """Note a text that changes what can be set back, before it is sent."""
        await self._record("changed", {**_who(session), **_text(text), **_judged(found)})

    def waiting(self, session: AnySession, text: str) -> bool:
        """Return whether there is a ticket for a text, good or not."""
        return self.office.waiting(text.encode(), _place(session))

    async def claimed(self, session: AnySession, text: str, found: JudgementLike) -> Ticket:
        """Use the ticket of a text.

        Raises:
            TicketError: there is none that is good.
        """
        rows = await self._rows(session.place.name, text, session.start.role, found)
        ticket = await self.office.claim(text.encode(), _place(session), rows)
        self._count("tickets_used")
        return ticket

    def without(self, session: AnySession, text: str, error: TicketError) -> Refusal:
        """Return what is told when a ticket is not good."""
        self._count("refused")
        number = self.office.remember(text, _place(session))
        hint = say("keep_lane.hint_ticket", self.lang, number=number)
        return Refusal("ticket", error.say(self.lang), hint)

    async def carried(
        self, session: AnySession, made: Plan, text: str, found: JudgementLike
    ) -> Act | None:
        """Note a text that is about to run in quarantine."""
        who = {**_who(session), **_judged(found)}
        del who["objects"]
        act = None
        if self.keeper is not None:
            act = await self.keeper.begun(made, text, _place(session), _tables(found), who)
        if act is None:
            await self.changed(session, text, found)
        return act

    def stuck(self, session: AnySession, text: str, why: str) -> Refusal:
        """Return what is told when what keeps the data of a text did not run."""
        self._count("refused")
        number = self.office.remember(text, _place(session))
        return Refusal("quarantine", why, say("keep_lane.hint_ticket", self.lang, number=number))

    def leave(self, found: JudgementLike) -> None:
        """Leave the databases that a text drops."""
        for one in found.touched:
            if (one.kind, one.action) == ("database", "drop"):
                self._bases.leave(one.name)

    def done(self, session: AnySession, ticket: Ticket, results: Sequence[str]) -> None:
        """Note what came of a ticket's statement."""
        body = {**_who(session), "ticket": ticket.id, "results": list(results)[:100]}
        self.note("ticket_done", body)

    async def estimated(
        self, session: AnySession, text: str, found: JudgementLike, own: Sequence[str]
    ) -> JudgementLike:
        """Judge a text again with the planner's rows; that of no use, return what was found."""
        tables = _tables(found)
        bare = [one.rpartition(".")[2] for one in tables]
        if len(set(bare)) != len(bare) or own:
            return found  # another path could mean another table
        asked: list[str] = []
        session.place.judge(text, own, asked.append)
        rows: dict[str, float | None] = {}
        for one in dict.fromkeys(asked):
            rows[one] = await self._bases.control(session.place.name).planned(
                one, session.start.role, tables
            )
        return session.place.judge(text, own, rows.get)

    async def assess(self, text: str, database: str, role: str) -> Assessed:
        """Judge a text for the office.

        Raises:
            TicketError: its tables are not named with their schemas.
        """
        place = await self._bases.place(database)
        found = place.judge(text)
        tables = _tables(found)
        plain = [one for one in tables if not _named_whole(one, text)]
        if found.verdict == DESTRUCTIVE and plain:
            raise TicketError("unqualified", names=", ".join(plain[:5]))
        rows = await self._rows(database, text, role, found)
        return Assessed(
            WORDS[found.verdict], tuple(one.code for one in found.reasons), tuple(tables),
            found.fingerprint, rows,
        )  # fmt: skip

    async def _rows(self, database: str, text: str, role: str, found: JudgementLike) -> int:
        """Return how many rows a text would lose, or :data:`UNKNOWN_ROWS`."""
        estimator, tables = self._bases.control(database), _tables(found)
        if not tables:
            return UNKNOWN_ROWS if found.verdict > DESTRUCTIVE else 0
        if {one.action for one in found.touched if one.action in _LOSING} <= {"delete", "update"}:
            rows = await estimator.planned(text, role, tables)
            if rows is not None:
                return round(rows)
        return await estimator.held(tables)

    def _why(self, found: JudgementLike) -> str:
        return "; ".join(one.say(self.lang) for one in found.reasons[:5])

    def failed(self, error: Exception) -> None:
        """Note that something of ours went wrong."""
        self._count("failures")
        if isinstance(error, WordedError):
            self.broken = True

    def note(self, kind: str, body: Mapping[str, Any]) -> None:
        """Add to evidence; the disk has it a moment later."""
        try:
            self.log.append(kind, body)
        except WordedError as error:
            self.failed(error)
            return
        if self._syncing is None or self._syncing.done():
            self._syncing = asyncio.ensure_future(self._sync())

    async def _sync(self) -> None:
        try:
            await asyncio.to_thread(self.log.sync)
        except WordedError as error:
            self.failed(error)

    async def _record(self, kind: str, body: Mapping[str, Any]) -> None:
        """Add to evidence, and wait until the disk has it."""
        self.log.append(kind, body)
        await asyncio.to_thread(self.log.sync)


def _place(session: AnySession) -> tuple[str, str]:
    return session.start.database, session.start.role


def _who(session: AnySession) -> dict[str, Any]:
    return {"session": session.number, "database": session.start.database,
            "role": session.start.role}  # fmt: skip


def _text(text: str) -> dict[str, Any]:
    return {"says": shown(text), "text_hash": text_hash(text.encode())}


def _judged(found: JudgementLike) -> dict[str, Any]:
    return {
        "verdict": WORDS[found.verdict], "reasons": [one.code for one in found.reasons][:20],
        "fingerprint": found.fingerprint, "objects": _tables(found)[:50],
    }  # fmt: skip


def _tables(found: JudgementLike) -> list[str]:
    """Return what a text changes or drops, as ``schema.table``."""
    return sorted({
        one.name for one in found.touched
        if one.action in (*_LOSING, "alter") and one.kind in ("table", "view", "schema", "database")
    })  # fmt: skip


def _named_whole(name: str, text: str) -> bool:
    """Return whether a text names a table with its schema wherever it names it."""
    schema, _, own = name.lower().rpartition(".")
    plain = text.replace('"', "").replace("`", "").lower()
    alone = rf"(?<![\w.$]){re.escape(own)}(?![\w.$])"
    return not schema or re.search(alone, plain) is None
