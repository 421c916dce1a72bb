"""The agent that nginx asks by ``auth_request``: about each request, without its body.

A question is a request of its own, whose headers are those of the client; four more, which the
proxy must set, tell what they cannot: :data:`TOLD`. The answer is 204, or the status with which the
client is to be refused.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import replace
from math import inf
from time import time
from typing import TYPE_CHECKING, Any, ClassVar

from hongxian.guards.gate.agents.verdict import Question, Verdict, verdict
from hongxian.guards.gate.exchange.callers import is_address
from hongxian.guards.gate.exchange.parts import Request, values
from hongxian.guards.gate.live.heads import HeadError, RequestReader
from hongxian.guards.gate.live.host import ConnectionHost
from hongxian.guards.gate.live.refusals import Refusal, refusal, refusal_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongxian.guards.gate.exchange.parts import Headers
    from hongxian.guards.gate.live.heads import RequestHead
    from hongxian.guards.gate.live.settings import LiveSettings

TOLD = (b"x-original-method", b"x-original-uri", b"x-original-address", b"x-original-scheme")
"""Headers by which the proxy tells method, path with query, client and scheme."""
MOST_PENDING = 100
"""Questions of one connection that wait for an answer; more are not read meanwhile."""
PLAIN = "/?refuse="
"""Target of a proxy that knows few statuses: how all refusals are answered stands behind it."""


class AuthRequestAgent(ConnectionHost):
    """Answers questions about requests."""

    needs: ClassVar[tuple[str, ...]] = ("listen",)

    def adopt(self, settings: LiveSettings) -> None:
        """Go by other settings from now on; what is remembered stays."""
        super().adopt(settings)
        self.reader = RequestReader(settings.limits.headers)

    def client(self, *, secure: bool) -> Callable[[], AuthRequest]:
        """Return what makes a protocol for each new connection."""
        del secure
        return lambda: AuthRequest(self)


class AuthRequest(asyncio.Protocol):
    """A connection of a proxy: questions one after the other, answered in their order.

    Args:
        agent: what all connections share.
    """

    def __init__(self, agent: AuthRequestAgent) -> None:
        """Wait to be connected."""
        self.agent = agent
        self.transport: Any = None
        self.peer = ""
        self.deadline = inf
        self._held = b""
        self._due: deque[list[bytes]] = deque()
        self._ended = self._paused = False

    def connection_made(self, transport: Any) -> None:
        """Begin, unless there are too many."""
        self.transport = transport
        name = transport.get_extra_info("peername")
        self.peer = name[0] if isinstance(name, tuple) else ""
        self._wait(self.agent.limits.head_time)
        if not self.agent.opened(self):
            self._reject(HeadError(503, "connections"))

    def connection_lost(self, error: Exception | None) -> None:
        """Forget the connection."""
        del error
        self._ended = True
        self.agent.closed(self)

    def data_received(self, data: bytes) -> None:
        """Read questions."""
        self._held += data
        try:
            while not self._ended and len(self._due) < MOST_PENDING and self._read():
                pass
        except HeadError as error:
            self._reject(error)
        if len(self._due) >= MOST_PENDING and not self._paused and not self._ended:
            self._paused = True
            self.transport.pause_reading()

    def _read(self) -> bool:
        """Take a question if it is whole."""
        end = self._held.find(b"\r\n\r\n")
        most = self.agent.limits.head
        if end > most or (end < 0 and len(self._held) > most):
            raise HeadError(431, "large_head")
        if end < 0:
            self._wait(self.agent.limits.head_time if self._held else self.agent.limits.idle)
            return False
        head = self.agent.reader.read(self._held[: end + 4])
        if head.length:
            raise HeadError(413, "body")
        self._held = self._held[end + 4 :]
        self._ask(head)
        return True

    def _ask(self, head: RequestHead) -> None:
        """Judge what is asked, and answer when that is decided."""
        agent = self.agent
        request, plain = asked(head)
        question = Question(agent, request.method, agent.clock())
        ruling = question.ruling = agent.judge.question(request)
        answer: list[bytes] = []
        self._due.append(answer)

        def decided() -> None:
            told = agent.refusals.asked(ruling) if not ruling.passes else Refusal(status=204)
            question.status = told.status
            said = verdict(ruling, told.status)
            answer.append(answer_bytes(said, told, plain, keep=head.keep and not agent.draining))
            agent.note(question)
            self._flush(keep=head.keep)

        if ruling.question is None or not ruling.passes:
            decided()
        else:
            agent.decide(ruling, decided)

    def _flush(self, *, keep: bool) -> None:
        """Send answers that are there, up to the first that is not."""
        while self._due and self._due[0] and not self._ended:
            self.transport.write(self._due.popleft()[0])
        if self._ended:
            return
        if not self._due and (not keep or self.agent.draining):
            self._end()
        elif self._paused and len(self._due) < MOST_PENDING:
            self._paused = False
            self.transport.resume_reading()
            asyncio.get_running_loop().call_soon(self.data_received, b"")

    def _reject(self, error: HeadError) -> None:
        """Refuse what is no question, and end the connection."""
        self.agent.rejected(self, error)
        self.transport.write(refusal_bytes(refusal(error.status, error.reason), keep=False))
        self._end()

    def _end(self) -> None:
        self._ended = True
        self.transport.close()

    def _wait(self, seconds: float) -> None:
        self.deadline = self.agent.clock() + seconds

    def due(self, now: float) -> bool:
        """Return whether a deadline is over."""
        return now > self.deadline and not self._due

    def expired(self, now: float) -> None:
        """End a connection on which nothing comes."""
        del now
        if self._held and not self._ended:
            self._reject(HeadError(408, "head_time"))
        else:
            self._end()

    def drain(self) -> None:
        """End when nothing is being answered."""
        if not self._due:
            self._end()


def asked(head: RequestHead) -> tuple[Request, int]:
    """Return the request that is asked about, and the status of all refusals if there is but one.

    Raises:
        HeadError: the proxy does not tell what it must.
    """
    method, target, address, scheme = (_one(head.headers, name) for name in TOLD)
    if not is_address(address):
        address = ""
    headers = [pair for pair in head.headers if pair[0] not in TOLD]
    plain = head.target.removeprefix(PLAIN) if head.target.startswith(PLAIN) else ""
    if plain not in ("", "401", "403"):
        raise HeadError(400, "refuse")
    request = Request(
        method=method, target=target, headers=headers, peer=address, secure=scheme == "https",
        at=time(),
    )  # fmt: skip
    return request, int(plain or 0)


def _one(headers: Headers, name: bytes) -> str:
    told = values(headers, name)
    if len(told) != 1 or not told[0]:
        raise HeadError(400, name.decode("ascii").replace("-", "_"))
    return told[0].decode("latin-1")


def answer_bytes(said: Verdict, told: Refusal, plain: int, *, keep: bool) -> bytes:
    """Return the answer to a question.

    Args:
        said: what is to be done.
        told: what the client is to be answered.
        plain: status of all refusals; 0 when each has its own.
        keep: whether the connection goes on.
    """
    status = plain if plain and said.status else told.status
    more = [
        (f"x-gate-{name}".encode(), text.encode("ascii"))
        for name, text in (
            ("action", said.action), ("advised", said.advised), ("reason", said.reason),
            ("status", str(said.status or "")),
        ) if text
    ]  # fmt: skip
    made = replace(told, status=status, headers=(*told.headers, *more))
    return refusal_bytes(made, keep=keep)
