"""Cases of a rule: small stories with facts and the verdict that the rule must reach.

``N.M.cases.yaml`` beside ``N.M.sql`` is a list; each entry becomes a subject of its own, and all
entries that share thresholds are judged by one query, as in real life.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from hongxian.facts import Coverage, Fact, Run, Store
from hongxian.judge.run import Ruling, judge
from hongxian.judge.views import limit_rows, prepare
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hongxian.rules.load import Rule

Tables = dict[str, "Sequence[tuple[Any, ...]]"]
"""Rows per reference view, columns as in :data:`hongxian.judge.views.VIEWS`."""

JUDGED_AT = datetime(2026, 11, 1)  # noqa: DTZ001 - the store keeps times without a zone
"""The day of judgement of a case that names none."""

_KEYS = {"name", "app_type", "judged_at", "coverage", "facts", "limits", "expect", "rows"}
_SENSOR = {
    "address": "app", "answer": "answer", "call_site": "app", "declare": "policy",
    "embed": "app", "permission": "app", "provide": "traffic", "publish": "policy",
    "reach": "app", "right": "people", "section": "policy", "store": "store", "trait": "app",
}  # fmt: skip
_CERTAINTY = {
    "address": "reachable", "answer": "declared", "call_site": "reachable",
    "declare": "declared", "publish": "declared", "reach": "reachable", "section": "declared",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One story and the verdict that the rule must reach on it."""

    name: str
    expect: str
    """The folded verdict."""
    facts: list[dict[str, Any]] = field(default_factory=list)
    """Fields of :class:`Fact` and ``id``; ``sensor`` and ``certainty`` follow the kind."""
    coverage: dict[str, str] = field(default_factory=dict)
    """Scope -> status; a scope that is not named was not looked at."""
    rows: list[dict[str, Any]] = field(default_factory=list)
    """All rows that the rule returns: verdict, evidence (fact ids), and columns to compare."""
    app_type: str | None = None
    judged_at: datetime = JUDGED_AT
    limits: dict[str, float] = field(default_factory=dict)
    """Thresholds of the rule that this case changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult:
    """What a rule said on a case."""

    case: Case
    verdict: str
    rows: list[dict[str, Any]]
    problems: list[str]
    """Where this differs from what the case expects; empty when it does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """A store that holds cases with the same thresholds, ready for any text of the rule."""

    store: Store
    cases: dict[str, Case]
    """By subject."""
    names: dict[str, str]
    """Fact id -> the id that the case gave it."""


def load_cases(rule: Rule) -> list[Case]:
    """Return the cases that are shipped beside a rule."""
    pack, number = rule.id.split(".", 1)
    name = f"{number}.cases.yaml"
    source = files("hongxian.rules") / pack / name
    if not source.is_file():
        raise WordedError("no_cases", name, rule=rule.id)
    return parse_cases(source.read_text(encoding="utf-8"), name)


def parse_cases(text: str, source: str) -> list[Case]:
    """Parse a case file's text.

    Raises:
        HongxianError: it is no YAML list of cases; names the case and the key.
    """
    try:
        entries = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise WordedError("file_unreadable", source, reason=" ".join(str(error).split())) from None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise WordedError("not_cases", source)
    return [_case(entry, f"{source}: case {place}") for place, entry in enumerate(entries, 1)]


def run_cases(rule: Rule, cases: Sequence[Case], reference: Tables) -> list[CaseResult]:
    """Judge cases by a rule.

    Args:
        rule: the rule, or a changed text of it.
        cases: its cases.
        reference: rows of the reference views; ``subjects`` and ``limits`` are made here.

    Returns:
        One result per case.
    """
    benches = lay_out(rule, cases, reference)
    try:
        return [result for bench in benches for result in run_bench(rule, bench)]
    finally:
        for bench in benches:
            bench.store.close()


def lay_out(rule: Rule, cases: Sequence[Case], reference: Tables) -> list[Bench]:
    """Write cases to stores, one per set of thresholds; the caller closes the stores."""
    groups: dict[str, list[tuple[str, Case]]] = defaultdict(list)
    for place, case in enumerate(cases, 1):
        key = json.dumps(case.limits, sort_keys=True)
        groups[key].append((f"app:{rule.id}.case{place}@1#000000000000", case))
    return [_bench(rule, dict(group), reference) for group in groups.values()]


