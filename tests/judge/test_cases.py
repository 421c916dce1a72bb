from __future__ import annotations

from datetime import datetime

import pytest

from hongxian.errors import HongxianError
from hongxian.judge.cases import CaseResult, load_cases, parse_cases, run_cases
from hongxian.rules.load import find_rule, parse_rule

HEAD = """/*
id: method.9.9
title: {zh: 题, en: title}
group: {zh: 组, en: group}
principles: [lawful]
law: []
needs: [session.hooks]
severity: low
says: {}
fix: {zh: 改, en: fix}
status: stable
since: 0.1.0
false_positives: {zh: 无, en: none}
thresholds: {most: {value: 2, unit: day, source: ours}}
*/
"""
SQL = """
select subject, array_agg(fact_id) as evidence, info,
  case when min(amount) > (select value from limits where rule = 'method.9.9' and name = 'most')
    then 'violated' else 'unclear' end as verdict
from facts group by subject, info
"""
RULE = parse_rule(HEAD + SQL, "9.9.sql")


def results(text: str) -> list[CaseResult]:
    return run_cases(RULE, parse_cases(text, "9.9.cases.yaml"), {})


def test_a_case_that_comes_out_as_expected_has_no_problems() -> None:
    (result,) = results("""
- name: three days
  coverage: {session.hooks: ran}
  facts: [{id: a, kind: store, info: basic.name, amount: 3, unit: day}]
  expect: violated
  rows: [{verdict: violated, evidence: [a], info: basic.name}]
""")
    assert result.problems == []
    assert result.verdict == "violated"
    assert result.rows == [{"verdict": "violated", "evidence": ["a"], "info": "basic.name"}]


def test_thresholds_hold_for_their_own_case_alone() -> None:
    found = results("""
- {name: strict, limits: {most: 0}, facts: [{id: a, kind: store, amount: 1}], expect: violated,
   rows: [{verdict: violated, evidence: [a]}]}
- {name: plain, facts: [{id: a, kind: store, amount: 1}], expect: unclear,
   rows: [{verdict: unclear, evidence: [a]}]}
""")
    assert [result.problems for result in found] == [[], []]


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ("expect: violated", "expected violated, got unclear"),
        ("rows: []", "expected rows"),
        ("rows: [{verdict: unclear, evidence: [b]}]", "expected rows"),
        ("rows: [{verdict: unclear, evidence: [a], info: other}]", "expected rows"),
    ],
)
def test_a_case_that_comes_out_otherwise_says_what_differs(changed: str, problem: str) -> None:
    lines = {"expect": "unclear", "rows": "[{verdict: unclear, evidence: [a]}]"}
    key, value = changed.split(": ", 1)
    lines[key] = value
    (result,) = results(f"""
- name: one day
  facts: [{{id: a, kind: store, amount: 1}}]
  expect: {lines["expect"]}
  rows: {lines["rows"]}
""")
    assert problem in " ".join(result.problems)


def test_sensor_and_certainty_follow_the_kind() -> None:
    rule = parse_rule(
        HEAD + "select subject, case when true then 'violated' else 'unclear' end as verdict, "
        "array_agg(fact_id) as evidence, sensor, certainty from facts "
        "group by subject, sensor, certainty",
        "9.9.sql",
    )
    cases = parse_cases(
        """
- name: two
  facts: [{id: a, kind: reach}, {id: b, kind: declare, item: use}, {id: c, kind: collect}]
  expect: violated
  rows:
    - {verdict: violated, evidence: [a], sensor: app, certainty: reachable}
    - {verdict: violated, evidence: [b], sensor: policy, certainty: declared}
    - {verdict: violated, evidence: [c], sensor: session, certainty: seen}
""",
        "x",
    )
    assert run_cases(rule, cases, {})[0].problems == []


def test_days_and_moments_become_moments() -> None:
    (case,) = parse_cases("[{name: a, expect: unclear, judged_at: 2025-03-01}]", "x")
    assert case.judged_at == datetime(2025, 3, 1)  # noqa: DTZ001 - the store keeps no zone
    (result,) = results("""
- {name: a, facts: [{id: a, kind: store, effective_at: 2026-01-01}], expect: unclear,
   rows: [{verdict: unclear, evidence: [a]}]}
""")
    assert result.problems == []


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("a: [", "9.9.cases.yaml: cannot be read (while parsing"),
        ("a: b", "not a list of cases"),
        ("[{name: a}]", "case 1 (a): expect: unknown or missing"),
        ("[{name: a, expect: unclear, fact: []}]", "fact: unknown or missing"),
        ("[{name: a, expect: unclear, facts: [{kind: use}]}]", "facts need an id each"),
        (
            "[{name: a, expect: unclear, facts: [{id: a, kind: use}, {id: a, kind: use}]}]",
            "facts need an id each",
        ),
    ],
)
def test_a_broken_case_file_is_refused_in_one_line(text: str, error: str) -> None:
    with pytest.raises(HongxianError) as caught:
        parse_cases(text, "9.9.cases.yaml")
    assert error in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("fact", "error"),
    [
        ("{id: a, kind: nonsense}", "case 'a': fact a: kind 'nonsense'"),
        ("{id: a, kind: use, colour: red}", "colour"),
    ],
)
def test_a_fact_that_the_language_cannot_say_is_refused(fact: str, error: str) -> None:
    with pytest.raises(HongxianError, match=error):
        results(f"[{{name: a, expect: unclear, facts: [{fact}]}}]")


def test_cases_are_found_beside_their_rule() -> None:
    assert len(load_cases(find_rule("3.1"))) > 10
    with pytest.raises(HongxianError, match=r"no cases beside the rule method\.9\.9"):
        load_cases(RULE)
