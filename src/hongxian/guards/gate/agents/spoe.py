"""The agent that HAProxy asks by SPOE: about each request with its body, and about its answer.

HAProxy sends two messages, as ``docs/gate/spoe-hongxian.conf`` says: :data:`REQUEST` and, with the
name that it was told then, :data:`ANSWER`. It is told what to do in variables.
"""

from __future__ import annotations

import asyncio
import socket
from math import inf
from time import time
from typing import TYPE_CHECKING, Any, ClassVar

from hongxian.guards.gate.agents.held import CLOSED, Held
from hongxian.guards.gate.agents.spop import SpopError, header_pairs, set_vars
from hongxian.guards.gate.agents.spop_session import Session
from hongxian.guards.gate.agents.verdict import Question, Verdict, verdict
from hongxian.guards.gate.exchange.parts import Answer, Request, value
from hongxian.guards.gate.live.heads import HeadError
from hongxian.guards.gate.live.host import ConnectionHost
from hongxian.guards.gate.live.pieces import in_pieces
from hongxian.guards.gate.live.upstream import BODILESS
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongxian.guards.gate.agents.spop import Message, Value
    from hongxian.guards.gate.agents.spop_session import Notify
    from hongxian.guards.gate.exchange.parts import Headers
    from hongxian.guards.gate.live.settings import LiveSettings

REQUEST, ANSWER = "gate-request", "gate-answer"
"""Messages that are understood; all others are answered without a word."""
BESIDE_BODY = 1 << 16
"""Bytes of a frame besides a body that is read whole."""
MOST_PENDING = 1_000
"""Questions of one connection that wait for an answer; more are not read meanwhile."""


class SpoeAgent(ConnectionHost):
    """Answers questions of HAProxy."""

    needs: ClassVar[tuple[str, ...]] = ("listen",)

    def __init__(self, *told: Any, **more: Any) -> None:
        """Make everything ready; nothing is listened to yet."""
        self.held = Held(self.note)
        super().__init__(*told, **more)

    @classmethod
    def check(cls, settings: LiveSettings) -> None:
        """Refuse several workers: who was asked about a request must be asked about its answer.

        Raises:
            HongxianError: the policy wants several.
        """
        if settings.workers > 1:
            raise WordedError("gate_one_worker", settings.path)

    def client(self, *, secure: bool) -> Callable[[], SpoeConnection]:
        """Return what makes a protocol for each new connection."""
        del secure
        return lambda: SpoeConnection(self)

    def sweep(self, now: float) -> None:
        """End what is over its time, and wait no longer for answers that do not come."""
        super().sweep(now)
        self.held.sweep(now)

    def stop(self) -> None:
        """End everything."""
        self.held.clear()
        super().stop()

    def asked(self, message: Message, size: int, then: Callable[[Verdict, str], None]) -> None:
        """Judge a request, and go on with what is to be done and the name it has from now on.

        Args:
            message: what HAProxy tells.
            size: bytes of a frame that were agreed on.
            then: goes on.
        """
        request, whole = request_of(message, size)
        question = Question(self, request.method, self.clock())
        ruling = question.ruling = self.judge.question(request)
        if not whole and not ruling.reason:
            self.judge.fail(ruling, "large")

        def decided() -> None:
            if ruling.passes:
                then(verdict(ruling, 0), self.held.add(question))
                return
            question.status = self.refusals.asked(ruling).status
            self.note(question)
            then(verdict(ruling, question.status), "")

        if ruling.question is None or not ruling.passes:
            decided()
        else:
            self.decide(ruling, decided)

    def answered(self, message: Message, size: int) -> Verdict | None:
        """Judge an answer; ``None`` when nothing was asked about its request."""
        name = _text(message, "id")
        question = self.held.take(name)
        if question is None or question.ruling is None:
            return self._unknown(name) if name else None
        ruling, judge = question.ruling, self.judge
        answer, whole = answer_of(message, size)
        before = ruling.reason
        if (
            question.method == "HEAD"
            or answer.status in BODILESS
            or not judge.reads(answer.headers)
        ):
            answer.body, whole = b"", True
        if in_pieces(answer.headers) and not value(answer.headers, b"content-length"):
            judge.fail(ruling, "stream")
        elif whole:
            judge.answer(ruling, answer)
        else:
            judge.fail(ruling, "large")
        question.status = answer.status
        told = verdict(ruling, 0)
        if not ruling.passes:
            question.status = self.refusals.answered(ruling, before).status
            told = verdict(ruling, question.status)
        elif ruling.masked:
            told = Verdict(action="mask", advised="mask", reason=told.reason or "mask", status=0)
        self.note(question)
        return told

    def _unknown(self, name: str) -> Verdict:
        """Return what is done with the answer to a request that is not known any more."""
        stop = name.startswith(CLOSED) and self.gate.policy.mode == "enforce"
        action = "block" if stop else "allow"
        status = 502 if stop else 0
        self.metrics.add("unjudged")
        return Verdict(action=action, advised=action, reason="unreadable_state", status=status)


