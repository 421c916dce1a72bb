"""A session of an operator: decides on each message, and follows what the server answers."""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING, Any

from hongxian.errors import HongxianError
from hongxian.guards.keep.lane import frames
from hongxian.guards.keep.lane.asked import CALLS, OF_TOOLS, Asked
from hongxian.guards.keep.lane.back import AUTH, COPY_IN, ERROR, KEY, PARAMETER
from hongxian.guards.keep.lane.encodings import codec_of, decoded, hides_a_backslash
from hongxian.guards.keep.lane.fast import Back, Course, Front
from hongxian.guards.keep.lane.frames import ProtocolError
from hongxian.guards.keep.lane.judged import (
    DESTRUCTIVE,
    REVERSIBLE,
    SAFE,
    UNKNOWN,
    defines,
    lasting,
    prepares,
    waits,
)
from hongxian.guards.keep.lane.listed import hangs_on_values, listed
from hongxian.guards.keep.lane.losing import Losing
from hongxian.guards.keep.lane.named import Names, Prepared
from hongxian.guards.keep.lane.proving import let_in, without_binding
from hongxian.guards.keep.lane.refusals import RESERVED, Refusal, Refusals
from hongxian.guards.keep.lane.starting import REPLICATION
from hongxian.guards.keep.lane.tracking import CALL, CLOSE, EXECUTE, IDLE, PORTAL
from hongxian.guards.keep.statements.verdict import Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from hongxian.guards.keep.lane.front import Outcome
    from hongxian.guards.keep.lane.judged import JudgementLike
    from hongxian.guards.keep.lane.link import Link
    from hongxian.guards.keep.lane.starting import Start
    from hongxian.guards.keep.lane.warden import Warden


