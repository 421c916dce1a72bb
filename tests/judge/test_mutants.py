"""Mutants of a small rule, with cases that notice all of them and cases that notice few."""

from __future__ import annotations

import sqlglot

from hongxian.judge.cases import parse_cases
from hongxian.judge.mutants import mutants, surviving
from hongxian.rules.load import Rule, parse_rule

RULE = """/*
id: method.9.1
title: {zh: 例, en: example}
group: {zh: 例, en: example}
principles: [lawful]
law: []
needs: []
severity: low
thresholds:
  most: {value: 3, unit: count, source: ours}
says: {}
fix: {zh: 例, en: example}
status: stable
since: 0.1.0
false_positives: {zh: 无, en: none}
*/
select
  f.subject,
  case
    when f.amount > l.value then 'violated'
    when f.amount is not null then 'satisfied'
    else 'unclear'
  end as verdict,
  array_agg(f.fact_id) as evidence
from facts as f
cross join limits as l
where f.kind = 'collect' and l.rule = 'method.9.1' and l.name = 'most'
group by f.subject, f.amount, l.value
"""

CASES = """
- name: one more than allowed
  facts: [{id: a, kind: collect, amount: 4}]
  expect: violated
  rows: [{verdict: violated, evidence: [a]}]
- name: as many as allowed
  facts: [{id: a, kind: collect, amount: 3}]
  expect: satisfied
  rows: [{verdict: satisfied, evidence: [a]}]
- name: nobody counted
  facts: [{id: a, kind: collect}, {id: b, kind: store, amount: 9}]
  expect: unclear
  rows: [{verdict: unclear, evidence: [a]}]
"""


def rule() -> Rule:
    return parse_rule(RULE, "9.1.sql")


def test_cases_at_the_boundary_notice_every_mutant() -> None:
    assert surviving(rule(), parse_cases(CASES, "9.1.cases.yaml")) == []


def test_without_the_boundary_the_moved_comparison_lives() -> None:
    cases = [case for case in parse_cases(CASES, "9.1.cases.yaml") if "as many" not in case.name]
    left = surviving(rule(), cases)
    assert "f.amount > l.value  ->  f.amount >= l.value" in [mutant.what for mutant in left]


def test_a_mutant_that_does_not_run_is_noticed() -> None:
    broken = parse_rule(RULE.replace("group by f.subject, f.amount, l.value", "group by 1, 2"), "")
    assert len(mutants(broken.sql)) > 5
    assert surviving(broken, parse_cases(CASES, "9.1.cases.yaml")) == []


def test_no_mutant_comes_twice_and_none_is_the_rule() -> None:
    made = mutants(rule().sql)
    whole = sqlglot.parse_one(rule().sql, read="duckdb").sql(dialect="duckdb")
    texts = [mutant.sql for mutant in made]
    assert len(texts) == len(set(texts)) > 10
    assert whole not in texts


def test_the_outermost_query_is_mutated_too() -> None:
    made = mutants("select 'x' as subject union all select 'y' as subject")
    assert {m.sql for m in made} == {"SELECT 'x' AS subject", "SELECT 'y' AS subject"}
