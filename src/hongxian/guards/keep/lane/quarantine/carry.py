"""The side of a session: runs a text in quarantine where the client asked for it alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.guards.keep.lane.control import Snapshot
from hongxian.guards.keep.lane.frames import ProtocolError
from hongxian.guards.keep.lane.judged import DESTRUCTIVE, UNKNOWN
from hongxian.guards.keep.statements.read_catalog import read_catalog
from hongxian.guards.keep.statements.verdict import Reason

from .inside import Inside
from .screen import Screen, Script
from .scripts import extended, simple

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongxian.guards.keep.lane.judged import JudgementLike
    from hongxian.guards.keep.lane.named import Portal
    from hongxian.guards.keep.lane.session import Session
    from hongxian.guards.keep.statements.quarantine.plan import Plan

    from .acts import Act

IN_TRANSACTION = ord("T")
_ROWS = ("InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt")
"""Statements that run to their end however few rows the client takes at first."""


class CarryError(Exception):
    """A text cannot be run in quarantine; ``reasons`` say why."""

    def __init__(self, reasons: tuple[Reason, ...]) -> None:
        """Keep the reasons."""
        super().__init__()
        self.reasons = reasons

    def say(self, lang: str) -> str:
        """Return the reasons as a line."""
        return "; ".join(one.say(lang) for one in self.reasons[:5])


class Carrier:
    """Runs texts of one session in quarantine.

    Args:
        session: the session.
        send: takes bytes for the server.
    """

    def __init__(self, session: Session, send: Callable[[bytes], object]) -> None:
        """Begin with nothing."""
        self._session, self._send = session, send
        self._acts: list[tuple[Act, Script]] = []

    def why_not(self, found: JudgementLike) -> tuple[Reason, ...] | None:
        """Return why a text cannot run in quarantine as the catalog is known; empty if it can.

        ``None``: nothing runs in quarantine here.
        """
        keeper = self._session.warden.keeper
        if keeper is None or not keeper.on:
            return None
        if found.verdict >= UNKNOWN:
            return ()  # why is told already, and it is refused
        base: Any = self._session.place.base
        judgement: Any = found
        return keeper.planned(judgement, base.catalog).reasons

    async def simple(self, text: str, *, defined: bool) -> bytes:
        """Return the message that runs a simple query.

        Args:
            text: of the query.
            defined: whether the open transaction has definitions of its own.

        Raises:
            CarryError: it cannot be run so.
        """
        session = self._session
        made, found = await self._plan(text, defined=defined, alone=True)
        message, script = self._composed(
            lambda refused: simple(made, text, session.codec, refused), text
        )
        await self._begin(made, text, found, script)
        return message

    async def execute(self, portal: Portal, rest: bytes, *, defined: bool) -> bytes:
        """Return the messages that run a portal in the place of its first Execute.

        Raises:
            CarryError: it cannot be run so.
        """
        session = self._session
        text = portal.statement.text.decode(session.codec)
        made, found = await self._plan(text, defined=defined, alone=False)
        kinds = {one.kind for one in found.statements}
        if len(made.steps) != 1 or (int.from_bytes(rest) and not kinds <= {*_ROWS, "TruncateStmt"}):
            raise CarryError((Reason("in_parts"),))
        message, script = self._composed(
            lambda refused: extended(made, portal, rest, session.codec, refused), text
        )
        await self._begin(made, text, found, script)
        return message

    async def judged(self, text: str, *, alone: bool) -> JudgementLike | None:
        """Judge a text by what its own open transaction sees, which nobody else's changes.

        Returns:
            ``None`` when it cannot be asked, or others are changing definitions, too.
        """
        session = self._session
        pending = session.place.pending
        if not session.defined or any(one.owner is not session for one in pending):
            return None
        try:  # never kept: a savepoint may take back what was seen
            catalog = await self._catalog(defined=True, alone=alone)
        except CarryError:
            return None
        return Snapshot.of(catalog).judge(text)

    def idle(self, *, gone: bool = False) -> None:
        """Note that no transaction is open any more."""
        if self._acts and self._session.warden.keeper is not None:
            acts, self._acts = self._acts, []
            told = [(act, script.results) for act, script in acts]
            self._session.warden.keeper.settle(told, gone=gone)

    async def _plan(self, text: str, *, defined: bool, alone: bool) -> tuple[Plan, Any]:
        """Return the plan of a text by the catalog as it is now, and the judgement by it."""
        session, keeper = self._session, self._session.warden.keeper
        assert keeper is not None  # noqa: S101 - asked before
        catalog = await self._catalog(defined=defined, alone=alone)
        state = Snapshot.of(catalog)
        for one in session.own if "execute" in text.lower() else ():
            state = state.after(one)
        found = state.judge(text)
        if found.verdict > DESTRUCTIVE:
            raise CarryError(found.reasons)
        made = keeper.planned(found, catalog)
        if not made.carried:
            raise CarryError(made.reasons)
        if made.database:  # the guard itself must not be in its way
            session.warden.leave(found)
        return made, found

    async def _catalog(self, *, defined: bool, alone: bool) -> Any:
        """Return the catalog as this session sees it."""
        session = self._session
        place: Any = session.place
        if not defined:
            await place.renewed()
            if place.failed:
                raise CarryError((Reason("no_catalog"),))
            return place.base.catalog
        if session.tracking.state != IN_TRANSACTION or session.tracking.failed:
            raise CarryError((Reason("changed_before"),))
        try:
            return await read_catalog(Inside(self._ask, alone=alone), place.base.catalog)
        except (ProtocolError, TimeoutError, KeyError, ValueError, TypeError):
            raise CarryError((Reason("no_catalog"),)) from None

    def _ask(self, message: bytes, script: Script) -> None:
        self._follow(script)
        self._send(message)

    def _composed(
        self, make: Callable[[Any], tuple[bytes, Script]], text: str
    ) -> tuple[bytes, Script]:
        warden, session = self._session.warden, self._session

        def refused(fields: dict[str, str]) -> dict[str, str]:
            return warden.stuck(session, text, fields.get("M", "")).fields(warden.lang)

        try:
            return make(refused)
        except UnicodeEncodeError:
            raise CarryError((Reason("names", session.codec),)) from None

    async def _begin(self, made: Plan, text: str, found: Any, script: Script) -> None:
        session = self._session
        act = await session.warden.carried(session, made, text, found)
        if act is not None:
            self._acts.append((act, script))
            session.acting = True
        self._follow(script)

    def _follow(self, script: Script) -> None:
        session = self._session
        screen: Any = session.back
        if not isinstance(screen, Screen):
            real = session.back

            def gone() -> None:
                session.back = real

            screen = Screen(real, gone, lambda: session.codec)
            session.back = screen
        screen.add(script)
