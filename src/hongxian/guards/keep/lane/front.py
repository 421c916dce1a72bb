"""Reads what a client sends, message by message, and lets through what its judge lets.

Nothing is sent on that was not taken apart: a message whose length, letter or texts are not as the
protocol says ends the session. A message that must be judged is held until it is whole, others are
streamed.
"""

from __future__ import annotations

from types import EllipsisType
from typing import TYPE_CHECKING, Protocol

from hongxian.guards.keep.lane.frames import ProtocolError
from hongxian.guards.keep.lane.heads import message_end, text_end
from hongxian.guards.keep.lane.tracking import (
    BIND,
    CALL,
    CLOSE,
    DATA,
    DESCRIBE,
    DONE,
    END,
    EXECUTE,
    FAIL,
    FLUSH,
    PARSE,
    PORTAL,
    QUERY,
    STATEMENT,
    SYNC,
)

if TYPE_CHECKING:
    from collections.abc import Callable

NAMES = 4_096
"""Bytes of a message that only names statements and portals, and of both names of a Bind."""
_STREAMED = {DATA: 1 << 30, BIND: 1 << 30, FAIL: 1 << 16}
"""Messages that may be sent on before they are whole, and the most bytes they may have."""
_SMALL = {EXECUTE: NAMES, DESCRIBE: NAMES, CLOSE: NAMES, SYNC: 4, FLUSH: 4, DONE: 4, END: 4}


Outcome = bytes | EllipsisType | None
"""What becomes of a message: ``None`` lets it through, bytes stand in its place, ``...`` holds it:
whoever decides hands what goes to the server to :meth:`Front.settled` later."""


class FrontJudge(Protocol):
    """What decides on messages."""

    def query(self, text: bytes) -> Outcome:
        """Decide on a simple query."""

    def parse(self, name: bytes, text: bytes, types: bytes) -> Outcome:
        """Decide on a statement that is prepared; ``types``: number of types, and they."""

    def bind(self, portal: bytes, name: bytes, rest: memoryview) -> Outcome:
        """Decide on a portal; of a large message only the beginning of ``rest`` is there."""

    def named(self, kind: int, what: int, name: bytes, rest: bytes) -> Outcome:
        """Decide on Execute, Describe or Close of a portal (``what`` is P) or statement (S)."""

    def call(self, oid: int) -> Outcome:
        """Decide on a call of a function by its number."""

    def passing(self, kind: int) -> None:
        """Note a message that is let through unseen.

        Raises:
            ProtocolError: it may not stand here.
        """


