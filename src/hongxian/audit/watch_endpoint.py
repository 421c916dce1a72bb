"""Judges the requests of one endpoint in their order; another process may go on with what it made.

All that the gate remembers belongs to one endpoint; so endpoints may be judged apart, and what was
found of each adds up to what one process finds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hongxian.audit.watch import Incident, Watching
from hongxian.guards.gate.findings import Finding
from hongxian.sensors.traffic.inventory import Endpoint, add_flows, dump_flows
from hongxian.sensors.traffic.sense import SensedTraffic
from hongxian.sensors.traffic.takers import Takers

if TYPE_CHECKING:
    from hongxian.guards.gate.policy import GatePolicy
    from hongxian.sensors.traffic.columns.requests import Request

_VERSION = 1
_FINDING = ("kind", "action", "endpoint", "info", "principal", "who", "window", "score", "values")
_INCIDENT = ("who", "first", "last", "requests", "given", "locator", "order")

Order = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Court:
    """What is the same for all endpoints of a watch."""

    policy: GatePolicy
    secret: bytes = field(repr=False)
    """What identifiers are hashed with."""
    salt: bytes = field(repr=False)
    """What callers are hashed with."""
    learn: bool = False
    """Whether to tell what is usual at each endpoint."""


class EndpointJudge:
    """The judge of one endpoint.

    Args:
        court: what is the same for all.
        endpoint: its name.
        before: what :meth:`told` and :meth:`memory` returned of it, to go on with.

    Raises:
        ValueError: it returned something else.
    """

    def __init__(
        self, court: Court, endpoint: str, before: tuple[bytes, bytes] | None = None
    ) -> None:
        """Remember what was before."""
        method, _, template = endpoint.partition(" ")
        self._court = court
        self._sensed = SensedTraffic("", "", [], takers=Takers(court.salt))
        self._watching = Watching(self._sensed, court.policy, court.secret)
        self._endpoint = Endpoint(method=method, template=template)
        self._sensed.inventory.endpoints[endpoint] = self._endpoint
        if before is not None:
            self._load(*before)

    def add(self, one: Request, order: Order) -> None:
        """Judge a request.

        Args:
            one: the request, with keys.
            order: its place among all.
        """
        like = one.pattern
        if like.taken or like.given:
            self._sensed.inventory.flowing(like, 1, one.locator)
        if like.records:
            self._sensed.takers.gave(one.nearest, one.at, like.endpoint, like.given, like.records)
        kept = self._watching.kept
        before = len(kept)
        self._watching.add_request(one)
        if len(kept) > before:
            for made in list(kept.values())[before:]:
                made.order = order

    def memory(self) -> bytes:
        """Return what the gate remembers, so that another judge can go on."""
        return self._watching.gate.state.dump()

    def told(self) -> bytes:
        """Return what was found, as MessagePack."""
        import msgpack  # noqa: PLC0415 - only when asked

        watching, one = self._watching, self._endpoint
        learned = watching.gate.learn().get(one.name) if self._court.learn else None
        packed: bytes = msgpack.packb({
            "version": _VERSION, "dropped": watching.dropped,
            "incidents": [_dumped(found) for found in watching.kept.values()],
            "takers": self._sensed.takers.dump(),
            "flows": [dump_flows(one.taken), dump_flows(one.given), one.anonymous, one.clear,
                      one.locator],
            "learned": learned.dump() if learned else None,
        })  # fmt: skip
        return packed

    def _load(self, before: bytes, memory: bytes) -> None:
        told = opened(before)
        self._watching.gate.state.load(memory)
        self._watching.dropped = told["dropped"]
        self._sensed.takers.load(told["takers"])
        flow(self._endpoint, told["flows"])
        for one in map(incident_of, told["incidents"]):
            self._watching.keep(one)


def opened(data: bytes) -> dict[str, Any]:
    """Return what a judge told.

    Raises:
        ValueError: it is something else.
    """
    import msgpack  # noqa: PLC0415 - only when asked

    try:
        told: dict[str, Any] = msgpack.unpackb(data, strict_map_key=False)
        if told["version"] == _VERSION:
            return told
    except (TypeError, LookupError, ValueError) as error:
        raise ValueError("no findings of an endpoint") from error
    raise ValueError("findings of another version")


def flow(endpoint: Endpoint, data: list[Any]) -> None:
    """Add flows of PI to an endpoint."""
    taken, given, anonymous, clear, locator = data
    add_flows(endpoint.taken, taken)
    add_flows(endpoint.given, given)
    endpoint.anonymous += anonymous
    endpoint.clear += clear
    endpoint.locator = locator or endpoint.locator


def incident_of(data: list[Any]) -> Incident:
    """Return a finding that a judge told."""
    finding, told = data
    made = Incident(finding=Finding(**dict(zip(_FINDING, finding, strict=True))),
                    **dict(zip(_INCIDENT, told, strict=True)))  # fmt: skip
    made.order = tuple(made.order)
    return made


def _dumped(one: Incident) -> list[Any]:
    return [
        [getattr(one.finding, name) for name in _FINDING],
        [getattr(one, name) for name in _INCIDENT],
    ]
