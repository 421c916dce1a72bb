"""A database as the lane knows it: a snapshot of its catalog, and what is judged by it.

A definition that was sent and is not yet in the snapshot may hold or not: its transaction can still
be rolled back, its batch fail. So a text is judged by what follows the snapshot when all that was
sent holds; that keeps what was there before beside what came, and the worse of both counts. A
snapshot that was begun when the session was idle again has what became of it.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.guards.keep.lane.judged import DESTRUCTIVE, SAFE, UNKNOWN, defines, lasting
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from hongxian.guards.keep.lane.judged import JudgementLike, State

MOST_KNOWN = 20_000
"""Texts that are known to be safe."""
LONGEST_KNOWN = 2_000
"""Bytes of such a text."""
MOST_SETTLED = 200
"""Definitions that no snapshot has yet; beyond it, one is waited for."""
PAUSE = 1.0
"""Seconds between two snapshots that unknown names ask for."""


@dataclass(slots=True, eq=False)
class Pending:
    """A definition that was sent."""

    owner: object
    """The session that sent it."""
    text: str
    settled: bool = False
    """Whether the session was idle afterwards."""


@dataclass(slots=True)
class Place:
    """A database.

    Attributes:
        name: of the database.
        base: the snapshot.
        read: reads a new one.
    """

    name: str
    base: State
    read: Callable[[], Awaitable[State]]
    safe: set[bytes] = field(default_factory=set)
    """Texts in UTF-8 that are safe whatever holds, and that define nothing."""
    shapes: set[bytes] = field(default_factory=set)
    """Shapes of such texts, when that holds whatever their literals are."""
    version: int = 1
    """Changes whenever another verdict may come out."""
    pending: list[Pending] = field(default_factory=list)
    failed: str = ""
    """Why the last snapshot could not be read."""
    snapshots: int = 0
    _last: State | None = None
    """What follows the snapshot when all that was sent holds."""
    _reading: asyncio.Task[None] | None = None
    _again: bool = False
    _when: float = -PAUSE

    def judge(
        self, text: str, own: Sequence[str] = (),
        estimate: Callable[[str], float | None] | None = None,
        given: Mapping[int, int] | None = None,
    ) -> JudgementLike:  # fmt: skip
        """Return the judgement of a text, by all that may hold.

        Args:
            text: the text.
            own: texts by which the session prepared statements in SQL.
            estimate: gives estimates of rows.
            given: how many values each parameter lists, by its number.
        """
        state = self._last or self.base
        for one in own if own and "execute" in text.lower() else ():
            state = state.after(one)
        return state.judge(text, estimate, given)

    def known(self, raw: bytes, judgement: JudgementLike) -> None:
        """Remember a text that is safe, so that it need not be judged again."""
        if len(raw) > LONGEST_KNOWN or judgement.verdict != SAFE or not lasting(judgement):
            return
        known, one = self.safe, raw
        if judgement.shape is not None and judgement.shape.isascii():
            known, one = self.shapes, judgement.shape.encode("ascii")
        if len(known) >= MOST_KNOWN:
            known.clear()
        known.add(one)

    async def room(self) -> None:
        """Wait until another definition may be sent.

        Raises:
            HongxianError: the catalog cannot be read.
        """
        while sum(one.settled for one in self.pending) >= MOST_SETTLED:
            await self.renewed()
            if self.failed:
                raise WordedError("keep_no_catalog", self.name, reason=self.failed)

    def sent(self, owner: object, text: str, judgement: JudgementLike) -> None:
        """Note a text that is about to be sent."""
        if not defines(judgement):
            return
        self.pending.append(Pending(owner, text))
        self._last = (self._last or self.base).after(text)
        self._changed()

    def idle(self, owner: object) -> None:
        """Note that a session has nothing open; what it defined is read from the server now."""
        mine = [one for one in self.pending if one.owner is owner and not one.settled]
        for one in mine:
            one.settled = True
        if mine:
            self.want()

    def want(self) -> asyncio.Task[None]:
        """Read a new snapshot; one that is being read does not count."""
        if self._reading is None or self._reading.done():
            self._reading = asyncio.ensure_future(self._read())
        else:
            self._again = True
        return self._reading

    async def renewed(self) -> None:
        """Wait for a snapshot that is begun from now on, or a failure to read one."""
        await asyncio.shield(self.want())

    async def renewed_for_refusal(self, judgement: JudgementLike) -> bool:
        """Wait for a snapshot where a text would be refused by one that is being replaced."""
        reading = self._reading is not None and not self._reading.done()
        if judgement.verdict == UNKNOWN:  # a name is not known; not read for that too often
            long_ago = asyncio.get_running_loop().time() - self._when >= PAUSE
            reading = reading or long_ago or bool(self.pending)
        elif judgement.verdict != DESTRUCTIVE:
            return False
        if not reading:
            return False
        await self.renewed()
        return not self.failed

    async def _read(self) -> None:
        self._again = True
        while self._again:
            self._again = False
            settled = [one for one in self.pending if one.settled]
            try:
                self.base = await self.read()
            except Exception as error:  # noqa: BLE001 - whatever it is, the old snapshot stays
                self.failed = type(error).__name__
                return
            self.failed = ""
            self.pending = [one for one in self.pending if one not in settled]
            self._last = None
            for one in self.pending:
                self._last = (self._last or self.base).after(one.text)
            self.snapshots += 1
            self._when = asyncio.get_running_loop().time()
            self._changed()

    def _changed(self) -> None:
        self.version += 1
        self.safe.clear()
        self.shapes.clear()

    async def close(self) -> None:
        """Stop reading."""
        if self._reading is not None:
            self._reading.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await self._reading
