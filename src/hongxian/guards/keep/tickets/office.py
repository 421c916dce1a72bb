"""The office: takes proposals and signatures, and hands a ticket out once.

What is kept is never believed: when a ticket is handed out, its signatures are checked again by the
keys that are registered then, and evidence says whether it was used before. So whoever can write
the file of tickets still cannot make, change or renew one.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
from typing import TYPE_CHECKING, Any

from hongxian.guards.keep.evidence.entry import seconds_of, stamp
from hongxian.guards.keep.evidence.keys import key_id, signed
from hongxian.guards.keep.evidence.verify import entries_of
from hongxian.guards.keep.shown import shown, text_hash
from hongxian.guards.keep.tickets.alarms import raise_alarm
from hongxian.guards.keep.tickets.errors import TicketError
from hongxian.guards.keep.tickets.ticket import (
    UNKNOWN_ROWS,
    Approval,
    Kept,
    Ticket,
    new_id,
    read_ticket,
    signable,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from hongxian.guards.keep.evidence.log import EvidenceLog
    from hongxian.guards.keep.tickets.people import People, Person
    from hongxian.guards.keep.tickets.store import TicketStore
    from hongxian.guards.keep.tickets.ticket import Assessment

    Assess = Callable[[str, str, str], Awaitable[Assessment]]

LONGEST = 1 << 20
"""Characters of a statement that a ticket can be for."""
FEW = 10
"""Rows that a planner's estimate may be off by in any case."""
MOST_REFUSED = 1_000
"""Refused texts that are remembered, so that a proposal need not repeat them."""
_OPEN = ("proposed", "approved")


