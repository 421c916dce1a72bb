"""Both engines judge the same facts the same way: one suite, each gap named by its exception."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from bench.judge_10000_apps import ON, TYPES, write

from hongxian.errors import HongxianError
from hongxian.facts import Coverage, Fact, Run, Store, vocabulary
from hongxian.facts.spark import SparkStore
from hongxian.judge.cases import JUDGED_AT, Case, _compare, lay_out, load_cases
from hongxian.judge.check import ITEMS
from hongxian.judge.engine import engine_of
from hongxian.judge.reference import reference_tables
from hongxian.judge.run import covered, judge
from hongxian.judge.views import prepare
from hongxian.rules.load import Rule, load_every_rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from hongxian.judge.engine import AnyStore

RULES = load_every_rule()
ENGINES = ("duckdb", "spark")
EXCUSES: dict[tuple[str, str], type[Exception]] = {}
"""(engine, number of the rule) -> what it raises where the other engine judges: none does."""

NOT_SHARED = {
    ("duckdb", "broken json"): HongxianError,  # Spark takes broken JSON for null
}
"""(engine, what no store holds) -> what it raises; :class:`Fact` writes whole JSON alone."""


@dataclass(slots=True)
class Round:
    """Cases of many rules that go together, as each rule's thresholds are the same in all."""

    folder: Path
    subjects: list[tuple[str, str | None, datetime]] = field(default_factory=list)
    limits: dict[str, float] = field(default_factory=dict)
    cases: dict[str, dict[str, Case]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    stores: dict[str, Any] = field(default_factory=dict)


def published(store: AnyStore, subjects: Sequence[Any], limits: dict[str, float]) -> AnyStore:
    prepare(store, reference_tables(subjects, RULES, limits, JUDGED_AT.date()))
    return store


DETAILS = (
    {}, {"refused": "location.precise"}, {"refused": None}, {"permission": "读取"}, {"own": True},
    {"about": ["delete", "correct"]}, {"trigger": "person", "flow": "start"}, {"unresolved": 2},
    {"silent": 1.5, "alone": False}, {"third_party_app": "a", "replaced": {"a": [1, None]}},
    {"condition": "", "asks": 3, "interval_seconds": 0.5},
)  # fmt: skip
WORDS = {
    "kind": tuple(vocabulary.KINDS),
    "item": (*sorted(ITEMS), "android.permission.CAMERA", "collect", "share", "entrust", None),
    "info": ("device.imei", "location.precise", "location.coarse", "basic.phone", None, None),
    "actor": ("first_party", "umeng_analytics", "jpush", "unknown", "named:某公司", None),
    "party": ("某公司", None),
    "recipient": ("first_party", "jpush", "unknown", "named:某公司", None),
    "purpose": ("basic_function", "ads", "other", None),
    "basis": ("consent", "separate_consent", "legal_duty", None),
    "phase": tuple(vocabulary.PHASES),
    "outcome": ("works", "fails", "missing", "implied", "checked", "blocked", "available", "used",
                "closed", "vague", "denied", None),
    "amount": (0, 1, 2, 15, 16, 48.5, None),
    "unit": ("working_day", "day", "second", "per_second", None),
    "form": (*vocabulary.FORMS, None),
    "certainty": tuple(vocabulary.CERTAINTIES),
    "sensor": ("app", "policy", "session", "people", "traffic"),
    "detail": DETAILS,
}  # fmt: skip


def strange(store: Store, subjects: int) -> list[tuple[str, str | None, datetime]]:
    """Fill a store with facts whose every column is drawn at random, nulls among them."""
    rng = np.random.default_rng(31)

    def drawn(words: Sequence[Any]) -> Any:
        return words[int(rng.integers(len(words)))]

    run = Run(sensor="session", subject="strange", started_at=ON)
    store.begin(run)
    found = []
    for place in range(subjects):
        subject = f"app:strange{place}@1#000000000000"
        found.append((subject, drawn(TYPES), ON))
        times = [ON - timedelta(seconds=int(n)) for n in rng.integers(0, 600, 4)] + [None]
        store.add_facts(run, [
            Fact(subject=subject, seen_at=drawn(times), effective_at=drawn(times),
                 locator=str(n), **{name: drawn(words) for name, words in WORDS.items()})
            for n in range(40)
        ])  # fmt: skip
        store.add_coverage(run, [
            Coverage(subject=subject, scope=scope, status=drawn(("ran", "partial", "not_run")))
            for scope in sorted(vocabulary.SCOPES) if rng.random() < 0.7
        ])  # fmt: skip
    return found


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Round]]:
    """All cases of all rules, each a subject of its own, in few stores; the first holds more."""
    found: list[Round] = []
    reference = dict(reference_tables([], [], {}, JUDGED_AT.date()))
    for rule in RULES:
        for place, bench in enumerate(lay_out(rule, load_cases(rule), reference)):
            if place == len(found):
                found.append(Round(tmp_path_factory.mktemp("round")))
                found[place].stores["duckdb"] = Store()
            now = found[place]
            bench.store.export(now.folder / rule.id)
            now.stores["duckdb"].load(now.folder / rule.id)
            bench.store.close()
            now.cases[rule.id], now.names = bench.cases, now.names | bench.names
            now.subjects += [(s, c.app_type, c.judged_at) for s, c in bench.cases.items()]
            changed = next(iter(bench.cases.values())).limits
            now.limits |= {f"{rule.id}.{name}": value for name, value in changed.items()}
    first = found[0].stores["duckdb"]
    found[0].subjects += strange(first, 120)
    write(first, 100)
    found[0].subjects += [(f"app:{n}", TYPES[n % len(TYPES)], ON) for n in range(100)]
    for now in found:
        duck = published(now.stores["duckdb"], now.subjects, now.limits)
        duck.export(now.folder)
    yield found
    for now in found:
        for store in now.stores.values():
            store.close()


