"""Every rule of the Method against its cases, and against the checks that all rules must pass."""

from __future__ import annotations

from datetime import date

import pytest

from hongxian.judge.cases import JUDGED_AT, Tables, load_cases, run_cases
from hongxian.judge.check import check_rule
from hongxian.judge.reference import reference_tables
from hongxian.rules.load import VERDICTS, Rule, load_pack

RULES = load_pack("method")


@pytest.fixture(scope="module")
def reference() -> Tables:
    return dict(reference_tables([], [], {}, JUDGED_AT.date()))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.number)
def test_a_rule_reaches_the_verdict_of_each_of_its_cases(rule: Rule, reference: Tables) -> None:
    problems = [p for r in run_cases(rule, load_cases(rule), reference) for p in r.problems]
    assert problems == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.number)
def test_a_rule_passes_all_checks(rule: Rule) -> None:
    assert check_rule(rule) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.number)
def test_a_rule_has_cases_for_yes_no_and_unknown(rule: Rule) -> None:
    verdicts = {case.expect for case in load_cases(rule)}
    assert {"violated", "satisfied", "unclear"} <= verdicts
    assert verdicts <= set(VERDICTS)


def test_rules_stand_in_the_order_of_the_law() -> None:
    numbers = [rule.number for rule in RULES]
    sizes = {1: 4, 2: 4, 3: 9, 4: 6, 5: 3, 6: 5}
    assert numbers == [f"{group}.{n}" for group, size in sizes.items() for n in range(1, size + 1)]


def test_a_rule_cites_its_own_item_of_the_method() -> None:
    for rule in RULES:
        cited = [law for law in rule.law if law["document"] == "METHOD31"]
        assert [law["item"] for law in cited] == [rule.number]
        assert all(isinstance(law["from"], date) for law in cited)
