"""Each rule's cases tell the rule from every one of its mutants."""

from __future__ import annotations

import pytest

from hongxian.judge.cases import JUDGED_AT, Tables, load_cases
from hongxian.judge.mutants import surviving
from hongxian.judge.reference import reference_tables
from hongxian.rules.load import Rule, load_pack


@pytest.fixture(scope="module")
def reference() -> Tables:
    return dict(reference_tables([], [], {}, JUDGED_AT.date()))


@pytest.mark.parametrize("rule", load_pack("method"), ids=lambda rule: rule.number)
def test_no_mutant_of_a_rule_survives_its_cases(rule: Rule, reference: Tables) -> None:
    assert [mutant.what for mutant in surviving(rule, load_cases(rule), reference)] == []