class Office:
    """Gives tickets out.

    Args:
        people: who may do what.
        store: where tickets are kept.
        log: evidence.
        assess: judges a text in a database, for a role.
    """

    def __init__(
        self, people: People, store: TicketStore, log: EvidenceLog, assess: Assess
    ) -> None:
        """Learn from evidence which tickets were used."""
        self.people, self.store, self.log = people, store, log
        self._assess = assess
        self._refused: dict[str, dict[str, str]] = {}
        self._used = {str(one.body["ticket"]) for one in entries_of(log.path, "ticket_used")}

    @property
    def now(self) -> float:
        """The time, in seconds since 1970; it never goes back."""
        return self.log.clock.now()

    async def propose(self, who: Person, told: Mapping[str, Any], peer: str = "") -> Kept:
        """Take a proposal.

        Args:
            who: the person who signed it.
            told: ``text``, ``database``, ``role``, ``why``, ``device``, ``session``; ``lifetime``
                in seconds and ``break_glass`` if wanted.
            peer: address that it came from.

        Raises:
            TicketError: it is not taken.
        """
        if "propose" not in who.may:
            raise TicketError("may_not", right="propose")
        told = self._recalled(told)
        text, names = _text(told), _names(told)
        urgent = told.get("break_glass") is True
        found = await self._assess(text, names["database"], names["role"])
        if found.verdict in ("safe", "reversible"):
            raise TicketError("needless")
        if found.verdict == "unknown" and not urgent:
            raise TicketError("unknown")
        now = self.now
        ticket = Ticket(
            id=new_id(), kind="break_glass" if urgent else "statement", text_hash=text_hash(
            text.encode()), fingerprint=found.fingerprint, verdict=found.verdict,
            objects=tuple(found.objects), rows=found.rows, proposer=who.id, proposed_at=stamp(now),
            expires_at=stamp(now + self._lifetime(told, urgent=urgent)), **names,
        )  # fmt: skip
        self.store.add(ticket, text)
        body = {"says": shown(text), "peer": peer, **_told(ticket)}
        await self.note("ticket_proposed", body)
        if urgent:
            await self._alarm("break_glass_proposed", ticket)
        return self.store.get(ticket.id)

    def _lifetime(self, told: Mapping[str, Any], *, urgent: bool) -> float:
        most = self.people.broken_longest if urgent else self.people.longest
        asked = told.get("lifetime", min(self.people.lifetime, most))
        if type(asked) not in (int, float) or not 0 < asked <= most:
            raise TicketError("lifetime", most=int(most))
        return float(asked)

    def remember(self, text: str, place: tuple[str, str]) -> str:
        """Remember a refused text of a database and role; return what a proposal names it by."""
        row = {"text": text, "database": place[0], "role": place[1]}
        number = hashlib.sha256("\0".join(row.values()).encode()).hexdigest()[:12]
        if len(self._refused) >= MOST_REFUSED:
            del self._refused[next(iter(self._refused))]
        self._refused[number] = row
        return number

    def _recalled(self, told: Mapping[str, Any]) -> Mapping[str, Any]:
        if "refused" not in told:
            return told
        found = self._refused.get(str(told["refused"]))
        if found is None:
            raise TicketError("none", id=str(told["refused"])[:32])
        return {**told, **found}

    async def approve(self, who: Person, told: Mapping[str, Any], peer: str = "") -> Kept:
        """Take a signature.

        Args:
            who: the person who signed the request, and the ticket.
            told: ``ticket``, its spelling; ``signature``, ``device`` and ``session``.
            peer: address that it came from.

        Raises:
            TicketError: it is not taken.
        """
        ticket = read_ticket(_word(told, "ticket", LONGEST))
        kept = self.store.get(ticket.id)
        if kept.ticket != ticket or text_hash(kept.text.encode()) != ticket.text_hash:
            raise TicketError("altered")
        self._still(kept, "proposed")
        approval = Approval(
            person=who.id, signature=_word(told, "signature"), device=_word(told, "device"),
            session=_word(told, "session"), at=stamp(self.now),
        )  # fmt: skip
        self._apart(ticket, kept.approvals, approval)
        self.store.approve(ticket.id, approval)
        body = {"ticket": ticket.id, "person": who.id, "key": key_id(who.key), "peer": peer,
                "signature": approval.signature, "device": approval.device,
                "session": approval.session}  # fmt: skip
        await self.note("ticket_approved", body)
        kept = self.store.get(ticket.id)
        if self.missing(kept) == 0 and self.store.move(ticket.id, ("proposed",), "approved"):
            await self.note("ticket_ready", {"ticket": ticket.id})
            if ticket.kind == "break_glass":
                await self._alarm("break_glass_approved", ticket)
        return self.store.get(ticket.id)

    async def withdraw(self, who: Person, number: str) -> Kept:
        """Withdraw a ticket: its proposer, or whoever may approve.

        Raises:
            TicketError: it is neither, or the ticket is not open.
        """
        kept = self.store.get(number)
        if who.id != kept.ticket.proposer and "approve" not in who.may:
            raise TicketError("not_yours")
        if not self.store.move(number, _OPEN, "withdrawn"):
            raise TicketError("state", state=kept.state)
        await self.note("ticket_withdrawn", {"ticket": number, "person": who.id})
        return self.store.get(number)

    async def claim(self, text: bytes, place: tuple[str, str], rows: int) -> Ticket:
        """Hand out the ticket for a text; it is used from then on.

        Args:
            text: exactly what will be sent.
            place: database and role.
            rows: rows that would be lost now.

        Raises:
            TicketError: there is none that is good.
        """
        wanted = text_hash(text)
        best = TicketError("none", id="")
        for number in self.store.of(wanted, *place):
            try:
                ticket = self._taken(number, wanted, place, rows)
            except TicketError as error:
                best = error if best.reason == "none" else best
                refused = {"ticket": number, "reason": error.reason, "rows": rows}
                await self.note("ticket_refused", refused)  # and so evidence knows the time
                continue
            body = {"ticket": number, "database": place[0], "role": place[1], "rows": rows,
                    "text_hash": wanted}  # fmt: skip
            await self.note("ticket_used", body)
            if ticket.kind == "break_glass":
                await self._alarm("break_glass_used", ticket)
            return ticket
        raise best

    def _taken(self, number: str, wanted: str, place: tuple[str, str], rows: int) -> Ticket:
        """Mark a ticket as used and return it.

        Raises:
            TicketError: it is not good.
        """
        kept = self.store.get(number)
        self._good(kept, wanted, place, rows)
        if not self.store.move(number, ("approved",), "used"):
            raise TicketError("used")
        self._used.add(number)
        return kept.ticket

    async def done(self, ticket: Ticket, result: Mapping[str, Any]) -> None:
        """Note what came of the statement of a ticket."""
        await self.note("ticket_done", {"ticket": ticket.id, **result})

    def waiting(self, text: bytes, place: tuple[str, str]) -> bool:
        """Return whether a text has any ticket at all, good or not."""
        return bool(self.store.of(text_hash(text), *place))

    def missing(self, kept: Kept) -> int:
        """Return how many more must sign at least; signatures that are not good do not count."""
        approvers = self._approvers(kept)
        ticket = kept.ticket
        needed = self.people.needed(ticket.objects, ticket.rows, ticket.kind)
        return max(
            0, *(1 if not one.met(approvers) else 0 for one in needed),
            *(one.approvals - len(approvers) for one in needed),
        )  # fmt: skip

    def _good(self, kept: Kept, wanted: str, place: tuple[str, str], rows: int) -> None:
        """Check all of a ticket.

        Raises:
            TicketError: something is not right.
        """
        ticket = kept.ticket
        bound = (ticket.text_hash, ticket.database, ticket.role)
        if bound != (wanted, *place) or text_hash(kept.text.encode()) != wanted:
            raise TicketError("altered")
        if ticket.id in self._used:
            raise TicketError("used")
        if kept.state == "proposed":
            raise TicketError("unapproved", missing=self.missing(kept))
        self._still(kept, "approved")
        if self.missing(kept):
            raise TicketError("altered")
        most = ticket.rows * self.people.more_rows + FEW
        if ticket.rows != UNKNOWN_ROWS and not 0 <= rows <= most:
            raise TicketError("rows", rows=rows, allowed=ticket.rows)

    def _still(self, kept: Kept, state: str) -> None:
        if kept.state != state:
            reason = kept.state if kept.state in ("used", "withdrawn") else "state"
            raise TicketError(reason, state=kept.state)
        if self.now >= seconds_of(kept.ticket.expires_at):
            raise TicketError("expired", at=kept.ticket.expires_at)

    def _approvers(self, kept: Kept) -> list[Person]:
        """Return those whose signatures are good."""
        good: list[Person] = []
        before: list[Approval] = []
        for one in kept.approvals:
            try:
                self._apart(kept.ticket, before, one)
            except TicketError:
                continue
            before.append(one)
            good.append(self.people.people[one.person])
        return good

    def _apart(
        self, ticket: Ticket, before: list[Approval] | tuple[Approval, ...], approval: Approval
    ) -> None:
        """Check that a signature is good, and that of somebody else, elsewhere.

        Raises:
            TicketError: it is not.
        """
        who = self.people.people.get(approval.person)
        if who is None:
            raise TicketError("person", person=approval.person)
        right = "break_glass" if ticket.kind == "break_glass" else "approve"
        if right not in who.may:
            raise TicketError("may_not", right=right)
        if who.id == ticket.proposer:
            raise TicketError("self")
        proposer = self.people.people.get(ticket.proposer)
        if proposer is None or proposer.key == who.key:
            raise TicketError("same_key")
        for device, session in ((ticket.device, ticket.session),
                                *((one.device, one.session) for one in before)):  # fmt: skip
            if approval.device == device:
                raise TicketError("same_device")
            if approval.session == session:
                raise TicketError("same_session")
        try:
            blob = base64.b64decode(approval.signature, validate=True)
        except ValueError:
            raise TicketError("signature") from None
        if not signed(who.key, signable(ticket.canonical()), blob):
            raise TicketError("signature")

    async def note(self, kind: str, body: Mapping[str, Any]) -> None:
        """Add to evidence, and wait until the disk has it."""
        await asyncio.to_thread(self.log.record, kind, body)

    async def _alarm(self, what: str, ticket: Ticket) -> None:
        """Tell everybody, and note whom it did not reach."""
        for address, why in await asyncio.to_thread(
            raise_alarm, self.people.alarms, what, _told(ticket)
        ):
            await self.note("alarm_failed", {"alarm": what, "address": address, "why": why})


def _told(ticket: Ticket) -> dict[str, Any]:
    """Return what of a ticket goes to evidence and alarms."""
    names = ("kind", "database", "role", "text_hash", "fingerprint", "verdict", "rows", "why",
             "proposer", "device", "session", "expires_at")  # fmt: skip
    row = {name: getattr(ticket, name) for name in names}
    return {"ticket": ticket.id, "objects": list(ticket.objects), **row}


def _text(told: Mapping[str, Any]) -> str:
    text = told.get("text")
    if not isinstance(text, str) or not text.strip() or len(text) > LONGEST or "\0" in text:
        raise TicketError("form")
    return text


def _names(told: Mapping[str, Any]) -> dict[str, str]:
    names = ("database", "role", "why", "device", "session")
    return {name: _word(told, name) for name in names}


def _word(told: Mapping[str, Any], name: str, most: int = 1_000) -> str:
    word = told.get(name)
    if not isinstance(word, str) or not word.strip() or len(word) > most:
        raise TicketError("form")
    return word
