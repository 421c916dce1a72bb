"""Decides, for one session, on each of its commands; follows what the server answers.

A client of MySQL waits for an answer before the next command counts, so commands are taken one by
one: what is refused never reaches the server, whose transaction stays as it was.
"""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from hongxian.guards.keep.lane.encodings import decoded
from hongxian.guards.keep.lane.judged import (
    DESTRUCTIVE,
    REVERSIBLE,
    SAFE,
    UNKNOWN,
    defines,
)
from hongxian.guards.keep.lane.mysql import answers, frames
from hongxian.guards.keep.lane.mysql.altering import alters
from hongxian.guards.keep.lane.mysql.front import Front
from hongxian.guards.keep.lane.mysql.prepared import LAST, MOST, Prepared, numbers_of, valued
from hongxian.guards.keep.lane.mysql.reading import QUESTION, reading
from hongxian.guards.keep.lane.mysql.refused import refused
from hongxian.guards.keep.lane.refusals import Refusal
from hongxian.guards.keep.statements.verdict import refused as unreadable
from hongxian.guards.keep.tickets.errors import TicketError
from hongxian.words import say

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from hongxian.guards.keep.lane.judged import JudgementLike
    from hongxian.guards.keep.lane.mysql.answers import Ended
    from hongxian.guards.keep.lane.mysql.place import ServerPlace
    from hongxian.guards.keep.lane.mysql.starting import Start
    from hongxian.guards.keep.lane.warden import Warden

LONG = 20_000
"""Letters of a text that is judged beside all else, so that nobody waits for it."""
_FORWARDED = {
    frames.INIT_DB: answers.SINGLE, frames.PING: answers.SINGLE, frames.STATISTICS: answers.TEXT,
    frames.FIELD_LIST: answers.FIELDS, frames.SET_OPTION: answers.SINGLE,
    frames.RESET_CONNECTION: answers.SINGLE,
}  # fmt: skip
"""Commands that lose nothing, and what answers them."""


class Ends(Protocol):
    """Both sides of a session."""

    def to_server(self, data: bytes) -> None:
        """Send to the server."""

    def to_client(self, data: bytes) -> None:
        """Send to the client."""

    def took(self) -> None:
        """Note that a command was taken: the client may send more."""

    def leave(self) -> None:
        """End both, as the client asked."""


