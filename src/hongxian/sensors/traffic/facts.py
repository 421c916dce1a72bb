"""What a log shows, as facts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from hongxian.facts import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.traffic.inventory import Endpoint, Inventory


def traffic_facts(subject: str, artefact: str, inventory: Inventory) -> Iterator[Fact]:
    """Yield a fact for each kind of PI that an endpoint gave."""
    for endpoint in inventory.endpoints.values():
        yield from _endpoint(subject, artefact, endpoint)


def moment(at: float) -> datetime | None:
    """Return a moment as facts keep it; ``None`` when it is not known."""
    if at <= 0:
        return None
    try:
        return datetime.fromtimestamp(at, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _endpoint(subject: str, artefact: str, endpoint: Endpoint) -> Iterator[Fact]:
    told: dict[str, Any] = {
        "requests": endpoint.requests, "callers": len(endpoint.callers),
        "hosts": sorted(endpoint.hosts), "last": _iso(endpoint.last),
    }  # fmt: skip
    for info, flow in sorted(endpoint.given.items()):
        yield Fact(
            subject=subject, sensor="traffic", kind="expose", item=endpoint.name, info=info,
            amount=flow.values, unit="value", form="clear", seen_at=moment(endpoint.first),
            outcome="anonymous" if endpoint.anonymous else None, locator=endpoint.locator,
            artefact=artefact, detail=told | {"with": flow.requests,
            "anonymous": endpoint.anonymous, "clear": endpoint.clear},
        )  # fmt: skip


def _iso(at: float) -> str | None:
    found = moment(at)
    return found.isoformat() if found else None
