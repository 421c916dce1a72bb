"""Reads what a server answers to a command, and sends it on; knows when the answer has ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.guards.keep.lane.frames import ProtocolError
from hongxian.guards.keep.lane.mysql import frames
from hongxian.guards.keep.lane.mysql.frames import EOF, ERR, HEAD, LOCAL_FILE, MOST, OK

if TYPE_CHECKING:
    from collections.abc import Callable

LARGEST = 1 << 20
"""Bytes of a packet that is looked into."""

RESULT, SINGLE, PREPARED, FIELDS, ROWS, TEXT, PROOF = range(1, 8)
"""What is waited for: results; one packet (OK, EOF or error); a prepared statement; descriptions up
to EOF; rows; one packet of any kind; the same, while a client proves who it is."""
_LARGE = -2
"""Stands for the first byte of a packet that is not looked into; it ends nothing."""
_DEFINED = 8
"""Descriptions of columns, so many."""
_MARK = 9
"""The EOF behind descriptions, for old clients."""


@dataclass(slots=True)
class Ended:
    """How an answer ended."""

    error: int = 0
    """Number of the error, 0 without one."""
    status: int = 0
    changed: int = 0
    """Rows that the last statement changed."""
    statement: int = 0
    """Number of a statement that was prepared."""
    parameters: int = 0
    body: bytes = b""
    """What was said while a client proves who it is."""


class Answers:
    """Takes a server's bytes apart.

    Args:
        send: takes what goes on to the client.
        ended: told how an answer ended, once all of it was sent on.
    """

    def __init__(
        self, send: Callable[[bytes], object], ended: Callable[[Ended], object]
    ) -> None:  # fmt: skip
        """Wait for nothing yet."""
        self._send, self._ended = send, ended
        self.short = False
        """Whether EOF is left out, as the client asked (``CLIENT_DEPRECATE_EOF``)."""
        self.kept: list[bytes] | None = None
        """Bodies of an answer that is ours and not sent on."""
        self.number = 0
        """Number of the last packet."""
        self._phase = self._left = self._skip = 0
        self._then: list[tuple[int, int]] = []
        self._held = b""
        self._goes_on = False
        self._so_far = Ended()

    @property
    def busy(self) -> bool:
        """Whether an answer is waited for."""
        return self._phase != 0

    def expect(self, phase: int) -> None:
        """Wait for an answer."""
        self._phase, self._so_far = phase, Ended()

    def feed(self, data: bytes) -> None:
        """Take bytes.

        Raises:
            ProtocolError: they are no answer to what was asked.
        """
        if self._held:
            data, self._held = self._held + data, b""
        place, size = min(self._skip, len(data)), len(data)
        self._skip -= place
        over: Ended | None = None
        while size - place > HEAD or (
            size - place == HEAD and data[place : place + 3] == b"\0\0\0"
        ):
            length = int.from_bytes(data[place : place + 3], "little")
            end = place + HEAD + length
            first = data[place + HEAD] if length else -1
            if self._whole(first, length) and end > size:
                break
            self.number = data[place + 3]
            if over is not None:
                raise ProtocolError("answer")
            body = data[place + HEAD : end]
            if self._goes_on:
                self._goes_on = length == MOST
            else:
                self._goes_on = length == MOST
                over = self._seen(first if length <= LARGEST else _LARGE, body)
            if self.kept is not None:
                self.kept.append(body)
            place = end
        self._rest(data, place, size)
        if over is not None:
            self._phase = 0
            self._ended(over)

    def _rest(self, data: bytes, place: int, size: int) -> None:
        """Send on what was read, and keep what is not yet whole."""
        if place > size:
            self._skip += place - size
            place = size
        if place and self.kept is None:
            self._send(data if place == size else data[:place])
        self._held = data[place:]

    def _whole(self, first: int, length: int) -> bool:
        """Return whether a packet is looked into; all others are sent on as they come."""
        if self._goes_on:
            return False
        if self.kept is not None:
            return True
        rows = self._phase in (ROWS, _DEFINED, FIELDS)
        return length <= LARGEST and (not rows or first in (EOF, ERR))

    def _seen(self, first: int, body: bytes) -> Ended | None:
        """Look at the beginning of a packet; return how the answer ended, if it has."""
        if self._phase == PROOF:
            self._so_far.body = body
        if first == ERR and self._phase not in (TEXT, _DEFINED):
            return self._failed(body)
        see = _SEEN.get(self._phase)
        if see is None:
            raise ProtocolError("answer")
        return see(self, first, body)

    def _any(self, first: int, body: bytes) -> Ended:
        """One packet is all."""
        del first, body
        return self._so_far

    def _defined(self, first: int, body: bytes) -> Ended | None:
        del first, body
        self._left -= 1
        return None if self._left else self._next()

    def _failed(self, body: bytes) -> Ended:
        self._so_far.error = frames.error_number(body)
        return self._so_far  # also when nobody asked: a server says so before it ends a session

    def _single(self, first: int, body: bytes) -> Ended | None:
        if first not in (OK, EOF):
            raise ProtocolError("answer")
        return self._ok(body) if first == OK or len(body) > 5 else self._eof(body)

    def _ok(self, body: bytes) -> Ended | None:
        self._so_far.changed, _ = frames.length_at(body, 1)
        return self._closing(frames.status_of(body, plain_eof=False))

    def _eof(self, body: bytes) -> Ended | None:
        return self._closing(frames.status_of(body, plain_eof=True))

    def _closing(self, status: int) -> Ended | None:
        self._so_far.status = status
        if status & frames.MORE_RESULTS and self._phase in (RESULT, ROWS, _MARK):
            self._phase = RESULT
            return None
        return self._so_far

    def _result(self, first: int, body: bytes) -> Ended | None:
        if first == OK:
            return self._ok(body)
        if first in (LOCAL_FILE, EOF, -1, _LARGE):  # never offered to the server
            raise ProtocolError("file")
        self._left, end = frames.length_at(body, 0)
        if end != len(body):
            raise ProtocolError("answer")
        self._phase = _DEFINED
        self._then = [] if self.short else [(_MARK, 0)]
        self._then.append((ROWS, 0))
        return None

    def _next(self) -> Ended | None:
        """Go on to what follows; return that nothing does."""
        if not self._then:
            return self._so_far
        self._phase, self._left = self._then.pop(0)
        return None

    def _mark(self, first: int, body: bytes) -> Ended | None:
        if first != EOF or len(body) < 5:
            raise ProtocolError("answer")
        status = frames.status_of(body, plain_eof=True)
        if status & frames.CURSOR and self._then == [(ROWS, 0)]:
            return self._closing(status)  # rows come when they are fetched
        self._so_far.status = status
        return self._next()

    def _end_of_rows(self, first: int, body: bytes) -> Ended | None:
        """Return the end, if a packet among rows is it: a row never begins so."""
        if first != EOF or (not self.short and len(body) > 8):
            return None
        return self._ok(body) if self.short and len(body) > 5 else self._eof(body)

    def _prepared(self, first: int, body: bytes) -> Ended | None:
        if first != OK or len(body) < 12:
            raise ProtocolError("answer")
        so_far = self._so_far
        so_far.statement = int.from_bytes(body[1:5], "little")
        columns = int.from_bytes(body[5:7], "little")
        so_far.parameters = int.from_bytes(body[7:9], "little")
        self._then = []
        for count in (so_far.parameters, columns):
            if count:
                self._then.append((_DEFINED, count))
                if not self.short:
                    self._then.append((_MARK, 0))
        return self._next()


_SEEN: dict[int, Callable[[Answers, int, bytes], Ended | None]] = {
    RESULT: Answers._result, SINGLE: Answers._single, PREPARED: Answers._prepared,  # noqa: SLF001
    FIELDS: Answers._end_of_rows, ROWS: Answers._end_of_rows, TEXT: Answers._any,  # noqa: SLF001
    PROOF: Answers._any, _DEFINED: Answers._defined, _MARK: Answers._mark,  # noqa: SLF001
}  # fmt: skip
"""What is waited for -> who looks at a packet."""
