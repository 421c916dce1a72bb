"""Every rule on stores against its cases, its mutants, and the checks that all rules must pass."""

from __future__ import annotations

import pytest

from hongxian.judge.cases import JUDGED_AT, Tables, load_cases, run_cases
from hongxian.judge.check import check_rule, yields
from hongxian.judge.mutants import surviving
from hongxian.judge.reference import reference_tables
from hongxian.laws.bearing import STORE, clauses_for
from hongxian.rules.load import Rule, load_store_rules

RULES = load_store_rules()


@pytest.fixture(scope="module")
def reference() -> Tables:
    return dict(reference_tables([], [], {}, JUDGED_AT.date()))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_reaches_the_verdict_of_each_of_its_cases(rule: Rule, reference: Tables) -> None:
    problems = [p for r in run_cases(rule, load_cases(rule), reference) for p in r.problems]
    assert problems == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_passes_all_checks(rule: Rule) -> None:
    assert check_rule(rule) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_has_cases_for_each_verdict_that_it_can_give(rule: Rule) -> None:
    import sqlglot

    tree = sqlglot.parse_one(rule.sql, read="duckdb")
    cases = load_cases(rule)
    seen = {case.expect for case in cases} | {row["verdict"] for case in cases for row in case.rows}
    assert seen >= yields(tree)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_no_mutant_of_a_rule_survives_its_cases(rule: Rule, reference: Tables) -> None:
    assert [mutant.what for mutant in surviving(rule, load_cases(rule), reference)] == []


def test_every_rule_rests_on_a_clause_in_force() -> None:
    assert [rule.id for rule in RULES] == list(STORE)
    for rule in RULES:
        assert clauses_for(rule.id, JUDGED_AT.date()) or rule.law
