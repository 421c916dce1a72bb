"""The reverse proxy in one process: its connections, and those to the interface."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from hongxian.guards.gate.exchange.field_lines import FieldLines
from hongxian.guards.gate.exchange.kinds import spoken
from hongxian.guards.gate.exchange.parts import coding_of, kind_of
from hongxian.guards.gate.live.client import Client
from hongxian.guards.gate.live.heads import RequestReader, append_fields
from hongxian.guards.gate.live.host import ConnectionHost
from hongxian.guards.gate.live.plain_heads import FORWARDED, RANGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongxian.guards.gate.exchange.parts import Headers
    from hongxian.guards.gate.live.aside import Aside
    from hongxian.guards.gate.live.plain_heads import Pairs
    from hongxian.guards.gate.live.pool import Pool
    from hongxian.guards.gate.live.settings import LiveSettings

LONG_PAGE = 32_768
"""Bytes of a page that is not packed from which on it is judged beside all else."""
MOST_DRESSED = 10_000
"""Addresses whose headers are kept ready."""


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
        self._dressed: dict[tuple[str, bool], bytes] = {}
        self._aside: Aside | None = getattr(self, "_aside", None)

    def aside(self, headers: Headers, size: int) -> Aside | None:
        """Return who judges an answer beside all else, when it is a long page."""
        if spoken(kind_of(headers))[1] or (size < LONG_PAGE and not coding_of(headers)):
            return None
        if self._aside is None:
            # only now: what builds on layers of the gate must not be there before these are
            from hongxian.guards.gate.live.aside import Aside  # noqa: PLC0415

            self._aside = Aside()
        return self._aside

    def client(self, *, secure: bool) -> Callable[[], Client]:
        """Return what makes a protocol for each new connection."""
        return lambda: Client(self, secure=secure)

    def sweep(self, now: float) -> None:
        """End what is over its time, and connections to the interface that nobody needs."""
        super().sweep(now)
        self.pool.sweep(now)

    def forwarded(self, headers: Headers, client: Client, whole: bool) -> bytes:
        """Return headers as the interface gets them: it is told who asked, and how.

        Args:
            headers: of the request.
            client: who sent it.
            whole: whether nothing but whole answers may be asked for.
        """
        place = (client.peer, client.secure)
        dressed = self._dressed.get(place)
        if dressed is None:
            if len(self._dressed) > MOST_DRESSED:
                self._dressed.clear()
            dressed = self._dressed[place] = b"x-forwarded-for: %b\r\nx-forwarded-proto: %b\r\n" % (
                client.peer.encode("latin-1") or b"unknown", b"https" if client.secure else b"http"
            )  # fmt: skip
        trusts = self.judge.settings.callers.trusts(client.peer)
        if isinstance(headers, FieldLines) and not trusts:
            fields = headers
            if not fields.odd:
                return fields.lines + dressed
        kept = [pair for pair in headers if not whole or pair[0] not in RANGES]
        if not kept or kept[0][0] != b"host":  # HTTP/1.0; RFC 9112, 3.2 wants one all the same
            kept.insert(0, (b"host", b""))
        parts: list[bytes] = []
        if trusts:
            append_fields(parts, _chained(kept, client))
        else:
            append_fields(parts, [pair for pair in kept if pair[0] not in FORWARDED])
            parts.append(dressed)
        return b"".join(parts)

    def stop(self) -> None:
        """End everything."""
        self.pool.close()
        if self._aside is not None:
            self._aside.close()
        super().stop()

    def told(self) -> dict[str, Any]:
        """Return what a health check says."""
        return {**super().told(), "upstream": self.pool.open}


def _chained(headers: Pairs, client: Client) -> Pairs:
    """Return headers of a proxy that is trusted: what it says is added to."""
    chain = [value for name, value in headers if name == b"x-forwarded-for"]
    chain.append(client.peer.encode("latin-1"))
    kept = [pair for pair in headers if pair[0] != b"x-forwarded-for"]
    kept.append((b"x-forwarded-for", b", ".join(chain)))
    if b"x-forwarded-proto" not in [name for name, _ in kept]:
        kept.append((b"x-forwarded-proto", b"https" if client.secure else b"http"))
    return kept
