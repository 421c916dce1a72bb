from __future__ import annotations

from hongxian.facts.vocabulary import SECTIONS
from hongxian.reports.policy.parts import DOUBTFUL, PARTS
from hongxian.rules.load import load_rules
from hongxian.words import area_words


def test_parts_are_words_of_the_fact_language_and_rules_are_there() -> None:
    numbers = {rule.number for rule in load_rules()}
    listed = DOUBTFUL | {item: rules for parts in PARTS.values() for item, rules in parts.items()}
    assert set(listed) <= set(SECTIONS)
    assert {number for rules in listed.values() for number in rules} <= numbers


def test_every_group_has_a_title() -> None:
    assert {f"group_{group}" for group in [*PARTS, "doubtful"]} <= set(area_words("policy"))
