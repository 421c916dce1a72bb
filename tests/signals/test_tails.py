from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.signals.tails import LEAST, Beta, above, below, fit_beta, tails

SHAPES = st.floats(0.1, 80)


@given(st.integers(0, 300), st.integers(1, 300), SHAPES, SHAPES)
def test_both_tails_are_likelihoods_and_meet(hits: int, trials: int, a: float, b: float) -> None:
    low, high = tails(hits, trials, Beta(a, b))
    assert LEAST <= low <= 1
    assert LEAST <= high <= 1
    assert low + high >= 1 - 1e-6


def test_uniform_shares_make_all_counts_equally_likely() -> None:
    low, high = tails(2, 9, Beta(1, 1))
    assert low == pytest.approx(0.3)
    assert high == pytest.approx(0.8)


@given(st.floats(0, 1), SHAPES, SHAPES)
def test_the_beta_distribution_agrees_with_counting(share: float, a: float, b: float) -> None:
    assert LEAST <= below(share, Beta(a, b)) <= 1


@pytest.mark.parametrize(("share", "a", "b", "known"), [
    (0.5, 1, 1, 0.5), (0.25, 2, 1, 0.0625), (0.25, 1, 2, 0.4375), (0.9, 3, 1, 0.729),
    (0.0, 2, 2, LEAST), (1.0, 2, 2, 1.0), (0.5, 2, 2, 0.5),
])  # fmt: skip
def test_the_beta_distribution_has_its_known_values(
    share: float, a: float, b: float, known: float
) -> None:
    assert below(share, Beta(a, b)) == pytest.approx(known)


def test_a_normal_tail_has_its_known_values() -> None:
    assert above(0, 0, 1) == pytest.approx(0.5)
    assert above(1.959964, 0, 1) == pytest.approx(0.025, abs=1e-6)
    assert above(1e9, 0, 1) == LEAST
    assert math.isfinite(above(1, 1, 0))


def test_a_share_is_fitted_from_what_was_seen() -> None:
    rng = random.Random(1)
    seen = [rng.betavariate(6, 3) for _ in range(2_000)]
    found = fit_beta(seen, Beta(1, 1))
    assert found.mean == pytest.approx(2 / 3, abs=0.02)
    assert found.alpha == pytest.approx(6, rel=0.2)
    assert fit_beta([0.5], Beta(1, 9)) == Beta(1, 9)
    assert fit_beta([0.0] * 500, Beta(1, 1)).mean == pytest.approx(0.0098, abs=0.005)
