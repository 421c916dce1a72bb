"""The reverse proxy in one process: its connections, and those to the interface."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from hongxian.guards.gate.live.client import Client
from hongxian.guards.gate.live.heads import RequestReader
from hongxian.guards.gate.live.host import ConnectionHost

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongxian.guards.gate.live.plain_heads import Pairs
    from hongxian.guards.gate.live.pool import Pool
    from hongxian.guards.gate.live.settings import LiveSettings

MOST_DRESSED = 10_000
"""Addresses whose headers are kept ready."""

_FORWARDED = frozenset((
    b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host", b"x-forwarded-port",
    b"forwarded", b"x-real-ip",
))  # fmt: skip


class Worker(ConnectionHost):
    """Serves connections, and asks the interface."""

    needs: ClassVar[tuple[str, ...]] = ("listen", "upstream")

    def adopt(self, settings: LiveSettings) -> None:
        """Go by other settings from now on; what is remembered stays, requests go on by the old."""
        super().adopt(settings)
        self.reader = RequestReader(settings.limits.headers)
        before: Pool | None = getattr(self, "pool", None)
        self.pool = settings.pool()
        if before is not None:
            before.close()
        self._dressed: dict[tuple[str, bool], Pairs] = {}

    def client(self, *, secure: bool) -> Callable[[], Client]:
        """Return what makes a protocol for each new connection."""
        return lambda: Client(self, secure=secure)

    def sweep(self, now: float) -> None:
        """End what is over its time, and connections to the interface that nobody needs."""
        super().sweep(now)
        self.pool.sweep(now)

    def forwarded(self, headers: Pairs, client: Client) -> Pairs:
        """Return headers as the interface gets them: it is told who asked, and how."""
        if (
            not headers or headers[0][0] != b"host"
        ):  # HTTP/1.0; RFC 9112, 3.2 wants one all the same
            headers = [(b"host", b""), *headers]
        callers = self.judge.settings.callers
        told = b"https" if client.secure else b"http"
        if callers.trusts(client.peer):
            chain = [value for name, value in headers if name == b"x-forwarded-for"]
            chain.append(client.peer.encode("latin-1"))
            kept = [pair for pair in headers if pair[0] != b"x-forwarded-for"]
            kept.append((b"x-forwarded-for", b", ".join(chain)))
            if b"x-forwarded-proto" not in [name for name, _ in kept]:
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

    def stop(self) -> None:
        """End everything."""
        self.pool.close()
        super().stop()

    def told(self) -> dict[str, Any]:
        """Return what a health check says."""
        return {**super().told(), "upstream": self.pool.open}
