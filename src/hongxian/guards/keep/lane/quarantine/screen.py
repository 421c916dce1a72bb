"""Stands before a session's reader of the server while more runs than the client asked for.

The lane adds statements of its own around a client's. A script says, in order, which answers are
the client's and which are not; it begins at a mark, a column that only its first statement has, so
that answers to what was asked before pass as they are.
"""

from __future__ import annotations

import secrets
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.guards.keep.lane import frames
from hongxian.guards.keep.lane.frames import HEAD, ProtocolError

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from hongxian.guards.keep.lane.back import Back

PARSED, BOUND, TOLD_TYPES, COLUMNS, ROW, COMPLETE, SUSPENDED, EMPTY, ERROR, READY = b"12tTDCsIEZ"
_PASSING = b"SA"
"""Parameters and notifications, which may come at any time."""
_ENDS = frozenset((COMPLETE, SUSPENDED, EMPTY))
_AS_EVER = ("25", "40", "53", "55P", "57", "58", "08", "XX")
"""Classes of errors that the client's own statement could have met as well: told as they are."""


@dataclass(slots=True)
class Part:
    """Answers that follow one another: ``show`` them, until one of the kinds in ``until``."""

    show: bool = False
    until: frozenset[int] = _ENDS
    tag: str = ""
    """What is told in place of answers; then nothing is waited for."""
    shift: int = 0
    """By how many characters a place in the text is told too far."""


@dataclass(slots=True)
class Script:
    """What comes from the server for one message of the client."""

    mark: bytes
    parts: deque[Part]
    refused: Callable[[dict[str, str]], dict[str, str]]
    """Words an error in what the lane added."""
    results: list[str] = field(default_factory=list)
    """Tags of what was shown."""
    rows: asyncio.Future[list[bytes]] | None = None
    """Takes the rows of a question of the lane's own: nothing of it is shown."""
    alone: bool = True
    """Whether nothing of the client's is before it that the server has not answered."""
    begun: bool = False
    _rows: list[bytes] = field(default_factory=list)

    def keep(self, body: bytes) -> None:
        """Keep a row."""
        self._rows.append(body)

    def answered(self) -> None:
        """Hand the rows over."""
        if self.rows is not None and not self.rows.done():
            self.rows.set_result(self._rows)

    def failed(self, why: str) -> None:
        """Tell whoever asked that there is no answer."""
        if self.rows is not None and not self.rows.done():
            self.rows.set_exception(ProtocolError(why))


def new_mark() -> bytes:
    """Return a name of a column that nothing else has."""
    return b"hongxian_" + secrets.token_hex(8).encode()


class Screen:
    """Reads what the server sends, in the place of a :class:`~..back.Back`, until scripts end.

    Args:
        real: reads what the client gets.
        gone: called when all scripts have ended.
        codec: tells the session's encoding.
    """

    def __init__(
        self, real: Back, gone: Callable[[], object], codec: Callable[[], str]
    ) -> None:  # fmt: skip
        """Begin where the other stands, which may be within a message."""
        self._real, self._gone, self._codec = real, gone, codec
        self._held, self._skip = real.handed()
        self._scripts: deque[Script] = deque()
        self._kept: list[bytes] = []
        """What came just before a mark, and may belong to it."""

    def add(self, script: Script) -> None:
        """Follow one more script, behind those that there are."""
        self._scripts.append(script)

    def feed(self, data: bytes) -> None:
        """Take bytes.

        Raises:
            ProtocolError: they are no messages of a server.
        """
        if self._skip:
            part, data = data[: self._skip], data[self._skip :]
            self._skip -= len(part)
            self._real.feed(part)
        data = self._held + data
        self._held = b""
        place, size = 0, len(data)
        while size - place >= 5 and self._scripts:
            kind, length = HEAD.unpack_from(data, place)
            end = place + 1 + length
            if length < 4:
                raise ProtocolError("length")
            if end > size:
                break
            self._one(kind, data[place:end])
            place = end
        self._held = data[place:]
        if not self._scripts:
            rest, self._held = self._held, b""
            self._gone()
            if rest:
                self._real.feed(rest)

    def _one(self, kind: int, message: bytes) -> None:
        script = self._scripts[0]
        if kind in _PASSING:
            self._real.feed(message)
        elif kind == ERROR:
            self._failed(script, message)
        elif not script.begun:
            self._before(script, kind, message)
        else:
            self._within(script, kind, message)

    def _before(self, script: Script, kind: int, message: bytes) -> None:
        """Look for the mark; what only leads to it is not the client's."""
        if kind == COLUMNS and script.mark in message:
            self._kept.clear()
            script.begun = True
            return
        if kind == PARSED and not self._kept:
            self._kept.append(message)
            return
        if kind == TOLD_TYPES and len(self._kept) == 1:
            self._kept.append(message)
            return
        self._release()
        if kind == PARSED:
            self._kept.append(message)
        else:
            self._real.feed(message)

    def _release(self) -> None:
        for one in self._kept:
            self._real.feed(one)
        self._kept.clear()

    def _within(self, script: Script, kind: int, message: bytes) -> None:
        part = script.parts[0]
        if kind == ROW and script.rows is not None:
            script.keep(message[5:])
        if part.show:
            if kind == COMPLETE:
                script.results.append(message[5:-1].decode("ascii", "replace"))
            self._real.feed(message)
        elif kind == READY and READY not in part.until:
            # nothing of the script can come any more
            self._ended("ready")
            self._real.feed(message)
            return
        if kind in part.until:
            script.parts.popleft()
            self._forward(script)

    def _forward(self, script: Script) -> None:
        """Tell what is told without an answer, and end what is at its end."""
        while script.parts and script.parts[0].tag:
            tag = script.parts.popleft().tag
            script.results.append(tag)
            self._real.feed(frames.message(b"C", tag.encode() + b"\0"))
        if not script.parts:
            script.answered()
            self._scripts.popleft()

    def _failed(self, script: Script, message: bytes) -> None:
        """Tell an error; the server passes over the rest."""
        self._release()
        fields = frames.read_error(message[5:])
        code = fields.get("C", "")
        script.results.append(f"error {code}")
        part = script.parts[0] if script.begun else None
        asked = script.rows is not None and (script.begun or script.alone)
        if not asked:
            if part is not None and not part.show and not code.startswith(_AS_EVER):
                message = frames.error(script.refused(fields), self._codec())
            elif part is not None and part.shift and fields.get("P", "").isdigit():
                message = _shifted(message, int(fields["P"]) - part.shift)
            self._real.feed(message)
        self._ended(code, but_ready=asked)

    def _ended(self, why: str, *, but_ready: bool = False) -> None:
        """End all scripts; a question's ReadyForQuery is still to come, and is not shown."""
        for one in self._scripts:
            one.failed(why)
        self._scripts.clear()
        if but_ready:
            part = Part(until=frozenset((READY,)))
            self._scripts.append(Script(b"", deque((part,)), dict, begun=True))


def _shifted(message: bytes, place: int) -> bytes:
    """Return an error that tells another place in the text."""
    fields = [b"P%d" % max(place, 1) if one[:1] == b"P" else one
              for one in message[5:].rstrip(b"\0").split(b"\0")]  # fmt: skip
    return frames.message(b"E", b"\0".join(fields) + b"\0\0")
