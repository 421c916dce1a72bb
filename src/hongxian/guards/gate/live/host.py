"""What every live host has: the judge by its policy, counts, the log, and its connections."""

from __future__ import annotations

import asyncio
import time
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from hongxian.guards.gate.core import Gate
from hongxian.guards.gate.exchange.judge import Judge

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongxian.guards.gate.exchange.ruling import Ruling
    from hongxian.guards.gate.live.heads import HeadError
    from hongxian.guards.gate.live.log import Log
    from hongxian.guards.gate.live.metrics import Metrics
    from hongxian.guards.gate.live.settings import LiveSettings
    from hongxian.guards.gate.live.shared import Shared

SWEEP = 0.5
"""Seconds between two looks at deadlines."""


class Noted(Protocol):
    """A request that is done, as counts and log take it."""

    ruling: Ruling | None
    log_reason: str
    method: str
    since: float

    @property
    def worker(self) -> Host:
        """The host that it came to."""

    @property
    def status(self) -> int:
        """Status that was answered; 0 when that is not known."""


class Connection(Protocol):
    """A connection that a host keeps."""

    transport: Any
    peer: str

    def due(self, now: float) -> bool:
        """Return whether a deadline is over."""

    def expired(self, now: float) -> None:
        """End what did not come in time."""

    def drain(self) -> None:
        """End when nothing is being answered."""


class Host:
    """Judges requests that something brings, and notes them.

    Args:
        settings: what the policy says.
        secret: what identifiers are hashed with.
        metrics: where it counts.
        log: where it tells what it did.
        shared: the state that several processes share, if they do.
    """

    needs: ClassVar[tuple[str, ...]] = ()
    """Tables that its policy must have."""

    def __init__(
        self, settings: LiveSettings, secret: bytes, metrics: Metrics, log: Log,
        shared: Shared | None = None,
    ) -> None:  # fmt: skip
        """Make everything ready."""
        self.clock: Callable[[], float] = time.monotonic
        self.now: Callable[[], float] = time.time
        self.metrics, self.log, self.shared = metrics, log, shared
        self.gate: Gate
        self.judge: Judge
        self._secret = secret
        self.adopt(settings)

    def adopt(self, settings: LiveSettings) -> None:
        """Go by other settings from now on; what is remembered stays, requests go on by the old."""
        old: Gate | None = getattr(self, "gate", None)
        self.settings, self.limits = settings, settings.limits
        self.refusals = settings.refusals
        self.gate = Gate(settings.gate, self._secret)
        if old is not None and old.policy.windows == settings.gate.windows:
            self.gate.state = old.state
        if self.shared is not None:
            self.shared.gate = self.gate
        tell = self.shared.tell if self.shared is not None else None
        self.judge = Judge(settings.exchange(), self.gate, tell)

    def decide(self, ruling: Ruling, then: Callable[[], None]) -> None:
        """Decide on a request, here or with all processes, and go on."""
        question = ruling.question
        if question is None:
            then()
        elif self.shared is None:
            try:
                self.judge.decide(ruling, self.gate.count(question))
            except Exception:  # noqa: BLE001 - a fault of ours is no reason to let anything through
                self.judge.fail(ruling, "error")
            then()
        else:
            self.shared.ask(self.judge, ruling, then)

    def note(self, done: Noted) -> None:
        """Note a request that is done."""
        self.noted(done, done.ruling, done.status, done.log_reason, done.since)

    def noted(
        self, done: Noted, ruling: Ruling | None, status: int, reason: str, since: float
    ) -> None:
        """Note a request that is done, of which all is known."""
        metrics = self.metrics
        metrics.add("requests")
        if status:
            metrics.status(status)
        metrics.took(self.clock() - since)
        if ruling is None:
            if reason:
                self.log.failed(done)
            return
        if ruling.masked:
            metrics.add("masked", ruling.masked)
        decision = ruling.decision
        if decision.findings:
            metrics.decided(decision)
        if ruling.reason:
            metrics.add("unjudged")
        if self.log.everything or decision.advised != "allow" or ruling.reason or reason:
            self.log.request(done, ruling)


class ConnectionHost(Host, ABC):
    """A host with connections of its own, and a deadline for each."""

    def __init__(
        self, settings: LiveSettings, secret: bytes, metrics: Metrics, log: Log,
        shared: Shared | None = None,
    ) -> None:  # fmt: skip
        """Make everything ready; nothing is listened to yet."""
        self.clients: set[Connection] = set()
        self.draining = False
        self._sweeper: asyncio.TimerHandle | None = None
        super().__init__(settings, secret, metrics, log, shared)
        self.clock = asyncio.get_running_loop().time

    @classmethod
    def check(cls, settings: LiveSettings) -> None:
        """Say what it cannot do of what the policy tells.

        Raises:
            HongxianError: there is something.
        """

    @abstractmethod
    def client(self, *, secure: bool) -> Callable[[], Any]:
        """Return what makes a protocol for each new connection."""

    def start(self) -> None:
        """Look at deadlines from now on."""
        self._sweeper = asyncio.get_running_loop().call_later(SWEEP, self._sweep)

    def _sweep(self) -> None:
        self.sweep(self.clock())
        self.start()

    def sweep(self, now: float) -> None:
        """End what is over its time."""
        for client in [one for one in self.clients if one.due(now)]:
            client.expired(now)

    def opened(self, client: Connection) -> bool:
        """Note a connection; return whether it is welcome."""
        self.clients.add(client)
        self.metrics.add("connections")
        return len(self.clients) <= self.limits.connections

    def closed(self, client: Connection) -> None:
        """Forget a connection."""
        self.clients.discard(client)
        self.metrics.add("connections_closed")

    def rejected(self, client: Connection, error: HeadError) -> None:
        """Note a request that was none."""
        self.metrics.add("rejected")
        who = self.gate.keys.text(f"ip {client.peer}")
        self.log.rejected(who, error.status, error.reason)

    def drain(self) -> None:
        """End idle connections; those in use end with their answers."""
        self.draining = True
        for client in list(self.clients):
            client.drain()

    def stop(self) -> None:
        """End everything."""
        if self._sweeper is not None:
            self._sweeper.cancel()
        for client in list(self.clients):
            client.transport.abort()

    def told(self) -> dict[str, Any]:
        """Return what a health check says."""
        return {
            "connections": len(self.clients), "remembered": len(self.gate.state),
            "mode": self.gate.policy.mode, "draining": self.draining,
        }  # fmt: skip