class Front:
    """Takes a client's bytes apart.

    Args:
        judge: decides.
        send: takes what goes on to the server.
        longest: bytes of a message that must be judged.
    """

    def __init__(self, judge: FrontJudge, send: Callable[[bytes], object], longest: int) -> None:
        """Begin with nothing."""
        self._judge, self._send, self._longest = judge, send, longest
        self._parts: list[bytes] = []
        self._need = self._skip = 0
        self.held = False
        """Whether a decision is waited for."""
        self.waiting = 0
        """Bytes that are held."""

    def feed(self, data: bytes) -> None:
        """Take bytes.

        Raises:
            ProtocolError: they are no messages of a client.
        """
        if self.held or self.waiting + len(data) < self._need:
            self._parts.append(data)
            self.waiting += len(data)
            return
        if self._parts:
            data = b"".join((*self._parts, data))
            self._parts.clear()
        self.waiting = self._need = 0
        if self._skip:
            data = self._streamed(data)
        elif len(data) > 5 and data[0] == QUERY and message_end(data, 0) == len(data):
            self._alone(data)  # as most come: a simple query, whole, with nothing behind it
            return
        self._walk(data)

    def _alone(self, data: bytes) -> None:
        outcome = self._decided(QUERY, data, 0, len(data))
        if outcome is None:
            self._send(data)
        elif outcome is ...:
            self.held = True
        else:
            self._send(outcome)

    def settled(self, message: bytes) -> None:
        """Go on after a decision; ``message`` goes to the server."""
        self.held = False
        if message:
            self._send(message)
        self.feed(b"")

    def _streamed(self, data: bytes) -> bytes:
        """Send on what belongs to a message that was let through, and return the rest."""
        part = data[: self._skip]
        self._skip -= len(part)
        if part:
            self._send(part)
        return data[len(part) :]

    def _walk(self, data: bytes) -> None:
        place = sent = 0
        size = len(data)
        while size - place >= 5:
            kind, end = data[place], message_end(data, place)
            if end > size and not self._early(kind, end - place - 1, data, place):
                break
            outcome = self._decided(kind, data, place, end)
            if outcome is None:
                place = end
                continue
            if end > size:  # what is still to come of it would reach the server as messages
                raise ProtocolError("long")
            if place > sent:
                self._send(data[sent:place])
            place = sent = end
            if outcome is ...:
                self.held = True
                break
            self._send(outcome)
        self._rest(data, sent, place)

    def _rest(self, data: bytes, sent: int, place: int) -> None:
        """Send what was let through, and keep what is not yet whole."""
        size = len(data)
        if place > sent:
            self._send(data if sent == 0 and place >= size else data[sent:place])
        if place > size:
            self._skip = place - size
        elif place < size:
            rest = data[place:] if place else data
            # behind a held message there may be more that came with it
            kept = [rest, *self._parts]
            self._parts = kept
            self.waiting = sum(map(len, kept))

    def _early(self, kind: int, length: int, data: bytes, place: int) -> bool:
        """Return whether a message that is not whole can be decided on; else wait for more."""
        if kind in _STREAMED:
            if length > _STREAMED[kind]:
                raise ProtocolError("long")
            if kind != BIND:
                return True
            return self._names_of_bind(data, place, length)
        most = _SMALL.get(kind, self._longest)
        if length > most:
            raise ProtocolError("long")
        self._need = 1 + length
        return False

    def _names_of_bind(self, data: bytes, place: int, length: int) -> bool:
        first = data.find(0, place + 5)
        if first >= 0 and data.find(0, first + 1) >= 0 and length > self._longest:
            return True
        if length <= self._longest:
            self._need = 1 + length
        elif len(data) - place > 2 * NAMES:
            raise ProtocolError("name")
        return False

    def _decided(self, kind: int, data: bytes, place: int, end: int) -> Outcome:
        start = place + 5
        if kind == QUERY:
            if text_end(data, start, end) != end - 1:
                raise ProtocolError("text")
            return self._judge.query(data[start : end - 1])
        if kind == BIND:
            first = text_end(data, start, min(end, start + NAMES))
            second = text_end(data, first + 1, min(end, first + 1 + NAMES))
            rest = memoryview(data)[second + 1 : end]
            return self._judge.bind(data[start:first], data[first + 1 : second], rest)
        if kind == EXECUTE:
            first = text_end(data, start, end)
            if first + 5 != end:
                raise ProtocolError("length")
            return self._judge.named(kind, PORTAL, data[start:first], data[first + 1 : end])
        if kind == PARSE:
            return self._parse(data, start, end)
        return self._other(kind, data, start, end)

    def _other(self, kind: int, data: bytes, start: int, end: int) -> Outcome:
        if kind in (DESCRIBE, CLOSE):
            what = data[start] if end > start else 0
            if what not in (STATEMENT, PORTAL) or text_end(data, start + 1, end) != end - 1:
                raise ProtocolError("name")
            return self._judge.named(kind, what, data[start + 1 : end - 1], b"")
        if kind == CALL:
            if end - start < 8:
                raise ProtocolError("length")
            return self._judge.call(int.from_bytes(data[start : start + 4]))
        if kind not in _SMALL and kind not in (DATA, FAIL):
            raise ProtocolError("kind")
        if kind in _SMALL and end != start:
            raise ProtocolError("length")
        self._judge.passing(kind)
        return None

    def _parse(self, data: bytes, start: int, end: int) -> Outcome:
        first = text_end(data, start, end)
        second = text_end(data, first + 1, end)
        count = int.from_bytes(data[second + 1 : second + 3])
        if second + 3 + 4 * count != end or first - start > NAMES:
            raise ProtocolError("length")
        types = data[second + 1 : end]
        return self._judge.parse(data[start:first], data[first + 1 : second], types)
