"""Folding: worst row first, what was not looked at, and what an answer may settle."""

from __future__ import annotations

import pytest

from hongxian.judge.fold import fold


@pytest.mark.parametrize(
    ("rows", "missing", "verdict"),
    [
        (["satisfied", "suspected", "violated", "unclear"], ["x"], "violated"),
        (["unclear", "suspected", "satisfied"], [], "suspected"),
        (["satisfied", "unclear"], [], "unclear"),
        (["satisfied"], ["x"], "unclear"),
        (["satisfied", "not_applicable"], [], "satisfied"),
        (["not_applicable", "not_applicable"], ["x"], "not_applicable"),
        ([], ["x"], "unclear"),
        ([], [], "satisfied"),
    ],
)
def test_the_worst_row_wins_and_a_gap_is_never_yes(
    rows: list[str], missing: list[str], verdict: str
) -> None:
    assert fold(rows, missing) == (verdict, None)


@pytest.mark.parametrize(
    ("rows", "answered", "verdict"),
    [
        (["violated"], "satisfied", "violated"),
        (["suspected"], "satisfied", "satisfied"),
        (["unclear"], "not_applicable", "not_applicable"),
        (["satisfied"], "not_applicable", "satisfied"),
        (["satisfied"], "violated", "violated"),
    ],
)
def test_an_answer_settles_only_what_is_open_or_confesses(
    rows: list[str], answered: str, verdict: str
) -> None:
    folded, settled = fold(rows, [], (answered, "fact"))
    assert folded == verdict
    assert settled == ("fact" if verdict == answered and rows != [verdict] else None)
