"""What becomes of texts that lose data: they run with a ticket, in quarantine, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.guards.keep.lane import frames
from hongxian.guards.keep.lane.frames import ProtocolError
from hongxian.guards.keep.lane.judged import DESTRUCTIVE, UNKNOWN
from hongxian.guards.keep.lane.named import Portal, Prepared
from hongxian.guards.keep.lane.quarantine.carry import Carrier, CarryError
from hongxian.guards.keep.lane.refusals import Refusal
from hongxian.guards.keep.tickets.errors import TicketError

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongxian.guards.keep.lane.asked import Asked
    from hongxian.guards.keep.lane.judged import JudgementLike
    from hongxian.guards.keep.lane.session import Session


class Losing:
    """Decides on texts of one session that lose data, or that nobody can judge.

    Args:
        session: the session.
        send: takes bytes for the server.
    """

    def __init__(self, session: Session, send: Callable[[bytes], object]) -> None:
        """Begin with nothing."""
        self._session, self._warden = session, session.warden
        self._carrier = Carrier(session, send)

    def idle(self, *, gone: bool = False) -> None:
        """Note that the session has no transaction open any more."""
        self._carrier.idle(gone=gone)

    async def inside(self, asked: Asked, found: JudgementLike) -> JudgementLike:
        """Judge a text again by what its transaction itself has defined, if names are in doubt."""
        if found.verdict != UNKNOWN or not self._session.defined:
            return found
        alone = asked.name is None
        await self._session.answered(int(alone))
        return await self._carrier.judged(asked.text, alone=alone) or found

    async def text(self, asked: Asked, found: JudgementLike) -> bytes:
        """Return what goes to the server: the text, what runs it in quarantine, or refuses it."""
        session, warden = self._session, self._warden
        waiting, against = warden.waiting(session, asked.text), self._carrier.why_not(found)
        carried = against == () and found.verdict == DESTRUCTIVE
        if not waiting and not carried:
            refusal = await warden.refused(session, asked.text, found, against or ())
            return session.refuse(asked, refusal)
        if asked.name is not None:
            return self._parse(asked, found, carried=carried)
        await session.answered(1)
        if waiting:
            try:
                session.watch = await warden.claimed(session, asked.text, found)
            except TicketError as error:
                if not carried:
                    return session.refuse(asked, warden.without(session, asked.text, error))
            else:
                return session.let(asked, found)
        try:
            message = await self._carrier.simple(asked.text, defined=session.defined)
        except CarryError as error:
            refusal = await warden.refused(session, asked.text, found, error.reasons)
            return session.refuse(asked, refusal)
        session.sends(asked.text, found)
        return message

    def _parse(self, asked: Asked, found: JudgementLike, *, carried: bool) -> bytes:
        """Prepare a text under a name of our own, which no client can say."""
        names, version = self._session.names, self._session.place.version
        one = Prepared(asked.raw, version, names.ours(), found, carried)
        if not names.prepared(asked.name or b"", one):
            raise ProtocolError("names")
        return frames.parse(one.server_name, asked.raw, asked.types)

    def bind(self, portal: bytes, one: Prepared, rest: memoryview) -> bytes:
        """Bind under a portal of our own; values are for what can run in quarantine alone."""
        session = self._session
        made = Portal(one, session.names.ours(), name=portal, values=bytes(rest))
        if made.valued and not one.carried:
            error = TicketError("parameters")
            return session.refusals.extended(Refusal("ticket", error.say(self._warden.lang)))
        session.names.portals[portal] = made
        names = made.server_name + b"\0" + one.server_name + b"\0"
        return frames.message(b"B", names + made.values)

    async def execute(self, portal: Portal, rest: bytes) -> bytes:
        """Return what runs a portal: with its ticket, in quarantine, or not at all."""
        session, warden, one = self._session, self._warden, portal.statement
        found, text = one.judgement, one.text.decode(session.codec)
        message = b""
        if not portal.valued and (not one.carried or warden.waiting(session, text)):
            try:
                session.watch = await warden.claimed(session, text, found)
                message = frames.message(b"E", portal.server_name + b"\0" + rest)
            except TicketError as error:
                if not one.carried:
                    return session.refusals.extended(warden.without(session, text, error))
        if not message:
            await session.answered(0)
            try:
                message = await self._carrier.execute(portal, rest, defined=session.defined)
            except CarryError as error:
                refusal = await warden.refused(session, text, found, error.reasons)
                return session.refusals.extended(refusal)
        portal.used = True
        session.sends(text, found)
        return message
