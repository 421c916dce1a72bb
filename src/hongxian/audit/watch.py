"""Joins the traffic sensor with the gate's core: the sensor reads, the gate judges, facts remain.

Sensors know nothing of guards; so the two meet here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hongxian.facts import Fact, Run
from hongxian.guards.gate.core import Gate
from hongxian.guards.gate.findings import ACTIONS, STRICT, Finding
from hongxian.guards.gate.policy import GatePolicy
from hongxian.sensors.traffic.columns.parts import seldom_collected
from hongxian.sensors.traffic.columns.requests import Request
from hongxian.sensors.traffic.facts import moment
from hongxian.sensors.traffic.hashed import Hashed
from hongxian.sensors.traffic.incident import Size, size_of
from hongxian.sensors.traffic.openapi import Documented, against
from hongxian.sensors.traffic.sense import requests
from hongxian.sensors.traffic.takers import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from hongxian.facts import Store
    from hongxian.guards.gate.findings import Decision
    from hongxian.sensors.traffic.sense import SensedTraffic
    from hongxian.signals.cohort import Cohort
    from hongxian.signals.observation import Observation

MOST_FINDINGS = 10_000
"""Different findings that are kept; more of them would be read by nobody."""

_COUNTED = ("over_exposed", "unauthenticated", "in_url", "clear_http")
"""Findings of which each request counts; of the others the last figures do."""


@dataclass(slots=True, kw_only=True)
class Incident:
    """One finding over the whole of the logs."""

    finding: Finding
    who: str = ""
    """Kind and hash of the principal, as the sensor names it."""
    first: float
    last: float
    requests: int = 0
    given: dict[str, int] = field(default_factory=dict)
    """PI that the principal was given at the endpoint in all, or that the finding is about."""
    locator: str = ""
    order: tuple[int, ...] = ()
    """Place of the first request among all, where several processes judge."""

    @property
    def size(self) -> Size:
        """How much PI it was."""
        return size_of(self.given)


@dataclass(slots=True, kw_only=True)
class Watched:
    """All that the watch has to report."""

    sensed: SensedTraffic
    policy: GatePolicy
    incidents: list[Incident] = field(default_factory=list)
    dropped: int = 0
    """Findings beyond :data:`MOST_FINDINGS`."""
    uncalled: list[Documented] = field(default_factory=list)
    against_document: bool = False
    learned: Mapping[str, Cohort] = field(default_factory=dict)

    @property
    def taken(self) -> Size:
        """PI that went to somebody who took it, once each: the size of the leak."""
        given: dict[tuple[str, str], int] = {}
        for one in self.incidents:
            if one.finding.kind in STRICT:
                for info, count in one.given.items():
                    key = one.who, info
                    given[key] = max(given.get(key, 0), count)
        whole: dict[str, int] = {}
        for (_, info), count in given.items():
            whole[info] = whole.get(info, 0) + count
        return size_of(whole)


def watch(
    sensed: SensedTraffic, policy: GatePolicy | None = None,
    documented: list[Documented] | None = None, *, learn: bool = False, jobs: int | None = None,
) -> Watched:  # fmt: skip
    """Read logs, and judge every request in them.

    Args:
        sensed: the logs.
        policy: what the gate is told.
        documented: operations of a given OpenAPI document.
        learn: also return what is usual at each endpoint.
        jobs: processes that read; ``None`` for as many as there are cores, when a log is large.
    """
    watching = Watching(sensed, policy)
    with seldom_collected():
        for one in requests(sensed, watching.gate.secret, jobs, watching.hashed):
            watching.take(one)
    return watching.told(documented, learn=learn)


class Watching:
    """Judges requests and puts the findings of single ones together.

    Args:
        sensed: where they come from.
        policy: what the gate is told.
        secret: what identifiers are hashed with; a new one each time without it.
    """

    def __init__(
        self, sensed: SensedTraffic, policy: GatePolicy | None = None, secret: bytes | None = None
    ) -> None:
        """Remember nothing yet."""
        self.gate = Gate(policy or GatePolicy(), secret)
        self.sensed = sensed
        self.hashed = hashed_by(self.gate.policy)
        self.kept: dict[tuple[Any, ...], Incident] = {}
        self.dropped = 0

    def take(self, one: Observation | Request) -> None:
        """Judge a request, as a page holds it or whole."""
        if isinstance(one, Request):
            self.add_request(one)
        else:
            self.add(one)

    def add_request(self, one: Request) -> None:
        """Judge a request as a page holds it, with keys: most show nothing."""
        gate, like = self.gate, one.pattern
        found: list[Finding] = []
        if like.infos:
            found = gate.heard(one.at, like.endpoint, like.kinds, one.names, like.infos, one.keys,
                               like.records, like.hits)  # fmt: skip
        if like.exposed is None:
            like.exposed = gate.exposed(one.observation(keyed=True))
        if found or like.exposed:
            seen = one.observation(keyed=True)
            self._decided(gate.decision(seen, (*found, *like.exposed)), seen)

    def add(self, seen: Observation) -> None:
        """Judge a request."""
        self._decided(self.gate.judge(seen), seen)

    def _decided(self, decision: Decision, seen: Observation) -> None:
        for one in decision.findings:
            if not (decision.spared and one.kind in STRICT):
                self._count(one, seen)

    def told(
        self, documented: list[Documented] | None = None, *, learn: bool = False
    ) -> Watched:  # fmt: skip
        """Return what there is to report so far.

        Args:
            documented: operations of a given OpenAPI document.
            learn: also return what is usual at each endpoint.
        """
        found = Watched(
            sensed=self.sensed, policy=self.gate.policy, incidents=list(self.kept.values()),
            dropped=self.dropped, learned=self.gate.learn() if learn else {},
        )  # fmt: skip
        if documented is not None:
            _documented(found, documented)
        found.incidents.sort(key=_gravest)
        return found

    def keep(self, one: Incident) -> None:
        """Take over a finding that another judge made, beside what was given to its caller."""
        kind, _, tag = one.who.partition(":")
        taker = self.sensed.takers.tagged(kind, tag)
        if taker is not None and one.finding.endpoint in taker.endpoints:
            one.given = taker.endpoints[one.finding.endpoint]
        self.kept[_key(one.finding, one.who)] = one

    def _count(self, one: Finding, seen: Observation) -> None:
        takers = self.sensed.takers
        kind, name = nearest(seen.principals)
        mine = f"{kind}:{takers.tag(kind, name)}" if one.kind in STRICT else ""
        key = _key(one, mine)
        found = self.kept.get(key) or self._new(key, one, seen, mine)
        if found is None:
            return
        found.finding = one
        found.last = max(found.last, seen.at)
        found.requests += 1
        if mine:
            taker = takers.find(seen.principals)
            found.given = taker.endpoints.get(one.endpoint, {}) if taker else {}
        elif one.info is not None and one.info in seen.given:
            found.given[one.info] = found.given.get(one.info, 0) + seen.given[one.info]

    def _new(
        self, key: tuple[Any, ...], one: Finding, seen: Observation, mine: str
    ) -> Incident | None:
        if len(self.kept) >= MOST_FINDINGS:
            self.dropped += 1
            return None
        found = self.kept[key] = Incident(
            finding=one, who=mine, first=seen.at, last=seen.at, locator=seen.locator
        )
        return found


def hashed_by(policy: GatePolicy) -> Hashed:
    """Return where a policy says that digests stand for identifiers."""
    return Hashed(tuple((rule.pattern, rule.hashed) for rule in policy.endpoints))


def keep(store: Store, watched: Watched, before: Run | None = None) -> Run:
    """Write facts, signals and coverage as one run, all or nothing of them, and return it.

    Args:
        store: where to.
        watched: what is written.
        before: the run of what was found until lately, which makes way.
    """
    sensed = watched.sensed
    run = Run(sensor="traffic", subject=sensed.subject, artefact=sensed.artefact)
    store.con.begin()
    store.begin(run)
    found = [*sensed.facts(), *(_signal(sensed, one) for one in watched.incidents)]
    for one in watched.incidents:
        found += _provided(sensed, one)
    store.add_facts(run, found)
    coverage = sensed.coverage()
    store.add_coverage(run, coverage)
    partial = [one.scope for one in coverage if one.status != "ran"]
    store.finish(run, *(("partial", "; ".join(partial)) if partial else ()))
    if before is not None:
        store.forget(before)
    store.con.commit()
    return run


def keep_in(path: Path, watched: Watched, before: Run | None = None) -> Run:
    """Write as :func:`keep` does, to the store in a file."""
    from hongxian.facts import Store  # noqa: PLC0415 - loads DuckDB, which a report needs not

    store = Store(path)
    try:
        return keep(store, watched, before)
    finally:
        store.close()


def _key(one: Finding, who: str) -> tuple[Any, ...]:
    """Return what makes findings of single requests one."""
    return one.kind, one.endpoint, one.info, who


_ORDER = {kind: place for place, kind in enumerate((*STRICT, *_COUNTED))}


def _gravest(one: Incident) -> tuple[Any, ...]:
    """Return the place of a finding in the report: the gravest first, in whatever order found."""
    found = one.finding
    return (
        -ACTIONS.index(found.action), _ORDER.get(found.kind, 99), one.first, found.kind,
        found.endpoint, found.info or "", one.who,
    )  # fmt: skip


def _documented(told: Watched, documented: list[Documented]) -> None:
    """Add endpoints that no document knows, or that should be gone."""
    endpoints = told.sensed.inventory.endpoints.values()
    shadow, zombie, told.uncalled = against(endpoints, documented)
    told.against_document = True
    for kind, found in (("shadow", shadow), ("zombie", zombie)):
        for one in found:
            finding = Finding(
                kind=kind, action=told.policy.action(kind), endpoint=one.name,
                values={"requests": one.requests},
            )  # fmt: skip
            told.incidents.append(Incident(
                finding=finding, first=one.first, last=one.last, requests=one.requests,
                given={info: flow.values for info, flow in one.given.items()},
                locator=one.locator,
            ))  # fmt: skip


def _signal(sensed: SensedTraffic, one: Incident) -> Fact:
    finding = one.finding
    return Fact(
        subject=sensed.subject, sensor="traffic", kind="signal", item=finding.kind,
        info=finding.info, actor=one.who or None, outcome=finding.action,
        seen_at=moment(one.first), amount=one.size.records, unit="value",
        form=_form(sensed, finding), certainty="inferred" if finding.score is not None else "seen",
        score=min(1.0, finding.score / 100) if finding.score is not None else None,
        locator=one.locator, artefact=sensed.artefact, detail={
            "endpoint": finding.endpoint, "values": finding.values, "requests": one.requests,
            "owasp": list(finding.owasp), "laws": [" ".join(law) for law in finding.laws],
        },
    )  # fmt: skip


def _form(sensed: SensedTraffic, one: Finding) -> str | None:
    """Return ``hashed`` where the identifiers that a finding is about came as digests alone."""
    endpoint = sensed.inventory.endpoints.get(one.endpoint)
    flow = endpoint.taken.get(one.info or "") if endpoint and one.who else None
    return "hashed" if flow is not None and flow.hashed == flow.values > 0 else None


def _provided(sensed: SensedTraffic, one: Incident) -> Iterator[Fact]:
    """Yield what went to somebody who took it: PI was handed to a party that nobody knows."""
    if one.finding.kind in STRICT:
        for info, count in sorted(one.given.items()):
            yield Fact(
                subject=sensed.subject, sensor="traffic", kind="provide",
                item=one.finding.endpoint, info=info, actor=one.who, recipient="unknown",
                amount=count, unit="value", form="clear", seen_at=moment(one.first),
                locator=one.locator, artefact=sensed.artefact,
                detail={"finding": one.finding.kind},
            )  # fmt: skip
