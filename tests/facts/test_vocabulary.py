"""The closed lists: every word is defined, and a definition names only words that are there."""

from __future__ import annotations

import re

import pytest

from hongxian.facts import vocabulary

LISTS = {
    name: words for name, words in vars(vocabulary).items() if name.isupper() and len(name) > 1
}


@pytest.mark.parametrize("name", LISTS)
def test_every_word_has_a_definition_of_its_own(name: str) -> None:
    words = LISTS[name]
    assert all(re.fullmatch(r"[a-z0-9_.]+", word) for word in words)
    assert all(text == text.strip() and len(text) > 3 for text in words.values())
    assert len(set(words.values())) == len(words)


def test_a_scope_belongs_to_a_sensor() -> None:
    assert {scope.split(".")[0] for scope in vocabulary.SCOPES} <= set(vocabulary.SENSORS)


def test_the_words_that_the_law_cannot_do_without() -> None:
    assert {"collect", "consent", "refuse", "transmit", "permission"} <= set(vocabulary.KINDS)
    assert {"before_prompt", "after_refusal", "unknown"} <= set(vocabulary.PHASES)
    assert {"clear", "hashed", "anonymised"} <= set(vocabulary.FORMS)


@pytest.mark.parametrize("verdict", ["violated", "suspected", "satisfied", "unclear"])
def test_a_fact_can_never_say_a_verdict(verdict: str) -> None:
    assert not any(verdict in words for words in LISTS.values())


def test_units_and_parts_that_kinds_refer_to_are_lists_of_words() -> None:
    declared = re.search(r"`item` \(([^)]*)\)", vocabulary.KINDS["declare"])
    assert declared is not None
    assert set(re.findall(r"[a-z_]+", declared[1])) == set(vocabulary.DECLARED)
