"""The endpoints that a log shows: how often, by whom, with which PI in and out."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import orjson

from hongxian.sensors.traffic.schema import merge, schema_of
from hongxian.signals.distinct import Distinct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongxian.sensors.traffic.observe import Seen

SAMPLES = 20
"""Bodies of an endpoint by which its schema is told."""
LARGEST_SAMPLE = 1 << 18

_KNOWN = ("account", "token")
MOST_HOSTS = 10
"""Of an endpoint that are told."""


@dataclass(slots=True)
class Flowing:
    """One kind of PI at an endpoint, in one direction."""

    requests: int = 0
    values: int = 0
    hashed: int = 0
    """Values that were sent as digests."""


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

    def hosted(self, host: str) -> None:
        """Note a host, of the first few."""
        if len(self.hosts) < MOST_HOSTS:
            self.hosts.add(host)

    def sample(self, target: str, request: bytes, response: bytes) -> None:
        """Learn names and types of fields from a request, of the first few."""
        if self.samples < SAMPLES:
            self.samples += 1
            self.query.update(_names(target))
            self.request = merge(self.request, _schema(request))
            self.response = merge(self.response, _schema(response))

    @property
    def answered(self) -> bool:
        """Whether it was ever answered as something that is there."""
        return not self.statuses or any(status < 400 for status in self.statuses)


class Alike(Protocol):
    """What requests are like that are counted together."""

    @property
    def endpoint(self) -> str:
        """Its name."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of their principals."""

    @property
    def secure(self) -> bool | None:
        """Whether they came by TLS."""

    @property
    def taken(self) -> Mapping[str, int]:
        """PI in each request: type -> values."""

    @property
    def given(self) -> Mapping[str, int]:
        """PI in each answer: type -> values."""

    @property
    def hashed(self) -> Mapping[str, int]:
        """Digests among the PI in each request: type -> values."""


class Like(NamedTuple):
    """One request, as :class:`Alike`."""

    endpoint: str
    kinds: tuple[str, ...]
    secure: bool | None
    taken: Mapping[str, int]
    given: Mapping[str, int]
    hashed: Mapping[str, int]


class Inventory:
    """All endpoints of a log."""

    def __init__(self) -> None:
        """Start with none."""
        self.endpoints: dict[str, Endpoint] = {}

    def add(self, seen: Seen) -> None:
        """Count an exchange."""
        one, observation = seen.exchange, seen.observation
        found = self.endpoint(one.method, seen.template, one.at, one.locator)
        found.requests += 1
        found.first, found.last = min(found.first, one.at), max(found.last, one.at)
        if one.status:
            found.statuses[one.status] = found.statuses.get(one.status, 0) + 1
        if one.host:
            found.hosted(one.host)
        for who in one.principals.items():
            found.callers.add(caller_hash(*who))
            break
        if seen.taken or observation.given:
            like = Like(observation.endpoint, tuple(observation.principals), observation.secure,
                        seen.taken, observation.given, seen.hashed)  # fmt: skip
            self.flowing(like, 1, one.locator)
        if found.samples < SAMPLES:
            found.sample(one.target, one.request, one.response)

    def endpoint(self, method: str, template: str, at: float, locator: str) -> Endpoint:
        """Return an endpoint; a new one was first seen at a moment and a place in the log."""
        found = self.endpoints.get(f"{method} {template}")
        if found is None:
            found = self.endpoints[f"{method} {template}"] = Endpoint(
                method=method, template=template, first=at, locator=locator
            )
        return found

    def flowing(self, like: Alike, count: int, locator: str) -> None:
        """Count the PI of requests to an endpoint that is known.

        Args:
            like: what each of them is like.
            count: how many.
            locator: where the first of them stands.
        """
        found = self.endpoints[like.endpoint]
        if not found.taken and not found.given:
            found.locator = locator
        for flows, values in ((found.taken, like.taken), (found.given, like.given)):
            for info, more in values.items():
                flow = flows.setdefault(info, Flowing())
                flow.requests += count
                flow.values += count * more
        for info, more in like.hashed.items():
            found.taken[info].hashed += count * more
        if like.secure is False:
            found.clear += count
        if like.given and not any(kind in like.kinds for kind in _KNOWN):
            found.anonymous += count


def dump_flows(flows: Mapping[str, Flowing]) -> dict[str, list[int]]:
    """Return flows as plain data."""
    return {info: [one.requests, one.values, one.hashed] for info, one in flows.items()}


def add_flows(mine: dict[str, Flowing], data: Mapping[str, list[int]]) -> None:
    """Add what :func:`dump_flows` returned."""
    for info, (requests, values, *hashed) in data.items():
        found = mine.setdefault(info, Flowing())
        found.requests += requests
        found.values += values
        found.hashed += sum(hashed)  # none were told of by an earlier version


@lru_cache(maxsize=1 << 14)
def caller_hash(kind: str, who: str) -> int:
    """Return a hash of a caller, of 62 bits: the same in every process."""
    text = f"{kind} {who}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(text, digest_size=8).digest()) >> 2


def _names(target: str) -> list[str]:
    """Return the names in the query."""
    names = [pair.partition("=")[0] for pair in target.partition("?")[2].split("&")[:50]]
    return [
        name for name in names
        if name and len(name) <= 64 and not any(char.isdigit() for char in name)
    ]  # fmt: skip


def _schema(body: bytes) -> dict[str, Any]:
    if not body or len(body) > LARGEST_SAMPLE or body[:1] not in b"{[":
        return {}
    try:
        return schema_of(orjson.loads(body))
    except (orjson.JSONDecodeError, RecursionError):
        return {}