class SpoeConnection(asyncio.Protocol):
    """A connection of HAProxy.

    Args:
        agent: what all connections share.
    """

    def __init__(self, agent: SpoeAgent) -> None:
        """Wait to be connected."""
        self.agent = agent
        self.session = Session(agent.limits.request + BESIDE_BODY)
        self.transport: Any = None
        self.peer = ""
        self.deadline = inf
        self._due = 0
        self._paused = self._closed = False

    def connection_made(self, transport: Any) -> None:
        """Begin, unless there are too many."""
        self.transport = transport
        name = transport.get_extra_info("peername")
        self.peer = name[0] if isinstance(name, tuple) else ""
        own = transport.get_extra_info("socket")
        if own is not None:
            own.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        self.deadline = self.agent.clock() + self.agent.limits.head_time
        if not self.agent.opened(self):
            transport.abort()

    def connection_lost(self, error: Exception | None) -> None:
        """Forget the connection."""
        del error
        self._closed = True
        self.agent.closed(self)

    def data_received(self, data: bytes) -> None:
        """Read frames, and answer them."""
        for notify in self.session.feed(data):
            self._due += 1
            try:
                self._notified(notify)
            except SpopError as error:
                self.session.end(error.status, error.message)
        if self.session.status:
            self.agent.rejected(self, HeadError(self.session.status, "spop"))
        self._send()
        limits = self.agent.limits
        waits = limits.body_time if self.session.greeted else limits.head_time
        self.deadline = self.agent.clock() + waits if self.session.waits else inf
        if self._due > MOST_PENDING and not self._paused and not self._closed:
            self._paused = True
            self.transport.pause_reading()

    def _notified(self, notify: Notify) -> None:
        """Judge what is told, and answer when that is decided."""
        told: dict[str, Value] = {}
        for message in notify.messages:
            if message.name == REQUEST:

                def decided(said: Verdict, name: str) -> None:
                    self._answer(notify, {**variables(said), "id": name})

                self.agent.asked(message, self.session.size, decided)
                return
            if message.name == ANSWER:
                said = self.agent.answered(message, self.session.size)
                told = variables(said) if said is not None else {}
        self._answer(notify, told)

    def _answer(self, notify: Notify, told: dict[str, Value]) -> None:
        self._due -= 1
        self.session.answer(notify, set_vars(told))
        self._send()
        if self._paused and self._due < MOST_PENDING and not self._closed:
            self._paused = False
            self.transport.resume_reading()

    def _send(self) -> None:
        data = self.session.taken()
        if self._closed:
            return
        if data:
            self.transport.write(data)
        if self.session.ended or (self.agent.draining and not self._due):
            self._closed = True
            self.transport.close()

    def due(self, now: float) -> bool:
        """Return whether a deadline is over."""
        return now > self.deadline

    def expired(self, now: float) -> None:
        """End a connection on which a frame does not become whole."""
        del now
        self.session.end(2, "timeout")
        self._send()

    def drain(self) -> None:
        """End when nothing is being answered; HAProxy opens another, or fails as configured."""
        if not self._due:
            self.session.end(0, "normal")
            self._send()


def variables(said: Verdict) -> dict[str, Value]:
    """Return variables of HAProxy, without their prefix."""
    return {
        "action": said.action, "advised": said.advised, "reason": said.reason,
        "status": said.status,
    }  # fmt: skip


def request_of(message: Message, size: int) -> tuple[Request, bool]:
    """Return the request that a message tells, and whether its body is whole.

    Args:
        message: the message.
        size: bytes of a frame that were agreed on.

    Raises:
        SpopError: something is missing.
    """
    headers, body = _parts(message)
    method, target = _text(message, "method"), _text(message, "target")
    if not method or not target:
        raise SpopError(4, "method or target not found")
    request = Request(
        method=method, target=target, headers=headers, body=body, peer=_text(message, "src"),
        secure=message.values.get("ssl") is True, at=time(),
    )  # fmt: skip
    return request, _whole(message, headers, body, size)


def answer_of(message: Message, size: int) -> tuple[Answer, bool]:
    """Return the answer that a message tells, and whether its body is whole.

    Raises:
        SpopError: something is missing.
    """
    headers, body = _parts(message)
    status = message.values.get("status")
    if isinstance(status, bool) or not isinstance(status, int):
        raise SpopError(4, "status not found")
    answer = Answer(status=status, headers=headers, body=body)
    return answer, _whole(message, headers, body, size)


def _parts(message: Message) -> tuple[Headers, bytes]:
    block, body = message.values.get("headers"), message.values.get("body")
    if not isinstance(block, bytes):
        raise SpopError(4, "headers not found")
    return header_pairs(block), body if isinstance(body, bytes) else b""


def _text(message: Message, name: str) -> str:
    found = message.values.get(name)
    return found if isinstance(found, str) else ""


def _whole(message: Message, headers: Headers, body: bytes, size: int) -> bool:
    """Return whether a body is whole: HAProxy sends what its buffer holds, and tells no more.

    Where no length is announced, one that fills half of a frame counts as cut off.
    """
    announced = value(headers, b"content-length")
    if announced:
        told = message.values.get("size")
        least = told if isinstance(told, int) else 0
        return len(body) >= max(least, int(announced) if announced.isdigit() else 0)
    return len(body) < size // 2
