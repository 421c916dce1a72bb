"""What all connections of one process share: the judge, the pool, limits, counts and the log."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from hongxian.guards.gate.core import Gate
from hongxian.guards.gate.exchange.judge import Judge
from hongxian.guards.gate.live.client import Client
from hongxian.guards.gate.live.heads import RequestReader

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongxian.guards.gate.exchange.judge import Ruling
    from hongxian.guards.gate.live.flow import Flow
    from hongxian.guards.gate.live.heads import HeadError, Pairs
    from hongxian.guards.gate.live.log import Log
    from hongxian.guards.gate.live.metrics import Metrics
    from hongxian.guards.gate.live.settings import LiveSettings
    from hongxian.guards.gate.live.shared import Shared
    from hongxian.guards.gate.live.upstream import Pool

MOST_DRESSED = 10_000
"""Addresses whose headers are kept ready."""
SWEEP = 0.5
"""Seconds between two looks at deadlines."""

_FORWARDED = frozenset((
    b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host", b"x-forwarded-port",
    b"forwarded", b"x-real-ip",
))  # fmt: skip


class Worker:
    """Serves connections.

    Args:
        settings: what the policy says.
        secret: what identifiers are hashed with.
        metrics: where it counts.
        log: where it tells what it did.
        shared: the state that several workers share, if they do.
    """

    def __init__(
        self, settings: LiveSettings, secret: bytes, metrics: Metrics, log: Log,
        shared: Shared | None = None,
    ) -> None:  # fmt: skip
        """Make everything ready; nothing is listened to yet."""
        self.clock = asyncio.get_running_loop().time
        self.metrics, self.log, self.shared = metrics, log, shared
        self.clients: set[Client] = set()
        self.gate: Gate
        self.judge: Judge
        self.draining = False
        self._secret = secret
        self._sweeper: asyncio.TimerHandle | None = None
        self._dressed: dict[tuple[str, bool], Pairs] = {}
        self.adopt(settings)

    def adopt(self, settings: LiveSettings) -> None:
        """Go by other settings from now on; what is remembered stays, requests go on by the old."""
        old: Gate | None = getattr(self, "gate", None)
        self.settings, self.limits = settings, settings.limits
        self.refusals = settings.refusals
        self.reader = RequestReader(settings.limits.headers)
        self.gate = Gate(settings.gate, self._secret)
        if old is not None and old.policy.windows == settings.gate.windows:
            self.gate.state = old.state
        if self.shared is not None:
            self.shared.gate = self.gate
        tell = self.shared.tell if self.shared is not None else None
        self.judge = Judge(settings.exchange(), self.gate, tell)
        before: Pool | None = getattr(self, "pool", None)
        self.pool = settings.pool()
        if before is not None:
            before.close()
        self._dressed.clear()

    def start(self) -> None:
        """Look at deadlines from now on."""
        self._sweeper = asyncio.get_running_loop().call_later(SWEEP, self._sweep)

    def client(self, *, secure: bool) -> Callable[[], Client]:
        """Return what makes a protocol for each new connection."""
        return lambda: Client(self, secure=secure)

    def _sweep(self) -> None:
        now = self.clock()
        for client in [one for one in self.clients if one.due(now)]:
            client.expired(now)
        self.pool.sweep(now)
        self.start()

    def opened(self, client: Client) -> bool:
        """Note a connection; return whether it is welcome."""
        self.clients.add(client)
        self.metrics.add("connections")
        return len(self.clients) <= self.limits.connections

    def closed(self, client: Client) -> None:
        """Forget a connection."""
        self.clients.discard(client)
        self.metrics.add("connections_closed")

    def decide(self, ruling: Ruling, then: Callable[[], None]) -> None:
        """Decide on a request, here or with all workers, and go on."""
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

    def forwarded(self, headers: Pairs, client: Client) -> Pairs:
        """Return headers as the interface gets them: it is told who asked, and how."""
        callers = self.judge.settings.callers
        told = b"https" if client.secure else b"http"
        if callers.trusts(client.peer):
            chain = [value for name, value in headers if name == b"x-forwarded-for"]
            chain.append(client.peer.encode("latin-1"))
            kept = [pair for pair in headers if pair[0] != b"x-forwarded-for"]
            kept.append((b"x-forwarded-for", b", ".join(chain)))
            if not any(name == b"x-forwarded-proto" for name, _ in kept):
                kept.append((b"x-forwarded-proto", told))
            return kept
        kept = [pair for pair in headers if pair[0] not in _FORWARDED]
        place = (client.peer, client.secure)
        dressed = self._dressed.get(place)
        if dressed is None:
            if len(self._dressed) > MOST_DRESSED:
                self._dressed.clear()
            dressed = self._dressed[place] = [
                (b"x-forwarded-for", client.peer.encode("latin-1") or b"unknown"),
                (b"x-forwarded-proto", told),
            ]
        return kept + dressed

    def rejected(self, client: Client, error: HeadError) -> None:
        """Note a request that was none."""
        self.metrics.add("rejected")
        who = self.gate.keys.text(f"ip {client.peer}")
        self.log.rejected(who, error.status, error.reason)

    def note(self, flow: Flow) -> None:
        """Note a request that is done."""
        ruling = flow.ruling
        metrics = self.metrics
        metrics.add("requests")
        metrics.status(flow.status)
        metrics.took(self.clock() - flow.since)
        if ruling is None:
            if flow.log_reason:
                self.log.failed(flow)
            return
        if ruling.masked:
            metrics.add("masked", ruling.masked)
        decision = ruling.decision
        if decision.findings:
            metrics.decided(decision)
        if ruling.reason:
            metrics.add("unjudged")
        if self.log.everything or decision.advised != "allow" or ruling.reason or flow.log_reason:
            self.log.request(flow, ruling)

    def drain(self) -> None:
        """End idle connections; those in use end with their answers."""
        self.draining = True
        for client in list(self.clients):
            client.drain()

    def stop(self) -> None:
        """End everything."""
        if self._sweeper is not None:
            self._sweeper.cancel()
        self.pool.close()
        for client in list(self.clients):
            client.transport.abort()

    def told(self) -> dict[str, Any]:
        """Return what a health check says."""
        return {
            "connections": len(self.clients), "upstream": self.pool.open,
            "remembered": len(self.gate.state), "mode": self.gate.policy.mode,
            "draining": self.draining,
        }  # fmt: skip