def engine(name: str, now: Round, request: pytest.FixtureRequest) -> AnyStore:
    """Return the store of a round; that of Spark is opened when the first test asks for it."""
    if name not in now.stores:
        request.getfixturevalue("spark_started")
        store = SparkStore(now.folder)  # with a session, and so views, of its own
        now.stores[name] = published(store, now.subjects, now.limits)
    return now.stores[name]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
@pytest.mark.parametrize("name", ENGINES)
def test_a_rule_says_the_same_on_its_cases_and_on_facts_drawn_at_random(
    name: str, rule: Rule, rounds: list[Round], request: pytest.FixtureRequest
) -> None:
    wrong = EXCUSES.get((name, rule.number))
    problems: list[str] = []
    judged = {}
    for now in (one for one in rounds if rule.id in one.cases):
        store = engine(name, now, request)
        if wrong:
            with pytest.raises(wrong):
                judge(store, [rule], every_row=True)
            continue
        judged[name] = judge(store, [rule], every_row=True)
        judged["duckdb"] = judge(now.stores["duckdb"], [rule], every_row=True)
        assert judged[name] == judged["duckdb"]
        for ruling in judged[name]:
            if case := now.cases[rule.id].get(ruling.subject):
                problems += _compare(case, ruling, now.names).problems
    assert problems == []


@pytest.mark.parametrize("name", ENGINES)
def test_what_was_looked_at_and_the_app_types_told_are_the_same(
    name: str, rounds: list[Round], request: pytest.FixtureRequest
) -> None:
    store, duck = engine(name, rounds[0], request), rounds[0].stores["duckdb"]
    assert covered(store) == covered(duck)
    assert len(covered(store)) > 100
    assert engine_of(store).told_types() == engine_of(duck).told_types()


@pytest.mark.parametrize("name", ENGINES)
def test_text_that_is_no_json_is_told_apart_by_name(
    name: str, rounds: list[Round], request: pytest.FixtureRequest
) -> None:
    sql = (
        "select subject, case when get_json_object('{', '$.a') is null then 'unclear' "
        "else 'unclear' end as verdict, array_agg(fact_id) as evidence from facts group by subject"
    )
    rule = replace(RULES[0], sql=sql)
    store = engine(name, rounds[0], request)
    if wrong := NOT_SHARED.get((name, "broken json")):
        with pytest.raises(wrong):
            judge(store, [rule])
    else:
        assert {ruling.verdict for ruling in judge(store, [rule])} >= {"unclear"}
