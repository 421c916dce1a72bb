"""What a gate is told: principals, limits, needs, actions, allow lists, canaries."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from hongxian.guards.gate.findings import OWASP
from hongxian.signals.cohort import Cohort
from hongxian.signals.track import DAY, Window

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

MODES = ("learn", "enforce")
FAILS = ("open", "closed")

DEFAULT_ACTIONS = {
    "enumeration": "block", "canary": "block", "partition": "challenge", "limit": "throttle",
    "object_walk": "block", "over_exposed": "mask", "unauthenticated": "block",
    "in_url": "allow", "clear_http": "allow", "shadow": "allow", "zombie": "allow",
}  # fmt: skip
"""What is done on each finding unless the policy says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How many different identifiers of a kind one principal may ask for."""

    distinct: int
    window: float = DAY.seconds
    action: str = "throttle"


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointRule:
    """What is said of the endpoints that a pattern names."""

    pattern: str
    """``METHOD /path`` with ``*``."""
    needs: tuple[str, ...] | None = None
    """PI types that its purpose needs in the answer; ``None`` when nothing is said."""
    open: bool = False
    """Whether it may give PI away to somebody who has not logged in."""
    limits: Mapping[str, Limit] = field(default_factory=dict)
    """PI type -> limit."""
    hashed: str | None = None
    """PI type that hexadecimal digests (MD5, SHA-1, SHA-256, SM3) in requests stand for."""
    mask: tuple[str, ...] = ()
    """PI types that live hosts always mask in its answers; ``*`` for all."""
    fail: str | None = None
    """What live hosts do when they cannot judge: one of :data:`FAILS`; ``None``: closed when the
    policy tells that it gives PI."""

    def names(self, endpoint: str) -> bool:
        """Return whether an endpoint is one of these."""
        return fnmatchcase(endpoint, self.pattern)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """A principal that may do more, for whom somebody answers, until a day."""

    principal: str
    """Kind and name: ``account:partner-7``."""
    owner: str
    until: date
    endpoint: str = "*"
    why: str = ""

    def names(self, kind: str, who: str, endpoint: str, on: date) -> bool:
        """Return whether it spares a principal at an endpoint on a day."""
        mine = self.principal == f"{kind}:{who}"
        return mine and on <= self.until and fnmatchcase(endpoint, self.endpoint)


@dataclass(frozen=True, slots=True, kw_only=True)
class GatePolicy:
    """All that a gate is told."""

    mode: str = "learn"
    principals: tuple[str, ...] = ("account", "token", "device", "ip")
    """Who is counted: the first kind of these that a request has, and every IP besides."""
    groups: tuple[str, ...] = ("fingerprint", "asn")
    """What may stand behind many principals."""
    windows: tuple[Window, ...] = (DAY,)
    most_principals: int = 100_000
    """Of more, those are forgotten that were longest silent."""
    shared: tuple[str, ...] = ("ip", "asn")
    """Principals that many persons share: only limits are held against them."""
    endpoints: tuple[EndpointRule, ...] = ()
    allowed: tuple[Allowed, ...] = ()
    actions: Mapping[str, str] = field(default_factory=dict)
    canaries: tuple[tuple[str, str], ...] = ()
    """PI type and value of numbers that nobody has."""
    cohorts: Mapping[str, Cohort] = field(default_factory=dict)
    """Endpoint -> what is usual there."""
    _ruled: dict[str, EndpointRule] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def action(self, kind: str) -> str:
        """Return what is done on a finding."""
        return self.actions.get(kind, DEFAULT_ACTIONS[kind])

    def rule(self, endpoint: str) -> EndpointRule:
        """Return what is said of an endpoint; the first pattern that names it counts."""
        found = self._ruled.get(endpoint)
        if found is None:
            named = (rule for rule in self.endpoints if rule.names(endpoint))
            found = next(named, _UNNAMED)
            if len(self._ruled) < _MOST_RULED:
                self._ruled[endpoint] = found
        return found

    def cohort(self, endpoint: str) -> Cohort:
        """Return what is usual at an endpoint."""
        return self.cohorts.get(endpoint) or _UNLEARNED


_UNLEARNED = Cohort()
_UNNAMED = EndpointRule(pattern="*")
_MOST_RULED = 10_000
"""Endpoints whose rule is remembered."""
KINDS = tuple(OWASP)
"""Findings for which a policy can name an action."""