class Session(Course):
    """Decides for one session (a :class:`~.front.FrontJudge`).

    Args:
        warden: keeps tickets and evidence.
        start: what was asked for.
        longest: bytes of a message that is judged.
        to_server: takes bytes for the server.
        to_client: takes bytes for the client.
    """

    def __init__(
        self, warden: Warden, start: Start, longest: int, to_server: Callable[[bytes], object],
        to_client: Callable[[bytes], object],
    ) -> None:  # fmt: skip
        """Begin before anything was said."""
        self.warden, self.start = warden, start
        super().__init__(start.codec, Names(), Refusals(warden.lang))
        self.front = Front(self, to_server, longest)
        self.back: Any = Back(self.see, to_client)
        self.number = secrets.token_hex(8)
        self.refused = 0
        self._losing = Losing(self, to_server)
        self.own: list[str] = []
        """Texts by which statements were prepared in SQL."""
        self._task: asyncio.Task[None] | None = None

    def link(self, link: Link) -> None:
        """Belong to a link."""
        self._link = link

    def end(self, word: str) -> None:
        """End, and tell why."""
        self._link.end("protocol", word)

    def gone(self) -> None:
        """Note that it has ended."""
        if self._task is not None:
            self._task.cancel()
        self._losing.idle(gone=True)
        if self.defined:
            self.place.idle(self)
        self.warden.closed(self)

    # messages of the client

    def decide(self, text: bytes, name: bytes | None, types: bytes, *, behind: bool) -> Outcome:
        """Decide on a text; ``behind``: others that could change its reading are not answered."""
        asked = Asked(text, name=name, types=types)
        if name is not None and name.startswith(RESERVED):
            return self._refuse(asked, Refusal("name", RESERVED.decode()))
        return self._decide(asked, behind=behind)

    def bound(self, portal: bytes, name: bytes, rest: memoryview) -> Outcome:
        """Decide on a portal of a statement that may need more than to be passed on."""
        known = self.names.statements.get(name)
        if portal.startswith(RESERVED) or name.startswith(RESERVED):
            return self.refusals.extended(Refusal("name", RESERVED.decode()))
        if known is None:
            return self._by_sql(rest)
        last = known[-1]
        if last.server_name:
            return self._losing.bind(portal, last, rest)
        self.names.portals.pop(portal, None)
        version = self.place.version
        for one in known:
            if one.version != version and (refused := self._again(known)):
                return refused
            if one.lists and (refused := self._again(known, listed(rest))):
                return refused
        return None

    def ours(self, kind: int, what: int, name: bytes, rest: bytes) -> Outcome:
        """Decide on Execute, Describe or Close of what may stand under a name of our own."""
        if name.startswith(RESERVED):
            return self.refusals.extended(Refusal("name", RESERVED.decode()))
        if what == PORTAL:
            portal = self.names.portals.get(name)
            if portal is None:
                return None
            if kind == EXECUTE and not portal.used:
                return self._later(self._losing.execute(portal, rest))
            ours = portal.server_name
        else:
            known = self.names.statements.get(name)
            if kind == CLOSE:
                self.names.closed(name)
            if not known or not known[-1].server_name:
                return None
            ours = known[-1].server_name
        letter = b"" if kind == EXECUTE else bytes([what])
        return frames.message(bytes([kind]), letter + ours + b"\0" + rest)

    def call(self, oid: int) -> Outcome:
        """Decide on a call of a function by its number."""
        self.tracking.batch = False
        self.tracking.sent(CALL)
        if oid in CALLS:
            return None
        return self._refuse(Asked(b""), Refusal("call", str(oid)))

    # decisions

    def _decide(self, asked: Asked, *, behind: bool) -> Outcome:
        """Decide on a text; ``behind``: others that could change its reading are not answered."""
        text = decoded(asked.raw, self.codec)
        if text is None:
            return self._refuse(asked, Refusal("reading", self.codec))
        of_tool = OF_TOOLS.get(asked.raw)
        if of_tool and self.place.judge(of_tool, self.own).verdict == SAFE:
            self.counts[SAFE] += 1
            return self._passed(asked)
        if self.start.replication:
            fits = REPLICATION.match(asked.raw) is not None and asked.name is None
            return None if fits else self._refuse(asked, Refusal("unknown", "replication"))
        if behind and hides_a_backslash(asked.raw):
            return self._refuse(asked, Refusal("reading", self.codec))
        asked = Asked(asked.raw, text, asked.name, asked.types)
        found = self.place.judge(text, self.own)
        if found.verdict == SAFE and lasting(found):
            if self.codec == "utf-8":
                self.place.known(asked.raw, found)
            self.counts[SAFE] += 1
            return self._passed(asked)
        return self._later(self._settle(asked, found))

    def _passed(self, asked: Asked) -> Outcome:
        """Let a text through as it is."""
        if asked.name is not None:
            self.prepared(asked.raw, asked.name)
        return None

    def prepared(self, text: bytes, name: bytes) -> None:
        """Note a prepared statement that goes on as it is."""
        one = Prepared(text, self.place.version, lists=hangs_on_values(text))
        if not self.names.prepared(name, one):
            raise ProtocolError("names")

    async def _settle(self, asked: Asked, found: JudgementLike) -> bytes:
        """Return what goes to the server in the end."""
        await self.place.room()
        if await self.place.renewed_for_refusal(found):
            found = self.place.judge(asked.text, self.own)
        elif waits(found):  # only as long as there is nothing to lose, which can be over by now
            await self.place.renewed()
            found = self.place.judge(asked.text, self.own)
            if self.place.failed:
                refusal = await self.warden.refused(
                    self, asked.text, found, (Reason("no_catalog"),)
                )
                return self.refuse(asked, refusal)
        found = await self._losing.inside(asked, found)
        if found.verdict >= DESTRUCTIVE and found.unproven:
            found = await self.warden.estimated(self, asked.text, found, self.own)
        if found.verdict >= DESTRUCTIVE:
            return await self._losing.text(asked, found)
        if found.verdict == REVERSIBLE:
            await self.warden.changed(self, asked.text, found)
        return self.let(asked, found)

    def let(self, asked: Asked, found: JudgementLike) -> bytes:
        """Let a text through."""
        self.sends(asked.text, found)
        self._passed(asked)
        return asked.message

    def sends(self, text: str, found: JudgementLike) -> None:
        """Note that a text is about to be sent."""
        self.counts[found.verdict] += 1
        if prepares(found):
            self.own.append(text)
        if defines(found):
            self.defined = True
            self.place.sent(self, text, found)

    def _again(self, known: list[Prepared], given: Mapping[int, int] | None = None) -> Outcome:
        """Judge prepared statements again: the catalog changed, or parameters list many values."""
        for one in known:
            if one.server_name:
                continue  # never under a name that a client can say
            text = decoded(one.text, self.codec)
            found = None if text is None else self.place.judge(text, self.own, given=given)
            if found is None or found.verdict >= DESTRUCTIVE:
                why = "; ".join(one.say(self.warden.lang) for one in found.reasons) if found else ""
                losing = given is not None and found is not None and found.verdict == DESTRUCTIVE
                refusal = Refusal("destructive" if losing else "unknown", why)
                self.warden.noted(self, one.text.decode("utf-8", "replace"), refusal)
                self.refused += 1
                return self.refusals.extended(refusal)
            one.version = self.place.version
        return None

    def _by_sql(self, rest: memoryview) -> Outcome:
        """A name that no Parse has: what SQL prepared must still be safe."""
        made = [Prepared(one.encode(self.codec, "replace"), 0) for one in self.own]
        return self._again(made, listed(rest)) if made else None

    def _refuse(self, asked: Asked, refusal: Refusal) -> Outcome:
        """Refuse something that needs no judge."""
        self.counts[UNKNOWN] += 1
        self.warden.noted(self, asked.raw.decode("utf-8", "replace"), refusal)
        return self.refuse(asked, refusal)

    def refuse(self, asked: Asked, refusal: Refusal) -> bytes:
        """Return what refuses a text."""
        self.refused += 1
        form = self.refusals.simple if asked.name is None else self.refusals.extended
        return form(refusal)

    def _later(self, deciding: Coroutine[None, None, bytes]) -> Outcome:
        """Hold the client until a decision is there."""
        self._task = asyncio.ensure_future(self._decided(deciding))
        return ...

    async def _decided(self, deciding: Coroutine[None, None, bytes]) -> None:
        try:
            message = await deciding
        except ProtocolError as error:
            self.end(str(error))
            return
        except HongxianError as error:
            self.warden.failed(error)
            self.end("evidence")
            return
        except Exception as error:  # noqa: BLE001 - a fault of ours must not let anything through
            self.warden.failed(error)
            self.end("internal")
            return
        try:
            self.front.settled(message)
            self._link.resume()
        except ProtocolError as error:
            self.end(str(error))

    async def answered(self, own: int) -> None:
        """Wait until the server has answered all but ``own`` messages that are due."""
        while len(self.tracking.due) > own:
            self.waited = asyncio.Event()
            await self.waited.wait()

    # messages of the server

    def told(self, kind: int, body: bytes) -> bytes | None:
        """Look into a message that says more than that something is done."""
        if kind == ERROR:
            return self._error(body)
        if kind == PARAMETER:
            self._parameter(body)
        elif kind == COPY_IN:
            self.tracking.copy_in()
        elif kind == AUTH:
            if let_in(body):
                self._link.proven()
            return without_binding(body)
        elif kind == KEY:
            return frames.message(b"K", self._link.host.key(self._link, body))
        return None

    def answer(self) -> None:
        """Note that a message is answered while somebody waits for it."""
        if self.watch is not None and len(self.tracking.due) == 0:
            self.warden.done(self, self.watch, self.results)
            self.watch, self.results = None, []
        if self.waited is not None:
            self.waited.set()

    def settle(self, state: int) -> None:
        """Note that all is answered, and what that settles; ``state``: of the transaction."""
        self.refusals.clear()
        if self.tracking.failed:
            self.tracking.failed = False
            self.names.doubted()
        else:
            self.names.settle()
        if state != IDLE:
            return
        if self.defined:
            self.defined = False
            self.place.idle(self)
        self.acting = False
        self._losing.idle()

    def _error(self, body: bytes) -> bytes | None:
        self.tracking.failed = True
        if self.watch is not None:
            self.results.append("error " + frames.read_error(body).get("C", ""))
        return self.refusals.told(body, self.codec) if self.refusals.open else None

    def _parameter(self, body: bytes) -> None:
        name, _, value = body[:-1].partition(b"\0")
        if name == b"client_encoding":
            codec = codec_of(value.decode("ascii", "replace"))
            if codec is None:
                self.end("encoding")
                return
            self.codec = codec
        elif name == b"standard_conforming_strings" and value != b"on":
            self.end("conforming")