def run_bench(rule: Rule, bench: Bench) -> list[CaseResult]:
    """Judge the cases of a bench by a rule."""
    return [
        _compare(bench.cases[ruling.subject], ruling, bench.names)
        for ruling in judge(bench.store, [rule], every_row=True)
    ]


def _case(entry: dict[str, Any], where: str) -> Case:
    where = f"{where} ({entry.get('name', 'no name')})"
    if wrong := sorted(set(entry) - _KEYS) or sorted({"name", "expect"} - set(entry)):
        raise WordedError("case_keys", where, keys=", ".join(wrong))
    if "judged_at" in entry:
        entry["judged_at"] = _moment(entry["judged_at"])
    case = Case(**entry)
    ids = [fact.get("id") for fact in case.facts]
    if len(set(ids)) < len(ids) or None in ids:
        raise WordedError("case_ids", where)
    return case


def _moment(value: date | datetime) -> datetime:
    return value if isinstance(value, datetime) else datetime.combine(value, time())


def _bench(rule: Rule, cases: dict[str, Case], reference: Tables) -> Bench:
    store = Store()
    run = Run(sensor="session", subject=rule.id)
    store.begin(run)
    names: dict[str, str] = {}
    for subject, case in cases.items():
        facts = {entry["id"]: _fact(entry, subject, case) for entry in case.facts}
        names.update({fact.fact_id: name for name, fact in facts.items()})
        store.add_facts(run, facts.values())
        store.add_coverage(run, [
            Coverage(subject=subject, scope=scope, status=status)
            for scope, status in case.coverage.items()
        ])  # fmt: skip
    limits = next(iter(cases.values())).limits
    subjects = [(subject, case.app_type, case.judged_at) for subject, case in cases.items()]
    changed = {f"{rule.id}.{name}": value for name, value in limits.items()}
    prepare(store, {**reference, "subjects": subjects, "limits": limit_rows([rule], changed)})
    return Bench(store=store, cases=cases, names=names)


def _fact(entry: dict[str, Any], subject: str, case: Case) -> Fact:
    values = {name: value for name, value in entry.items() if name != "id"}
    kind = values.get("kind", "")
    for name in ("seen_at", "effective_at"):
        if values.get(name) is not None:
            values[name] = _moment(values[name])
    defaults = {
        "subject": subject,
        "sensor": _SENSOR.get(kind, "session"),
        "certainty": _CERTAINTY.get(kind, "seen"),
    }
    try:
        return Fact(**(defaults | values))
    except (TypeError, ValueError) as error:
        raise WordedError("case_fact", name=case.name, fact=entry["id"], reason=error) from None


def _compare(case: Case, ruling: Ruling, names: dict[str, str]) -> CaseResult:
    rows = [
        {
            "verdict": finding.verdict,
            "evidence": sorted(names.get(fact, fact) for fact in finding.evidence),
            **finding.columns,
        }
        for finding in ruling.findings
    ]
    problems = []
    if ruling.verdict != case.expect:
        problems.append(f"{case.name}: expected {case.expect}, got {ruling.verdict}")
    if not _match(case.rows, rows):
        problems.append(f"{case.name}: expected rows {case.rows}, got {rows}")
    return CaseResult(case=case, verdict=ruling.verdict, rows=rows, problems=problems)


def _match(expected: list[dict[str, Any]], rows: list[dict[str, Any]]) -> bool:
    """Pair rows off; each expected row names the columns that it cares for."""
    wanted = [{**row, "evidence": sorted(row.get("evidence", []))} for row in expected]
    if Counter(map(_key, wanted)) != Counter(map(_key, rows)):
        return False
    left = list(rows)
    for row in sorted(wanted, key=len, reverse=True):
        found = next((r for r in left if all(r.get(k) == v for k, v in row.items())), None)
        if found is None:
            return False
        left.remove(found)
    return True


def _key(row: dict[str, Any]) -> tuple[str, str]:
    return row["verdict"], " ".join(row["evidence"])
