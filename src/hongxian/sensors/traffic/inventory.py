"""The endpoints that a log shows: how often, by whom, with which PI in and out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson

from hongxian.sensors.traffic.schema import merge, schema_of
from hongxian.signals.distinct import Distinct

if TYPE_CHECKING:
    from hongxian.sensors.traffic.observe import Seen

SAMPLES = 20
"""Bodies of an endpoint by which its schema is told."""
LARGEST_SAMPLE = 1 << 18

_KNOWN = ("account", "token")
_HOSTS = 10


@dataclass(slots=True)
class Flowing:
    """One kind of PI at an endpoint, in one direction."""

    requests: int = 0
    values: int = 0

    def add(self, values: int) -> None:
        """Count a request with so many values."""
        self.requests += 1
        self.values += values


@dataclass(slots=True, kw_only=True)
class Endpoint:
    """One endpoint."""

    method: str
    template: str
    hosts: set[str] = field(default_factory=set)
    requests: int = 0
    statuses: dict[int, int] = field(default_factory=dict)
    taken: dict[str, Flowing] = field(default_factory=dict)
    """PI in requests."""
    given: dict[str, Flowing] = field(default_factory=dict)
    """PI in answers."""
    anonymous: int = 0
    """Requests with PI in the answer and nobody logged in."""
    clear: int = 0
    """Requests with PI that came without TLS."""
    first: float = 0.0
    last: float = 0.0
    callers: Distinct = field(default_factory=Distinct)
    query: set[str] = field(default_factory=set)
    request: dict[str, Any] = field(default_factory=dict)
    """Schema of the bodies."""
    response: dict[str, Any] = field(default_factory=dict)
    samples: int = 0
    locator: str = ""
    """The first request with PI, else the first."""

    @property
    def name(self) -> str:
        """Method and template."""
        return f"{self.method} {self.template}"

    @property
    def answered(self) -> bool:
        """Whether it was ever answered as something that is there."""
        return not self.statuses or any(status < 400 for status in self.statuses)


class Inventory:
    """All endpoints of a log."""

    def __init__(self) -> None:
        """Start with none."""
        self.endpoints: dict[str, Endpoint] = {}

    def add(self, seen: Seen) -> None:
        """Count an exchange."""
        one, observation = seen.exchange, seen.observation
        found = self.endpoints.get(observation.endpoint)
        if found is None:
            found = self.endpoints[observation.endpoint] = Endpoint(
                method=one.method, template=seen.template, first=one.at, locator=one.locator
            )
        found.requests += 1
        found.first, found.last = min(found.first, one.at), max(found.last, one.at)
        if one.status:
            found.statuses[one.status] = found.statuses.get(one.status, 0) + 1
        if one.host and len(found.hosts) < _HOSTS:
            found.hosts.add(one.host)
        for who in one.principals.items():
            found.callers.add(hash(who) & (1 << 62) - 1)
            break
        if seen.taken or observation.given:
            self._flowing(found, seen)
        if found.samples < SAMPLES:
            _sampled(found, seen)

    def _flowing(self, found: Endpoint, seen: Seen) -> None:
        if not found.taken and not found.given:
            found.locator = seen.exchange.locator
        for flows, values in ((found.taken, seen.taken), (found.given, seen.observation.given)):
            for info, count in values.items():
                flows.setdefault(info, Flowing()).add(count)
        found.clear += seen.exchange.secure is False
        if seen.observation.given:
            found.anonymous += not any(kind in seen.exchange.principals for kind in _KNOWN)


def _sampled(found: Endpoint, seen: Seen) -> None:
    found.samples += 1
    query = seen.exchange.target.partition("?")[2]
    for pair in query.split("&")[:50]:
        name = pair.partition("=")[0]
        if name and len(name) <= 64 and not any(char.isdigit() for char in name):
            found.query.add(name)
    found.request = merge(found.request, _schema(seen.exchange.request))
    found.response = merge(found.response, _schema(seen.exchange.response))


def _schema(body: bytes) -> dict[str, Any]:
    if not body or len(body) > LARGEST_SAMPLE or body[:1] not in b"{[":
        return {}
    try:
        return schema_of(orjson.loads(body))
    except (orjson.JSONDecodeError, RecursionError):
        return {}
