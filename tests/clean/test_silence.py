"""On an app that breaks no rule every rule stays silent: nothing violated, nothing suspected."""

from __future__ import annotations

import pytest
from tests.clean.stories import EVERY

from hongxian.judge.cases import JUDGED_AT, Tables, run_cases
from hongxian.judge.reference import reference_tables
from hongxian.laws.app_types import load_app_types
from hongxian.rules.load import Rule, load_rules

RULES = load_rules()


@pytest.fixture(scope="module")
def reference() -> Tables:
    return dict(reference_tables([], [], {}, JUDGED_AT.date()))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.number)
def test_no_rule_accuses_an_innocent_app(rule: Rule, reference: Tables) -> None:
    accused = {
        result.case.name: result.rows
        for result in run_cases(rule, EVERY, reference)
        if result.verdict in ("violated", "suspected")
    }
    assert accused == {}


def test_stories_are_of_known_app_types() -> None:
    assert {case.app_type for case in EVERY} - {None} <= set(load_app_types())


def test_stories_have_names_of_their_own() -> None:
    assert len({case.name for case in EVERY}) == len(EVERY)
