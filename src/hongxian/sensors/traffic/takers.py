"""Who pulled how much PI when: the greatest takers, hour by hour, in bounded memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongxian.signals.observation import Observation

MOST_TAKERS = 20_000
"""When there are more, the half that took least is forgotten."""
HOUR = 3_600.0

_ORDER = ("account", "token", "device", "ip", "fingerprint", "asn")


@dataclass(slots=True)
class Taker:
    """One principal."""

    kind: str
    tag: str
    """Salted hash of its name."""
    requests: int = 0
    records: int = 0
    given: dict[str, int] = field(default_factory=dict)
    hours: dict[float, int] = field(default_factory=dict)
    """Beginning of the hour -> values given."""
    endpoints: dict[str, dict[str, int]] = field(default_factory=dict)
    """Endpoint -> PI given there: type -> values."""
    first: float = 0.0
    last: float = 0.0


class Takers:
    """All principals of a log that were given PI.

    Args:
        salt: of the hashes.
    """

    def __init__(self, salt: bytes) -> None:
        """Start with none."""
        self._salt = salt[:64]
        self._takers: dict[tuple[str, str], Taker] = {}
        self.forgotten = 0
        """Principals that took too little to be kept."""
        self.hours: dict[float, int] = {}
        """Values given in each hour, to anybody."""

    def add(self, seen: Observation) -> None:
        """Count an observation."""
        records = sum(seen.given.values())
        if not records:
            return
        hour = seen.at // HOUR * HOUR
        self.hours[hour] = self.hours.get(hour, 0) + records
        who = nearest(seen.principals)
        taker = self._takers.get(who)
        if taker is None:
            taker = self._takers[who] = Taker(who[0], self.tag(*who), first=seen.at)
            if len(self._takers) > MOST_TAKERS:
                self._forget()
        taker.requests += 1
        taker.records += records
        taker.first, taker.last = min(taker.first, seen.at), max(taker.last, seen.at)
        taker.hours[hour] = taker.hours.get(hour, 0) + records
        here = taker.endpoints.setdefault(seen.endpoint, {})
        for info, count in seen.given.items():
            taker.given[info] = taker.given.get(info, 0) + count
            here[info] = here.get(info, 0) + count

    def tag(self, kind: str, who: str) -> str:
        """Return the hash of a principal."""
        text = f"{kind} {who}".encode("utf-8", "surrogatepass")
        return blake2b(text, digest_size=6, key=self._salt).hexdigest()

    def find(self, principals: Mapping[str, str]) -> Taker | None:
        """Return the taker behind a request, if it was given anything yet."""
        return self._takers.get(nearest(principals))

    def greatest(self, most: int) -> list[Taker]:
        """Return those who took most."""
        return sorted(self._takers.values(), key=lambda one: (-one.records, one.tag))[:most]

    def _forget(self) -> None:
        ranked = sorted(self._takers.items(), key=lambda item: -item[1].records)
        self.forgotten += len(ranked) - MOST_TAKERS // 2
        self._takers = dict(ranked[: MOST_TAKERS // 2])


def nearest(principals: Mapping[str, str]) -> tuple[str, str]:
    """Return the principal that is nearest to a person."""
    return next(
        ((kind, principals[kind]) for kind in _ORDER if kind in principals), ("unknown", "")
    )
