"""The gold set: policies composed for the purpose, their facts worked out by hand beforehand."""

from __future__ import annotations

import pytest
from tests.sensors.policy.gold import make_pdf
from tests.sensors.policy.gold.score import (
    Counts,
    declared_score,
    found,
    names,
    parts,
    parts_score,
    wanted,
)

from hongxian.facts.vocabulary import DECLARED, PURPOSES, SECTIONS


def test_there_are_good_poor_and_nasty_ones() -> None:
    assert [name.split("_")[0] for name in names()] == ["good"] * 4 + ["nasty"] * 4 + ["poor"] * 4


@pytest.mark.parametrize("name", names())
def test_the_set_speaks_in_known_words(name: str) -> None:

    for act, _, actor, _, purpose in wanted(name):
        assert act in DECLARED
        assert actor
        assert purpose is None or purpose in PURPOSES
    assert parts(name) <= set(SECTIONS)


def test_what_is_declared_is_found() -> None:
    scores = {name: declared_score(name) for name in names()}
    total = sum(scores.values(), Counts(0, 0, 0))
    assert total.f1 >= 0.90, {name: round(score.f1, 3) for name, score in scores.items()}


def test_the_parts_are_found() -> None:
    known = frozenset(item for name in names() for item in parts(name))
    scores = {name: parts_score(name, known) for name in names()}
    total = sum(scores.values(), Counts(0, 0, 0))
    assert total.f1 >= 0.93, {name: round(score.f1, 3) for name, score in scores.items()}
    assert all(found(name)[1] for name in names())


def test_the_pdf_is_made_from_its_source() -> None:
    assert (make_pdf.FOLDER / "nasty_4.pdf").read_bytes() == make_pdf.made()