class Session:
    """One session.

    Args:
        warden: keeps tickets and evidence.
        start: who asked for it.
        longest: bytes of a command.
        ends: both sides.
    """

    def __init__(self, warden: Warden, start: Start, longest: int, ends: Ends) -> None:
        """Begin before anything was said."""
        self.warden, self.start, self._ends = warden, start, ends
        self.front = Front(longest)
        self.answers = answers.Answers(ends.to_client, self._ended)
        self.counts = [0, 0, 0, 0]
        self.number, self.refused = secrets.token_hex(8), 0
        self.codec, self.modes = "utf-8", frozenset[str]()
        self.place: ServerPlace
        self.status = 0
        self._waits: asyncio.Future[Ended] | None = None
        self._unsure = self._working = False
        self._statements: dict[int, Prepared] = {}
        self._last = 0

    @property
    def idle(self) -> bool:
        """Whether nothing is asked and no transaction is open."""
        return not (self._working or self.status & frames.IN_TRANSACTION)

    def gone(self) -> None:
        """Note that it has ended."""
        self.place.idle(self)
        self.warden.closed(self)

    async def serve(self) -> None:
        """Take commands until cancelled.

        Raises:
            ProtocolError: the client or the server did not keep to the protocol.
            ReadingError: texts cannot be read any more.
            HongxianError: evidence cannot be written.
        """
        while True:
            body, long = await self.front.taken()
            self._working = True
            self._ends.took()
            if self._unsure:
                await self.look()
            await self._command(body, long=long)
            self._working = False

    async def look(self) -> None:
        """Ask the server how it reads this session's texts.

        Raises:
            ReadingError: in a way that is not followed.
        """
        self.answers.kept = []
        await self._ask(frames.packets(bytes([frames.QUERY]) + QUESTION, 0), answers.RESULT)
        bodies, self.answers.kept = self.answers.kept, None
        found = reading(bodies, short=self.answers.short)
        self.start = replace(self.start, role=found.role, database=found.database)
        self.modes, self.codec, self._unsure = found.modes, found.codec, False

    # commands

    async def _command(self, body: bytes, *, long: bool) -> None:
        kind = body[0] if body else -1
        if long:
            self._too_long(kind)
        elif kind == frames.QUERY:
            await self._query(body)
        elif kind == frames.PREPARE:
            await self._prepare(body)
        elif kind in (frames.EXECUTE, frames.RESET, frames.FETCH, frames.LONG_DATA, frames.CLOSE):
            await self._prepared(kind, body)
        elif kind == frames.CHANGE_USER:
            await self._change_user(body)
        elif kind == frames.QUIT:
            self._ends.to_server(frames.packets(body, 0))
            self._ends.leave()
        elif kind in _FORWARDED:
            await self._run(body, _FORWARDED[kind])
            self._unsure |= kind in (frames.INIT_DB, frames.RESET_CONNECTION)
            if kind == frames.RESET_CONNECTION:
                self._statements.clear()
        else:
            name = frames.NAMES.get(kind, f"COM_{kind}")
            self._refuse(name, Refusal("command", name))

    def _too_long(self, kind: int) -> None:
        """Refuse a command that is not all there."""
        if kind == frames.LONG_DATA:  # which nothing answers: its statement must not run without it
            self._statements.clear()
            return
        why = say("keep_statements.too_long", self.warden.lang, about="")
        self._refuse("", Refusal("unknown", why))

    async def _query(self, body: bytes) -> None:
        raw, place = body[1:], self.place
        plain = self.codec == "utf-8" and not self.modes
        if plain and not place.pending and raw in place.safe:
            self.counts[SAFE] += 1
            await self._run(body, answers.RESULT)
            return
        text = decoded(raw, self.codec)
        if text is None:
            self._refuse(raw.decode("utf-8", "replace"), Refusal("reading", self.codec))
            return
        found = await self._judged(text)
        if found.verdict >= DESTRUCTIVE:
            await self._losing(body, text, found)
            return
        if found.verdict == REVERSIBLE:
            await self.warden.changed(self, text, found)
        elif plain and found.verdict == SAFE and not alters(found, text):
            place.known(raw, found)
        await self._let(body, text, found)

    async def _judged(self, text: str, modes: frozenset[str] | None = None) -> JudgementLike:
        """Judge a text by a catalog that shows all that was defined."""
        place, read = self.place, self.modes if modes is None else modes
        if place.behind:
            await place.renewed()
            if place.failed:
                return unreadable(text, "no_catalog")
        found = await self._by(text, read)
        if found.verdict >= DESTRUCTIVE and await place.renewed_for_refusal(found):
            found = await self._by(text, read)
        return found

    async def _by(self, text: str, modes: frozenset[str]) -> JudgementLike:
        if len(text) > LONG:
            return await asyncio.to_thread(self.place.by, text, modes)
        return self.place.by(text, modes)

    async def _losing(self, body: bytes, text: str, found: JudgementLike) -> None:
        """Run a text with its ticket, or refuse it."""
        warden = self.warden
        self.counts[found.verdict] += 1
        if not warden.waiting(self, text):
            self._tell(await warden.refused(self, text, found))
            return
        try:
            ticket = await warden.claimed(self, text, found)
        except TicketError as error:
            self._tell(warden.without(self, text, error))
            return
        self.counts[found.verdict] -= 1
        warden.done(self, ticket, [_result(await self._let(body, text, found))])

    async def _let(self, body: bytes, text: str, found: JudgementLike) -> Ended:
        """Let a text through."""
        self.counts[found.verdict] += 1
        self.place.sent(self, text, found)
        ended = await self._run(body, answers.RESULT)
        self._unsure |= alters(found, text)
        self.place.idle(self)
        if found.verdict == UNKNOWN:  # whatever it was
            self.place.want()
        return ended

    # prepared statements

    async def _prepare(self, body: bytes) -> None:
        self._last = 0
        text = decoded(body[1:], self.codec)
        if text is None or len(self._statements) >= MOST:
            self._refuse(body[1:].decode("utf-8", "replace"), Refusal("reading", self.codec))
            return
        found = await self._judged(text)
        losing = found.verdict >= DESTRUCTIVE
        if losing and not self.warden.waiting(self, text):
            self.counts[found.verdict] += 1
            self._tell(await self.warden.refused(self, text, found))
            return
        version, modes = self.place.version, self.modes
        ended = await self._run(body, answers.PREPARED)
        if not ended.error:
            self._last = ended.statement
            self._statements[ended.statement] = Prepared(
                text, modes, ended.parameters, version, alters(found, text), defines(found),
                found if losing else None,
            )  # fmt: skip

    async def _prepared(self, kind: int, body: bytes) -> None:
        """Go on with a statement that was prepared here; no other reaches the server."""
        number = int.from_bytes(body[1:5], "little") if len(body) >= 5 else -1
        number = self._last if number == LAST else number
        one = self._statements.get(number)
        if kind in (frames.CLOSE, frames.LONG_DATA):  # which nothing answers
            if one is not None:
                self._ends.to_server(frames.packets(body, 0))
                if kind == frames.CLOSE:
                    del self._statements[number]
        elif one is None:
            name = frames.NAMES[kind]
            self._refuse(name, Refusal("command", name))
        elif kind == frames.EXECUTE:
            await self._execute(one, body)
        else:
            await self._run(body, answers.ROWS if kind == frames.FETCH else answers.SINGLE)

    async def _execute(self, one: Prepared, body: bytes) -> None:
        one.numbers = numbers_of(one, body)
        if one.losing is not None:
            await self._execute_losing(one, body, one.losing)
            return
        if one.version != self.place.version or self.place.behind or one.modes != self.modes:
            one.proved.clear()
        if one.numbers not in one.proved:
            found = await self._judged(valued(one.text, one.modes, one.numbers), one.modes)
            if found.verdict >= DESTRUCTIVE:
                self.counts[found.verdict] += 1
                self._tell(await self.warden.refused(self, one.text, found))
                return
            one.proved.add(one.numbers)
            one.version = self.place.version
            if found.verdict == REVERSIBLE:
                await self.warden.changed(self, one.text, found)
        await self._executed(one, body)

    async def _execute_losing(self, one: Prepared, body: bytes, found: JudgementLike) -> None:
        self.counts[found.verdict] += 1
        if one.parameters:
            self._tell(self.warden.without(self, one.text, TicketError("parameters")))
            return
        try:
            ticket = await self.warden.claimed(self, one.text, found)
        except TicketError as error:
            self._tell(self.warden.without(self, one.text, error))
            return
        self.warden.done(self, ticket, [_result(await self._executed(one, body))])

    async def _executed(self, one: Prepared, body: bytes) -> Ended:
        if one.losing is None:
            self.counts[SAFE] += 1
        ended = await self._run(body, answers.RESULT)
        self._unsure |= one.alters
        if one.defines:
            self.place.want()
        return ended

    # who it is

    async def _change_user(self, body: bytes) -> None:
        """Let the client prove that it is somebody else; a packet of it only when asked for one."""
        self._statements.clear()
        self._unsure = True
        self.front.proving = True
        ended = await self._run(body, answers.PROOF)
        while ended.body[:1] not in (b"\x00", b"\xff"):
            if ended.body == b"\x01\x03":  # more comes of the server
                ended = await self._ask(b"", answers.PROOF)
                continue
            proof, _ = await self.front.taken()
            self._ends.took()
            proof = frames.packets(proof, self.answers.number + 1)
            ended = await self._ask(proof, answers.PROOF)
        self.front.begin()

    # both sides

    async def _run(self, body: bytes, phase: int) -> Ended:
        return await self._ask(frames.packets(body, 0), phase)

    def _ask(self, data: bytes, phase: int) -> Awaitable[Ended]:
        """Send to the server, and wait until its answer has ended."""
        self._waits = asyncio.get_running_loop().create_future()
        self.answers.expect(phase)
        if data:
            self._ends.to_server(data)
        return self._waits

    def _ended(self, ended: Ended) -> None:
        if not ended.error:
            self.status = ended.status
        if self._waits is not None and not self._waits.done():
            self._waits.set_result(ended)

    def _refuse(self, text: str, refusal: Refusal) -> None:
        """Refuse something that needs no judge."""
        self.counts[UNKNOWN] += 1
        self.warden.noted(self, text, refusal)
        self._tell(refusal)

    def _tell(self, refusal: Refusal) -> None:
        """Tell the client, in the place of an answer."""
        self.refused += 1
        error = refused(refusal, self.warden.lang, self.codec)
        self._ends.to_client(frames.packets(error, self.front.number + 1))


def _result(ended: Ended) -> str:
    return f"error {ended.error}" if ended.error else f"{ended.changed} rows"
