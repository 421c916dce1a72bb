"""Answers that never end, such as events: judged and masked line by line as they come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.guards.gate.exchange.parts import Answer, coding_of, kind_of

if TYPE_CHECKING:
    from hongxian.guards.gate.exchange.judge import Judge
    from hongxian.guards.gate.exchange.parts import Headers
    from hongxian.guards.gate.exchange.ruling import Ruling

KINDS = (b"text/event-stream", b"application/x-ndjson", b"application/stream+json")
"""Types whose lines stand for themselves."""
_known: dict[bytes, bool] = {}
_MOST_KINDS = 1_000
"""Types that are known again."""


class StoppedError(Exception):
    """An answer goes no further: what came is not to be given, or cannot be judged."""


class Pieces:
    """Judges the lines of one answer.

    Args:
        judge: who judges.
        ruling: what was decided on the request.
        status: of the answer.
        headers: of the answer.
    """

    __slots__ = ("_headers", "_held", "_judge", "_ruling", "_status")

    def __init__(self, judge: Judge, ruling: Ruling, status: int, headers: Headers) -> None:
        """Hold nothing yet."""
        self._judge, self._ruling, self._status, self._headers = judge, ruling, status, headers
        self._held = b""

    def feed(self, data: bytes) -> bytes:
        """Return the lines that are whole, masked where that is decided.

        Raises:
            StoppedError: nothing more is to be given.
        """
        data = self._held + data
        end = data.rfind(b"\n") + 1
        self._held = data[end:]
        if len(self._held) > self._judge.settings.most_answer:
            self._passes(self._judge.fail(self._ruling, "large"))
            held, self._held = self._held, b""
            return (self._judged(data[:end]) if end else b"") + held
        return self._judged(data[:end]) if end else b""

    def rest(self) -> bytes:
        """Return what is left at the end.

        Raises:
            StoppedError: it is not to be given.
        """
        return self._judged(self._held) if self._held else b""

    def _judged(self, text: bytes) -> bytes:
        answer = Answer(status=self._status, headers=self._headers, body=text)
        ruling = self._judge.answer(self._ruling, answer)
        self._passes(ruling)
        body, ruling.body = ruling.body, None
        return text if body is None else body

    @staticmethod
    def _passes(ruling: Ruling) -> None:
        if not ruling.passes:
            raise StoppedError


def in_pieces(headers: Headers) -> bool:
    """Return whether an answer is one of lines, in no coding."""
    known, kind = _known, kind_of(headers)
    found = known.get(kind)
    if found is None:
        if len(known) >= _MOST_KINDS:
            known.clear()
        found = known[kind] = _is_of_pieces(kind.lower())
    return found and not coding_of(headers)


def _is_of_pieces(kind: bytes) -> bool:
    return any(one in kind for one in KINDS)
