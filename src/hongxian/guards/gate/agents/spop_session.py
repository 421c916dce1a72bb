"""A connection of HAProxy as SPOP has it: greeting, questions, the end. Bytes in, bytes out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hongxian.guards.gate.agents import spop
from hongxian.guards.gate.agents.spop import Frame, Message, SpopError

LEAST_SIZE = 256
"""Bytes of a frame that everybody must take."""
_LEAST_FRAME = 7
_LENGTH = 4
_OURS = re.compile(r"\s*2\.\d+\s*")


@dataclass(frozen=True, slots=True)
class Notify:
    """A question: what is told, and by which numbers it is answered."""

    stream: int
    number: int
    messages: list[Message]


class Session:
    """What was agreed with HAProxy, and what is to be sent to it.

    Args:
        most: bytes of a frame that are taken.
    """

    def __init__(self, most: int) -> None:
        """Wait for the greeting."""
        self.size = most
        """Bytes of a frame that both sides take."""
        self.greeted = False
        self.ended = False
        """Whether the connection is to be closed once all is sent."""
        self.status = spop.NORMAL
        """Why it ended."""
        self.out = bytearray()
        """What is to be sent."""
        self._held = bytearray()

    @property
    def waits(self) -> bool:
        """Whether the greeting is due, or a frame has begun."""
        return not self.greeted or bool(self._held)

    def feed(self, data: bytes) -> list[Notify]:
        """Take bytes; return the questions that are whole."""
        found: list[Notify] = []
        self._held += data
        at = 0
        try:
            while not self.ended:
                frame = self._frame(at)
                if frame is None:
                    break
                at += _LENGTH + len(frame)
                self._take(spop.read_frame(frame), found)
        except SpopError as error:
            self.end(error.status, error.message)
        del self._held[: len(self._held) if self.ended else at]
        return found

    def _frame(self, at: int) -> bytes | None:
        """Return the frame that begins at a place, if it is whole.

        Raises:
            SpopError: it cannot be one.
        """
        start = at + _LENGTH
        if len(self._held) < start:
            return None
        size = int.from_bytes(self._held[at:start])
        if size > self.size:
            raise SpopError(spop.TOO_BIG, "frame is too big")
        if size < _LEAST_FRAME:
            raise SpopError(spop.INVALID, "frame is too small")
        return bytes(self._held[start : start + size]) if len(self._held) >= start + size else None

    def _take(self, frame: Frame, found: list[Notify]) -> None:
        if frame.kind == spop.UNSET or not frame.flags & spop.FIN:
            raise SpopError(spop.FRAGMENTED, "fragmentation is not supported")
        if not self.greeted:
            self._greet(frame)
        elif frame.kind == spop.NOTIFY:
            found.append(Notify(frame.stream, frame.number, spop.messages(frame.payload)))
        elif frame.kind == spop.HAPROXY_DISCONNECT:
            spop.key_values(frame.payload)
            self.end(spop.NORMAL, "normal")
        elif frame.kind == spop.HAPROXY_HELLO:
            raise SpopError(spop.INVALID, "greeted twice")

    def _greet(self, frame: Frame) -> None:
        if frame.kind == spop.HAPROXY_DISCONNECT:
            self.end(spop.NORMAL, "normal")
            return
        if frame.kind != spop.HAPROXY_HELLO or frame.stream or frame.number:
            raise SpopError(spop.INVALID, "greeting expected")
        told = spop.key_values(frame.payload)
        versions, size = told.get("supported-versions"), told.get("max-frame-size")
        if not isinstance(versions, str):
            raise SpopError(spop.NO_VERSION, "version not found")
        if isinstance(size, bool) or not isinstance(size, int):
            raise SpopError(spop.NO_SIZE, "max-frame-size not found")
        if not isinstance(told.get("capabilities"), str):
            raise SpopError(spop.NO_CAPABILITIES, "capabilities not found")
        if not any(_OURS.fullmatch(one) for one in versions.split(",")):
            raise SpopError(spop.BAD_VERSION, "unsupported version")
        if size < LEAST_SIZE:
            raise SpopError(spop.BAD_SIZE, "max-frame-size too small")
        self.size = min(self.size, size)
        self.greeted = True
        payload = spop.pairs({
            "version": "2.0", "max-frame-size": self.size, "capabilities": "pipelining"
        })  # fmt: skip
        self.out += spop.frame_bytes(spop.AGENT_HELLO, payload)
        self.ended = told.get("healthcheck") is True

    def answer(self, notify: Notify, actions: bytes) -> None:
        """Answer a question."""
        if not self.ended:
            self.out += spop.frame_bytes(spop.ACK, actions, notify.stream, notify.number)

    def end(self, status: int, message: str) -> None:
        """Say that the connection ends, and why."""
        payload = spop.pairs({"status-code": status, "message": message})
        self.out += spop.frame_bytes(spop.AGENT_DISCONNECT, payload)
        self.status, self.ended = status, True

    def taken(self) -> bytes:
        """Return what is to be sent, once."""
        data = bytes(self.out)
        self.out.clear()
        return data
