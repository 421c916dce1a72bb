"""Package and policy together: what is planted in the sample policies is found, nothing else is."""

from __future__ import annotations

import tomllib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from hongxian.audit.outcome import judge_store, keep, keep_policy
from hongxian.audit.policies import run_of
from hongxian.facts import Store
from hongxian.facts.vocabulary import DECLARED, SECTIONS
from hongxian.info import load_types
from hongxian.rules.load import load_rules
from hongxian.sensors.app.sense import sense_app
from hongxian.sensors.policy.sense import sense_policy

if TYPE_CHECKING:
    from hongxian.facts import Fact
    from hongxian.judge.run import Ruling

SAMPLES = Path(__file__).parents[2] / "samples"
POLICIES = SAMPLES / "policies"
TRUTH: dict[str, dict[str, Any]] = tomllib.loads((POLICIES / "TRUTH.toml").read_text("utf-8"))
APPS: dict[str, dict[str, Any]] = tomllib.loads((SAMPLES / "TRUTH.toml").read_text("utf-8"))
JUDGED_AT = datetime(2026, 11, 1)  # noqa: DTZ001 - the store keeps times without a zone
LINES = [(name, number) for name in TRUTH for number in TRUTH[name]["rules"]]
FINDINGS = [
    (name, place) for name in TRUTH for place in range(len(TRUTH[name].get("findings", ())))
]
BAD = {"violated", "suspected"}
POLICY_RULES = (
    "1.1", "1.4", "2.1", "2.2", "2.4", "3.3", "3.6", "3.8", "3.9", "4.1", "4.5", "5.1", "6.1",
    "6.2", "6.3", "6.5",
)  # fmt: skip
"""Behaviours that compare what is declared with what is seen."""


@cache
def facts(name: str) -> tuple[Fact, ...]:
    return tuple(sense_policy([POLICIES / TRUTH[name]["file"]]).facts)


@cache
def rulings(name: str, app_type: str | None) -> dict[str, Ruling]:
    store = Store()
    sensed = sense_app(SAMPLES / APPS[TRUTH[name]["app"]]["apk"])
    keep(store, sensed)
    keep_policy(store, run_of(sense_policy([POLICIES / TRUTH[name]["file"]], sensed.subject)))
    found = judge_store(store, load_rules(), [(sensed.subject, app_type)], JUDGED_AT, {})
    store.close()
    return {ruling.rule.removeprefix("method."): ruling for ruling in found}


def rows_of(planted: dict[str, Any]) -> list[dict[str, Any]]:
    """Write a planted finding out: one row for each value of a column that has several."""
    rows: list[dict[str, Any]] = [{}]
    for column, value in planted.items():
        if column == "rule":
            continue
        values = value if isinstance(value, list) else [value]
        rows = [{**row, column: one} for row in rows for one in values]
    return rows


def has(ruling: Ruling, row: dict[str, Any]) -> bool:
    return any(
        all(
            (finding.verdict if column == "verdict" else finding.columns.get(column)) == value
            for column, value in row.items()
        )
        for finding in ruling.findings
    )


@pytest.mark.parametrize("name", TRUTH)
def test_the_table_speaks_of_every_rule_in_known_words(name: str) -> None:
    truth = TRUTH[name]
    assert set(POLICY_RULES) <= set(truth["rules"])
    assert {*truth["there"], *truth["missing"]} <= set(SECTIONS)
    assert {fact["act"] for fact in truth["facts"]} <= set(DECLARED)
    groups = {kind.group for kind in load_types().values()}
    assert {fact["info"] for fact in truth["facts"] if "info" in fact} <= {*load_types(), *groups}
    for line in truth["rules"].values():
        assert line["planted"] == bool(BAD & set(line["verdict"]))
        assert line["what"]


@pytest.mark.parametrize("name", TRUTH)
def test_parts_and_planted_silences_are_found(name: str) -> None:
    found = {fact.item for fact in facts(name) if fact.kind == "section"}
    assert set(TRUTH[name]["there"]) - found == set()
    assert set(TRUTH[name]["missing"]) & found == set()


@pytest.mark.parametrize("name", TRUTH)
def test_what_is_declared_is_found(name: str) -> None:
    found = {
        (fact.item, fact.info, fact.actor, fact.recipient, fact.purpose)
        for fact in facts(name)
        if fact.kind == "declare"
    }
    columns = ("act", "info", "actor", "recipient", "purpose")
    told = {tuple(fact.get(column) for column in columns) for fact in TRUTH[name]["facts"]}
    assert told - found == set()


@pytest.mark.parametrize(("name", "number"), LINES)
def test_a_verdict_is_the_right_one(name: str, number: str) -> None:
    assert (
        rulings(name, TRUTH[name]["type"])[number].verdict
        in TRUTH[name]["rules"][number]["verdict"]
    )


@pytest.mark.parametrize(("name", "place"), FINDINGS)
def test_a_planted_contradiction_is_found(name: str, place: int) -> None:
    planted = TRUTH[name]["findings"][place]
    ruling = rulings(name, TRUTH[name]["type"])[planted["rule"]]
    missing = [row for row in rows_of(planted) if not has(ruling, row)]
    assert missing == []


@pytest.mark.parametrize("app_type", [None, "tool", "map", "im"])
def test_nothing_is_found_on_the_clean_twin(app_type: str | None) -> None:
    found = rulings("lantern_clean", app_type)
    bad = [
        (number, finding.columns)
        for number, ruling in found.items()
        for finding in ruling.findings
        if finding.verdict in BAD
    ]
    assert bad == []
    assert not BAD & {ruling.verdict for ruling in found.values()}


def test_a_policy_alone_satisfies_nothing_that_only_a_session_shows() -> None:
    """What the clean twin is cleared of rests on the text and its look, nothing more."""
    satisfied = {
        number for number, ruling in rulings("lantern_clean", "tool").items()
        if ruling.verdict == "satisfied"
    }  # fmt: skip
    assert satisfied == {"1.1", "1.4", "2.4"}
