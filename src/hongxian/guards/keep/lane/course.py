"""The course of a session: what it sends passes here at once when that is known to be safe.

All else goes on to whoever decides, as do the answers that stand for more than themselves. What is
decided here is what a session does all day, so these few steps are worth their own file.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from hongxian.guards.keep.lane.back import COMPLETE, READY
from hongxian.guards.keep.lane.judged import SAFE
from hongxian.guards.keep.lane.refusals import RESERVED
from hongxian.guards.keep.lane.shapes import Shapes
from hongxian.guards.keep.lane.tracking import CLOSE, PORTAL, QUERY, Tracking

if TYPE_CHECKING:
    from hongxian.guards.keep.lane.front import Outcome
    from hongxian.guards.keep.lane.named import Names
    from hongxian.guards.keep.lane.place import Place
    from hongxian.guards.keep.lane.refusals import Refusals
    from hongxian.guards.keep.tickets.ticket import Ticket


class Course(ABC):
    """What is decided at once for one session (a :class:`~.front.FrontJudge`).

    Args:
        codec: of what the client says.
        names: of its statements.
        refusals: that its server has not answered.
    """

    place: Place

    def __init__(self, codec: str, names: Names, refusals: Refusals) -> None:
        """Begin before anything was said."""
        self.codec, self.names, self.refusals = codec, names, refusals
        self.tracking = Tracking()
        self.counts = [0, 0, 0, 0]
        self.watch: Ticket | None = None
        """With which the statement runs whose answer is due."""
        self.results: list[str] = []
        """What came of it."""
        self.waited: Any = None
        """Event of whoever waits until all is answered."""
        self.defined = False
        """Whether the open transaction has definitions of its own."""
        self.acting = False
        """Whether something of the open transaction runs in quarantine."""
        self._shapes = Shapes()

    # messages of the client

    def query(self, text: bytes) -> Outcome:
        """Decide on a simple query."""
        tracking = self.tracking
        behind = tracking.batch or bool(tracking.due)
        tracking.batch = False
        tracking.due.append(QUERY)
        if self.known(text):
            self.counts[SAFE] += 1
            return None
        return self.decide(text, None, b"", behind=behind)

    def parse(self, name: bytes, text: bytes, types: bytes) -> Outcome:
        """Decide on a statement that is prepared."""
        tracking = self.tracking
        behind = tracking.batch or bool(tracking.due)
        tracking.batch = True
        if not name.startswith(RESERVED) and self.known(text):
            self.counts[SAFE] += 1
            self.prepared(text, name)
            return None
        return self.decide(text, name, types, behind=behind)

    def known(self, text: bytes) -> bool:
        """Return whether a text is known to be safe whatever holds."""
        if self.codec != "utf-8":
            return False
        if text in self.place.safe:
            return True
        shape = self._shapes.of(text) if self.place.shapes else None
        return shape is not None and shape in self.place.shapes

    def bind(self, portal: bytes, name: bytes, rest: memoryview) -> Outcome:
        """Decide on a portal."""
        self.tracking.batch = True
        names, version = self.names, self.place.version
        known = names.statements.get(name)
        if known is None or portal.startswith(RESERVED) or known[-1].server_name:
            return self.bound(portal, name, rest)
        for one in known:
            if one.version != version or one.lists:
                return self.bound(portal, name, rest)
        if names.portals:
            names.portals.pop(portal, None)
        return None

    def named(self, kind: int, what: int, name: bytes, rest: bytes) -> Outcome:
        """Decide on Execute, Describe or Close."""
        self.tracking.batch = True
        if not name.startswith(RESERVED):
            if what == PORTAL:
                if name not in self.names.portals:
                    return None
            elif kind != CLOSE:
                known = self.names.statements.get(name)
                if not known or not known[-1].server_name:
                    return None
        return self.ours(kind, what, name, rest)

    def passing(self, kind: int) -> None:
        """Note a message that is let through."""
        self.tracking.sent(kind)

    # messages of the server

    def see(self, kind: int, body: bytes) -> bytes | None:
        """Look into a message of the server; return what stands in its place, if anything."""
        if kind == COMPLETE:
            if self.watch is not None:
                self.results.append(body[:-1].decode("ascii", "replace"))
            return None
        if kind == READY:
            self._ready(body[0])
            return None
        return self.told(kind, body)

    def _ready(self, state: int) -> None:
        tracking = self.tracking
        tracking.ready(state)
        if self.watch is not None or self.waited is not None:
            self.answer()
        if tracking.due or tracking.batch:
            return
        names = self.names
        if (
            tracking.failed or self.defined or self.acting
            or self.refusals.open or names.several or names.closing
        ):  # fmt: skip
            self.settle(state)

    # what whoever decides does

    @abstractmethod
    def decide(self, text: bytes, name: bytes | None, types: bytes, *, behind: bool) -> Outcome:
        """Decide on a text; ``behind``: others that could change its reading are not answered."""

    @abstractmethod
    def prepared(self, text: bytes, name: bytes) -> None:
        """Note a prepared statement that goes on as it is."""

    @abstractmethod
    def bound(self, portal: bytes, name: bytes, rest: memoryview) -> Outcome:
        """Decide on a portal of a statement that may need more than to be passed on."""

    @abstractmethod
    def ours(self, kind: int, what: int, name: bytes, rest: bytes) -> Outcome:
        """Decide on Execute, Describe or Close of what may stand under a name of our own."""

    @abstractmethod
    def told(self, kind: int, body: bytes) -> bytes | None:
        """Look into any other message of the server."""

    @abstractmethod
    def answer(self) -> None:
        """Note that a message is answered while somebody waits for it."""

    @abstractmethod
    def settle(self, state: int) -> None:
        """Note that all is answered, and what that settles; ``state``: of the transaction."""
