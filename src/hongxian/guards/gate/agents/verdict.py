"""What an agent tells a proxy of a request, and the request as counts and log take it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hongxian.guards.gate.exchange.ruling import Ruling
    from hongxian.guards.gate.live.host import ConnectionHost


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is to be done, in words that a proxy's configuration can compare."""

    action: str
    """``allow``, ``mask``, ``throttle``, ``challenge`` or ``block``."""
    advised: str
    """What it would be if the gate did not only learn."""
    reason: str
    """Finding behind it, ``unreadable_`` with why it could not be judged, or empty."""
    status: int
    """Status with which the client is to be refused; 0 when it is not."""


def verdict(ruling: Ruling, status: int) -> Verdict:
    """Return what is told of a ruling.

    Args:
        ruling: on the request or on its answer.
        status: with which it is refused if it is.
    """
    decision = ruling.decision
    reason = decision.findings[0].kind if decision.findings else ""
    if ruling.reason:
        reason = f"unreadable_{ruling.reason}"
    advised = ruling.action if ruling.reason else decision.advised
    return Verdict(
        action=ruling.action, advised=advised, reason=reason,
        status=0 if ruling.passes else status,
    )  # fmt: skip


@dataclass(slots=True)
class Question:
    """A request about which a proxy asks."""

    worker: ConnectionHost
    method: str
    since: float
    ruling: Ruling | None = None
    status: int = 0
    log_reason: str = ""
