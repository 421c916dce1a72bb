"""What a vault holds, area by area."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hongxian.guards.keep.vault.objects import Store


@dataclass(frozen=True, slots=True)
class Held:
    """What an area holds; times by the vault's clock, in seconds since 1970."""

    area: str
    objects: int
    size: int
    first: float
    last: float
    until: float

    def record(self) -> dict[str, Any]:
        """Return it as a row, times in ISO 8601."""
        times = {name: _moment(getattr(self, name)) for name in ("first", "last", "until")}
        return {"area": self.area, "objects": self.objects, "bytes": self.size, **times}


def held(store: Store) -> list[Held]:
    """Return what each area of a vault holds; ``until`` is when the first object may go."""
    found = []
    for area in store.ledger.areas():
        entries = list(store.ledger.live(area))
        arrived = [entry.at for entry in entries]
        found.append(Held(
            area, len(entries), sum(entry.size for entry in entries), min(arrived), max(arrived),
            min(entry.until for entry in entries),
        ))  # fmt: skip
    return found


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
