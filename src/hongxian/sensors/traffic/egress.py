"""What the operator's servers send to others: PI in outgoing requests, by host, type and form.

The logs are those of an egress proxy, of a client library, or captures taken at the server. A
request is taken apart as those of an app under test are; what cannot be looked into is counted, so
that nothing passes for clean that nobody read.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING

from hongxian.facts import Coverage, Fact
from hongxian.facts.reason import Reason
from hongxian.laws.hosts import UNKNOWN, owner_of
from hongxian.sensors.session.model import Flow, Message, Opaque
from hongxian.sensors.session.network.parts import parts_of
from hongxian.sensors.session.network.strangers import Seen, innermost, strangers
from hongxian.sensors.store.column_names import named
from hongxian.sensors.traffic.facts import moment
from hongxian.sensors.traffic.readers import log_flows
from hongxian.sensors.traffic.templates import Templates
from hongxian.signals.distinct import Distinct

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hongxian.laws.hosts import HostOwner
    from hongxian.sensors.session.model import Part
    from hongxian.sensors.traffic.model import Exchange
    from hongxian.sensors.traffic.sense import SensedTraffic

SURE = 0.8
"""What a recogniser is less sure of is inferred, not seen; ours, as for a session's traffic."""
DIGEST_SCORE = 0.7
"""How sure a digest is whose field says what was hashed; ours."""
MOST_ENDPOINTS = 10
"""Of each row that are told."""
MOST_HOSTS = 5
"""Hosts that are named whose requests could not be looked into."""
_DIGEST = re.compile(r"(?:[0-9A-Fa-f]{32}|[0-9A-Fa-f]{40}|[0-9A-Fa-f]{64}|[0-9A-Fa-f]{128})")
"""Hexadecimal digits of MD5, SHA-1, SHA-256 and SM3, SHA-512."""
_BODY = ("POST", "PUT", "PATCH")
"""Methods whose requests have a body; one that was not logged was not read."""


@dataclass(slots=True)
class Sent:
    """PI of one type in one form to one host."""

    host: str
    info: str
    form: str
    locator: str
    requests: int = 0
    values: Distinct = field(default_factory=Distinct)
    endpoints: dict[str, None] = field(default_factory=dict)
    clear: int = 0
    """Requests without TLS."""
    first: float = 0.0
    last: float = 0.0
    score: float = 0.0
    """How sure the surest sighting is."""
    owner: HostOwner | None = None

    @property
    def recipient(self) -> str:
        """Key of the party that gets it, ``unknown`` when nobody knows."""
        return self.owner.recipient if self.owner else UNKNOWN

    @property
    def sure(self) -> bool:
        """Whether the values themselves show it."""
        return self.score >= SURE


