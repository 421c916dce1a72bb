"""Builds the report model from the store, the rules and their rulings."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from hongxian.errors import HongxianError
from hongxian.laws.app_types import load_app_types
from hongxian.laws.bearing import clauses_for
from hongxian.reports.facts import (
    load_coverage,
    load_evidence,
    load_records,
    load_subjects,
    load_touches,
)
from hongxian.reports.mask import cover
from hongxian.reports.model import Behaviour, Group, Point, Report, Subject, when
from hongxian.reports.sessions import make_sessions
from hongxian.reports.tables import (
    about,
    cells,
    embedded,
    endpoints,
    flows,
    needs,
    permissions,
)
from hongxian.rules.load import VERDICTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from hongxian.facts import Store
    from hongxian.judge.run import Ruling
    from hongxian.laws.documents import Clause
    from hongxian.reports.model import Evidence, Origin, Scope
    from hongxian.reports.session import Record
    from hongxian.rules.load import Rule


def build_report(
    store: Store,
    rules: Sequence[Rule],
    rulings: Sequence[Ruling],
    origin: Origin,
) -> Report:
    """Return the report that every format renders.

    Args:
        store: its views are prepared (:func:`hongxian.judge.views.prepare`).
        rules: those that were judged, in the order of the report.
        rulings: what :func:`hongxian.judge.run.judge` returned.
        origin: when, by which version and by which command.

    Returns:
        Subjects in the order of the store.
    """
    material = _Material(
        facts=load_evidence(store, _cited(rulings)),
        touches=load_touches(store),
        coverage=load_coverage(store),
        records=load_records(store),
        rules={rule.id: rule for rule in rules},
        on=origin.judged_at.date(),
    )
    by_subject: dict[str, list[Ruling]] = defaultdict(list)
    for ruling in rulings:
        by_subject[ruling.subject].append(ruling)
    subjects = [
        _subject(name, type_key, by_subject[name], material)
        for name, type_key in load_subjects(store)
    ]
    return cover(Report(origin=origin, subjects=tuple(subjects), rules=tuple(rules)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Material:
    """What the store holds on all subjects."""

    facts: dict[str, list[Evidence]]
    touches: dict[str, list[dict[str, Any]]]
    coverage: dict[str, list[Scope]]
    records: dict[tuple[str, str], Record]
    rules: dict[str, Rule]
    on: date


def _cited(rulings: Iterable[Ruling]) -> set[str]:
    cited = {fact for r in rulings for finding in r.findings for fact in finding.evidence}
    return cited | {ruling.answer for ruling in rulings if ruling.answer}


def _subject(
    name: str, type_key: str | None, rulings: Sequence[Ruling], material: _Material
) -> Subject:
    facts = material.facts.get(name, [])
    touches = material.touches.get(name, [])
    coverage = material.coverage.get(name, [])
    app_type = load_app_types().get(type_key) if type_key else None
    table = cells(touches)
    behaviours = _behaviours(rulings, material.rules, facts, material.on)
    by_title = groupby(behaviours, key=lambda one: one.rule.group)
    records = {key[1]: one for key, one in material.records.items() if key[0] == name}
    groups = [Group(title=title, behaviours=tuple(members)) for title, members in by_title]
    return Subject(
        id=name,
        about=about(name, facts, coverage),
        app_type=app_type,
        groups=tuple(groups),
        coverage=tuple(coverage),
        cells=table,
        flows=flows(touches),
        permissions=permissions(facts, table, coverage, app_type),
        needs=needs(table, app_type),
        embedded=embedded(facts, table),
        endpoints=endpoints(facts),
        sessions=make_sessions(facts, behaviours, records),
        policies=tuple(fact for fact in facts if fact.kind == "publish"),
    )


def _behaviours(
    rulings: Sequence[Ruling], rules: dict[str, Rule], facts: Sequence[Evidence], on: date
) -> list[Behaviour]:
    by_id = {fact.id: fact for fact in facts}
    return [
        Behaviour(
            rule=rules[ruling.rule],
            ruling=ruling,
            points=_points(ruling, by_id),
            clauses=_clauses(rules[ruling.rule], on),
            answer=by_id.get(ruling.answer or ""),
        )
        for ruling in rulings
    ]


def _points(ruling: Ruling, facts: dict[str, Evidence]) -> tuple[Point, ...]:
    points = [
        Point(
            finding=finding,
            fingerprint=finding.fingerprint,
            evidence=_in_time(facts[key] for key in finding.evidence if key in facts),
            accepted=finding.fingerprint in ruling.accepted,
        )
        for finding in ruling.findings
    ]
    return tuple(sorted(points, key=lambda point: VERDICTS.index(point.verdict)))


def _in_time(facts: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return facts in the order of their moments; those without one come last."""
    return tuple(sorted(facts, key=when))


def _clauses(rule: Rule, on: date) -> tuple[Clause, ...]:
    """Return the clauses of the law; rules of packs that are not ours cite only their own."""
    try:
        known = rule.id.startswith(("method.", "store."))
        return tuple(clauses_for(rule.name, on)) if known else ()
    except HongxianError:
        return ()
