"""Who pulled how much PI when: the greatest takers, hour by hour, in bounded memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongxian.signals.observation import Observation

MOST_TAKERS = 20_000
"""When there are more, the half that took least is forgotten."""
HOUR = 3_600.0
_MOST_TAGS = 1 << 17
"""Hashes of names that are remembered."""

_NEAREST = ("account", "token", "device", "ip", "fingerprint", "asn")


@dataclass(slots=True)
class PiTaker:
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
        self.salt = salt[:64]
        self._tags: dict[tuple[str, str], str] = {}
        self._takers: dict[tuple[str, str], PiTaker] = {}
        self._near: dict[tuple[str, str], PiTaker] = {}
        """Takers by kind and name: most of them come again."""
        self.forgotten = 0
        """Principals that took too little to be kept."""
        self.hours: dict[float, int] = {}
        """Values given in each hour, to anybody."""

    def add(self, seen: Observation) -> None:
        """Count an observation."""
        records = sum(seen.given.values())
        if records:
            self.gave(nearest(seen.principals), seen.at, seen.endpoint, seen.given, records)

    def gave(
        self, who: tuple[str, str], at: float, endpoint: str, given: Mapping[str, int],
        records: int,
    ) -> None:  # fmt: skip
        """Count what was given to a principal.

        Args:
            who: kind and name.
            at: when.
            endpoint: where.
            given: PI type -> values.
            records: values in all.
        """
        hour = at // HOUR * HOUR
        self.hours[hour] = self.hours.get(hour, 0) + records
        taker = self._near.get(who)
        if taker is None:
            taker = self._of(who, at)
            if len(self._near) >= _MOST_TAGS:
                self._near.clear()
            self._near[who] = taker
        taker.requests += 1
        taker.records += records
        taker.first = min(taker.first, at)
        taker.last = max(taker.last, at)
        taker.hours[hour] = taker.hours.get(hour, 0) + records
        here = taker.endpoints.get(endpoint)
        if here is None:
            here = taker.endpoints[endpoint] = {}
        for info, count in given.items():
            taker.given[info] = taker.given.get(info, 0) + count
            here[info] = here.get(info, 0) + count
        if len(self._takers) > MOST_TAKERS:  # only now, so that a newcomer counts by what it took
            self._forget()

    def tag(self, kind: str, who: str) -> str:
        """Return the hash of a principal."""
        found = self._tags.get((kind, who))
        if found is None:
            text = f"{kind} {who}".encode("utf-8", "surrogatepass")
            found = blake2b(text, digest_size=6, key=self.salt).hexdigest()
            if len(self._tags) >= _MOST_TAGS:
                self._tags.clear()
            self._tags[kind, who] = found
        return found

    def find(self, principals: Mapping[str, str]) -> PiTaker | None:
        """Return the taker behind a request, if it was given anything yet."""
        kind, who = nearest(principals)
        return self._takers.get((kind, self.tag(kind, who)))

    def tagged(self, kind: str, tag: str) -> PiTaker | None:
        """Return the taker of a kind that has a hash."""
        return self._takers.get((kind, tag))

    def greatest(self, most: int) -> list[PiTaker]:
        """Return those who took most."""
        return sorted(self._takers.values(), key=lambda one: (-one.records, one.tag))[:most]

    def merge(self, other: Takers) -> None:
        """Add what others counted with the same salt; nobody is forgotten."""
        _add(self.hours, other.hours)
        self.forgotten += other.forgotten
        for place, theirs in other._takers.items():
            mine = self._takers.setdefault(place, PiTaker(*place, first=theirs.first))
            mine.requests += theirs.requests
            mine.records += theirs.records
            mine.first, mine.last = min(mine.first, theirs.first), max(mine.last, theirs.last)
            _add(mine.given, theirs.given)
            _add(mine.hours, theirs.hours)
            for endpoint, given in theirs.endpoints.items():
                _add(mine.endpoints.setdefault(endpoint, {}), given)

    def dump(self) -> list[Any]:
        """Return it as plain data, without anybody's name."""
        takers = [
            [one.kind, one.tag, one.requests, one.records, one.given, list(one.hours.items()),
             one.endpoints, one.first, one.last] for one in self._takers.values()
        ]  # fmt: skip
        return [self.forgotten, list(self.hours.items()), takers]

    def load(self, data: list[Any]) -> None:
        """Take over what :meth:`dump` returned, of the same salt."""
        self.forgotten, hours, takers = data
        self._near.clear()
        self.hours = dict(hours)
        for kind, tag, requests, records, given, own, endpoints, first, last in takers:
            self._takers[kind, tag] = PiTaker(
                kind, tag, requests, records, given, dict(own), endpoints, first, last
            )

    def _of(self, who: tuple[str, str], at: float) -> PiTaker:
        place = who[0], self.tag(*who)
        taker = self._takers.get(place)
        if taker is None:
            taker = self._takers[place] = PiTaker(*place, first=at)
        return taker

    def _forget(self) -> None:
        ranked = sorted(self._takers.items(), key=lambda item: -item[1].records)
        self.forgotten += len(ranked) - MOST_TAKERS // 2
        self._takers = dict(ranked[: MOST_TAKERS // 2])
        self._near.clear()


def _add(mine: dict[Any, int], theirs: Mapping[Any, int]) -> None:
    for name, count in theirs.items():
        mine[name] = mine.get(name, 0) + count


def nearest(principals: Mapping[str, str]) -> tuple[str, str]:
    """Return the principal that is nearest to a person."""
    return next(
        ((kind, principals[kind]) for kind in _NEAREST if kind in principals), ("unknown", "")
    )
