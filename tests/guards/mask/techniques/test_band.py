from __future__ import annotations

import pytest
from tests.guards.mask.rings import masked, shown, wrong


def test_ages_fall_into_bands_and_the_old_are_one() -> None:
    ages = [0, 13, 14, 17, 18, 39, 79, 80, 104, None]
    assert shown("band", "basic.age", ages) == [
        "0-13", "0-13", "14-17", "14-17", "18-29", "30-39", "70-79", "80+", "80+", None,
    ]  # fmt: skip


def test_what_is_no_number_or_below_the_first_edge_is_suppressed_and_counted() -> None:
    found = masked("band", "basic.age", ["35", "old", "-1", None])
    assert (found.values.to_pylist(), found.refused) == (["30-39", None, None, None], 2)


def test_bands_may_be_of_one_size_or_have_edges_of_ones_own() -> None:
    assert shown("band", "x", [0, 9999, 25000, -1], size=10000) == [
        "0-9999", "0-9999", "20000-29999", "-10000--1",
    ]  # fmt: skip
    assert shown("band", "x", [0.3], size=0.5) == ["[0,0.5)"]
    assert shown("band", "x", [3, 7], edges=[0, 5, 6]) == ["0-4", "6+"]
    assert shown("band", "x", [5], edges=[0, 5, 6]) == ["5"]


@pytest.mark.parametrize("edges", [[1], [2, 1], [1, "2"], [True, 2]])
def test_edges_must_rise(edges: list[object]) -> None:
    found = wrong("band", "x", edges=edges)
    assert found
    assert found.say("en") == "edges must be two or more numbers that rise"
