"""What every format renders: one frozen picture of what was judged, free of any language."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from hongxian.facts.reason import say_all
from hongxian.rules.load import VERDICTS

if TYPE_CHECKING:
    from hongxian.facts import Reason
    from hongxian.judge.run import Finding, Ruling
    from hongxian.laws.app_types import AppType
    from hongxian.laws.documents import Clause
    from hongxian.reports.session import Session
    from hongxian.rules.load import Rule

PRINCIPLES = ("lawful", "legitimate", "necessary")
"""The three principles, in the order in which the law names them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One fact, as it is shown; free text in it is masked."""

    id: str
    sensor: str
    kind: str
    item: str | None
    info: str | None
    actor: str | None
    party: str | None
    recipient: str | None
    purpose: str | None
    basis: str | None
    phase: str
    outcome: str | None
    seen_at: datetime | None
    effective_at: datetime | None
    amount: float | None
    unit: str | None
    form: str | None
    certainty: str
    score: float | None
    locator: str | None
    artefact: str | None
    detail: dict[str, Any]
    since_consent: float | None
    """Seconds from the person's consent in the same record; negative before it, ``None`` where one
    is not known."""

    @property
    def near(self) -> str | None:
        """The choice of the person to which it is too close for the clocks to tell which was first.

        Such a fact has no ``seen_at``; its moment as far as it is known is in ``detail.around``.
        """
        return str(self.detail["near"]) if "near" in self.detail else None

    @property
    def at(self) -> datetime | None:
        """When it was, exactly or as far as it is known."""
        if self.seen_at is not None:
            return self.seen_at
        try:
            return datetime.fromisoformat(str(self.detail.get("around")))
        except ValueError:
            return None

    @property
    def stack(self) -> tuple[str, ...]:
        """Frames ``class.method`` that a hook saw, from the innermost outward."""
        told = self.detail.get("stack")
        return tuple(map(str, told)) if isinstance(told, list | tuple) else ()

    @property
    def path(self) -> tuple[str, ...]:
        """Frames ``class.method`` from an entry of the app to the API; empty when not known."""
        return tuple(str(frame) for frame in self.detail.get("path", ()))

    @property
    def edges(self) -> tuple[str, ...]:
        """Why each frame can lead to the next, one shorter than :attr:`path`; empty if not told."""
        told = [str(edge) for edge in self.detail.get("edges", ())]
        steps = max(0, len(self.path) - 1)
        return tuple((told + [""] * steps)[:steps])


def when(fact: Evidence) -> tuple[bool, str]:
    """Return what sorts facts by their moments; those without one come last."""
    return fact.at is None, fact.at.isoformat(timespec="microseconds") if fact.at else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A finding with its evidence."""

    finding: Finding
    """Texts in its columns are masked."""
    fingerprint: str
    """Of the finding as it was judged."""
    evidence: tuple[Evidence, ...]
    accepted: bool

    @property
    def verdict(self) -> str:
        """The finding's verdict."""
        return self.finding.verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """One rule on one subject: the verdict and all that stands behind it."""

    rule: Rule
    ruling: Ruling
    points: tuple[Point, ...]
    """Worst first."""
    clauses: tuple[Clause, ...]
    """In force on the day of judgement, the weightiest first; the rule's own item comes after."""
    answer: Evidence | None
    """The person's answer that settled it."""

    @property
    def verdict(self) -> str:
        """The folded verdict."""
        return self.ruling.verdict

    @property
    def accepted(self) -> bool:
        """Whether an accept file covers every finding that carries the verdict."""
        carrying = [point for point in self.points if point.verdict == self.verdict]
        return bool(carrying) and all(point.accepted for point in carrying)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Behaviours under one heading of the law."""

    title: dict[str, str]
    behaviours: tuple[Behaviour, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """How far one scope was looked at."""

    scope: str
    status: str
    reason: str | None
    """As whoever looked wrote it."""
    detail: dict[str, Any]
    reasons: tuple[Reason, ...] = ()
    """The same, sayable in every language; empty when it is not in our words."""

    def why(self, lang: str) -> str | None:
        """Return why not the whole of it, in a language where our words have it."""
        return say_all(self.reasons, lang) if self.reasons else self.reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What is known of one PI type in the hands of one actor."""

    info: str
    actor: str
    certainty: str | None
    """The strongest: ``seen``, ``reachable``; ``None`` when only a policy speaks of it."""
    early: bool
    """Some of it comes before consent."""
    declared: bool
    """A policy says so."""
    places: int
    """How many facts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Who gets what: a PI type goes by an actor's code to a recipient."""

    info: str
    actor: str
    recipient: str | None
    """``None`` while nothing shows that it leaves the device."""
    seen: bool
    """It was seen to go; else the code could send it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PermissionRow:
    """A declared permission against what the app type needs and the code uses."""

    name: str
    level: str
    infos: tuple[str, ...]
    necessary: bool | None
    """``None``: it reaches no PI, or the app type is not known."""
    used: bool | None
    """``None``: the code was not wholly read, or no API of it is known."""
    asked: bool
    """The code asks for it while it runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedRow:
    """A PI type that the app type may call necessary, or that the app takes beyond it."""

    info: str
    necessary: bool
    found: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedded:
    """An SDK in the package."""

    actor: str
    party: str | None
    locator: str | None
    infos: tuple[str, ...]
    """PI types that its code can read here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A host that stands in the package or was talked to."""

    host: str
    recipient: str | None
    cleartext: bool
    seen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the title block says of a subject."""

    name: str
    version: str
    digest: str
    """sha256 of the package; its first 12 digits when the sensor told no more."""
    file: str | None
    """Name of the package as it was given."""
    label: str | None
    signer: str | None
    traits: dict[str, Any]
    """Item -> figure, or true."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One app, policy, database or organisation, and all that was found on it."""

    id: str
    about: About
    app_type: AppType | None
    groups: tuple[Group, ...]
    coverage: tuple[Scope, ...]
    cells: tuple[Cell, ...]
    flows: tuple[Flow, ...]
    permissions: tuple[PermissionRow, ...]
    needs: tuple[NeedRow, ...]
    embedded: tuple[Embedded, ...]
    endpoints: tuple[Endpoint, ...]
    sessions: tuple[Session, ...]
    """In the order of their starts."""
    policies: tuple[Evidence, ...]
    """Policies and lists that were found."""

    @cached_property
    def behaviours(self) -> tuple[Behaviour, ...]:
        """All behaviours, in the law's order."""
        return tuple(one for group in self.groups for one in group.behaviours)

    @cached_property
    def timeline(self) -> tuple[Evidence, ...]:
        """What has a moment, in order."""
        return tuple(moment.fact for session in self.sessions for moment in session.moments)

    @cached_property
    def counts(self) -> dict[str, int]:
        """Verdict -> number of behaviours, worst first, zeros included."""
        found = Counter(one.verdict for one in self.behaviours)
        return {verdict: found[verdict] for verdict in VERDICTS}

    def of_principle(self, principle: str) -> list[Behaviour]:
        """Return the behaviours that a principle governs."""
        return [one for one in self.behaviours if principle in one.rule.principles]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a report comes from."""

    judged_at: datetime
    """The day whose law counts."""
    version: str
    """Of the product."""
    command: str
    """How the audit was started, as the user may repeat it."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """The whole of one audit."""

    origin: Origin
    subjects: tuple[Subject, ...]
    rules: tuple[Rule, ...] = field(default=())

    @cached_property
    def counts(self) -> dict[str, int]:
        """Verdict -> number of behaviours over all subjects."""
        return {v: sum(subject.counts[v] for subject in self.subjects) for v in VERDICTS}