@dataclass(slots=True)
class Egress:
    """All that was sent out.

    Args:
        sensed: the logs.
        secret: what values are hashed with while they are counted.
        hosts: host, with all below it -> whose it is, as the user says.
    """

    sensed: SensedTraffic
    secret: bytes
    hosts: Mapping[str, str] = field(default_factory=dict)
    sent: dict[tuple[str, str, str], Sent] = field(default_factory=dict)
    requests: Counter[str] = field(default_factory=Counter)
    """Host -> requests."""
    opaque: Counter[str] = field(default_factory=Counter)
    """Host -> requests that nobody could look into in full."""
    _templates: Templates = field(default_factory=Templates)
    _seen: Seen = field(default_factory=dict)

    def read(self) -> None:
        """Read the logs, the oldest first."""
        for log in self.sensed.in_order():
            for one in log_flows(log):
                self.add(one if isinstance(one, Flow) else flow_of(one))

    def add(self, flow: Flow) -> None:
        """Take in one request."""
        self.requests[flow.host] += 1
        parts: list[Part] = []
        hidden = False
        for part in parts_of(flow, sent_only=True):
            if isinstance(part, Opaque):
                hidden = True
            else:
                parts.append(part)
        self.opaque[flow.host] += hidden
        found: dict[tuple[str, str], list[tuple[Part, float]]] = {}
        for part, info, form, score in self._found(parts):
            found.setdefault((info, form), []).append((part, score))
        for (info, form), values in found.items():
            self._count(flow, info, form, values)

    def rows(self) -> list[Sent]:
        """Return what was sent: to others first, then by how much it is."""
        return sorted(
            self.sent.values(),
            key=lambda one: (one.recipient == "first_party", -len(one.values), one.host, one.info),
        )

    def facts(self) -> list[Fact]:
        """Return what the logs show."""
        return [self._fact(one) for one in self.rows()]

    def reasons(self) -> tuple[Reason, ...]:
        """Return why not all was looked at."""
        told = self.sensed.reasons
        if hidden := self.opaque.total():
            hosts = [host or "?" for host, count in self.opaque.most_common(MOST_HOSTS) if count]
            values = {"count": hidden, "hosts": ", ".join(hosts)}
            told = (*told, Reason("traffic.egress_opaque", values))
        return told

    def coverage(self) -> Coverage:
        """Return how far the sensor looked."""
        reasons = self.reasons()
        return Coverage(
            subject=self.sensed.subject, scope="traffic.egress", artefact=self.sensed.artefact,
            status="not_run" if not self.requests else "partial" if reasons else "ran",
            reasons=reasons, detail={"requests": self.requests.total(),
                                     "logs": [log.name for log in self.sensed.logs]},
        )  # fmt: skip

    def _found(self, parts: list[Part]) -> Iterator[tuple[Part, str, str, float]]:
        """Yield part, PI type, form and how sure it is."""
        for part, info, score in strangers(parts, self._seen):
            yield part, info, "clear", score
        for part in innermost(parts):
            if isinstance(part.value, str) and _DIGEST.fullmatch(part.value):
                told = named(part.key)
                if told.infos and (told.form == "hashed" or not told.doubtful):
                    yield part, told.infos[0], "hashed", DIGEST_SCORE

    def _count(self, flow: Flow, info: str, form: str, values: list[tuple[Part, float]]) -> None:
        key = flow.host, info, form
        one = self.sent.get(key)
        if one is None:
            owner = owner_of(flow.host, self.hosts)
            one = self.sent[key] = Sent(flow.host, info, form, flow.locator, owner=owner)
        one.requests += 1
        one.clear += flow.url.startswith(("http:", "ws:"))
        for part, score in values:
            raw = part.value.encode("utf-8", "replace") if isinstance(part.value, str) else b""
            digest = blake2b(raw, digest_size=8, key=self.secret).digest()
            one.values.add(int.from_bytes(digest, "big"))
            one.score = max(one.score, score)
        if len(one.endpoints) < MOST_ENDPOINTS:
            one.endpoints[f"{flow.method} {self._templates.of(_path(flow.url))[0]}"] = None
        if flow.at:
            one.first = min(one.first or flow.at, flow.at)
            one.last = max(one.last, flow.at)

    def _fact(self, one: Sent) -> Fact:
        owner, last = one.owner, moment(one.last)
        told = {
            "requests": one.requests, "endpoints": list(one.endpoints), "without_tls": one.clear,
            "last": last.isoformat() if last else None, "owner": owner.owner if owner else None,
            "hosted_by": owner.owner if owner and owner.hosting else None,
        }  # fmt: skip
        return Fact(
            subject=self.sensed.subject, sensor="traffic", kind="provide", item=one.host or None,
            info=one.info, actor="first_party", recipient=one.recipient,
            party=owner.party if owner else None, amount=len(one.values), unit="value",
            form=one.form, seen_at=moment(one.first), locator=one.locator,
            artefact=self.sensed.artefact, certainty="seen" if one.sure else "inferred",
            score=None if one.sure else one.score,
            detail={name: value for name, value in told.items() if value},
        )  # fmt: skip


def flow_of(one: Exchange) -> Flow:
    """Return a line of a log as a flow; a tunnel, or a body that was not logged, is opaque."""
    tunnel = one.method == "CONNECT"
    host = one.target.rpartition(":")[0] if tunnel and not one.host else one.host
    headers: tuple[tuple[str, str], ...] = ()
    if one.method in _BODY and not one.request:
        headers = (("content-length", "1"),)  # how long it was nobody knows
    scheme = "http" if one.secure is False else "https"
    return Flow(
        number=0, locator=one.locator, at=one.at or None, method=one.method, host=host,
        url=f"{scheme}://{host}" + ("" if tunnel else one.target), opaque=tunnel,
        request=Message(headers=headers, body=one.request or None), status=one.status,
    )  # fmt: skip


def _path(url: str) -> str:
    return "/" + url.partition("://")[2].partition("/")[2].partition("?")[0]
