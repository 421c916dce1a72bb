from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from tests.guards.mask.rings import masked, shown, wrong


def test_bounded_noise_stays_within_its_bound_and_may_be_drawn_again() -> None:
    values = list(range(1000))
    found = shown("noise", "x", values, bound=5, seed=3)
    assert max(abs(new - old) for new, old in zip(found, values, strict=True)) <= 5
    assert found != values
    assert found == shown("noise", "x", values, bound=5, seed=3)
    assert found != shown("noise", "x", values, bound=5)


def test_types_stay_and_what_is_no_number_is_counted() -> None:
    assert masked("noise", "x", [1, None], pa.int32(), bound=1).values.type == pa.int64()
    assert masked("noise", "x", [1.5], bound=1).values.type == pa.float64()
    found = masked("noise", "x", ["10", "ten", None], bound=1)
    assert (found.refused, found.values.type) == (1, pa.string())
    assert found.values.to_pylist()[1:] == [None, None]


def test_laplace_noise_has_the_spread_that_epsilon_and_range_say() -> None:
    """Standard deviation of Laplace noise: the square root of 2 times sensitivity by epsilon."""
    values = np.full(200_000, 50.0)
    found = np.array(shown("noise", "x", values, epsilon=2.0, lower=0, upper=100, grain=0.1))
    assert abs(found.mean() - 50) < 1
    assert abs((found - 50).std() / (2**0.5 * 100 / 2.0) - 1) < 0.02
    assert np.allclose(found / 0.1, np.rint(found / 0.1))  # nothing beside the grid


def test_a_value_outside_is_limited_before_noise_is_added() -> None:
    found = np.array(shown("noise", "x", np.full(50_000, 10.0**9), epsilon=10, lower=0, upper=1))
    assert abs(found.mean() - 1) < 0.01


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ({}, "noise takes either bound or epsilon"),
        ({"bound": 1, "epsilon": 1}, "noise takes either bound or epsilon"),
        ({"epsilon": 1, "lower": 0, "upper": 1, "seed": 1}, "takes no seed"),
        ({"epsilon": 1}, "needs lower and upper"),
        ({"epsilon": 1, "lower": 2, "upper": 1}, "needs lower and upper"),
    ],
)
def test_noise_that_promises_nothing_is_refused(options: dict[str, object], line: str) -> None:
    found = wrong("noise", "x", **options)
    assert found
    assert line in found.say("en")
    assert wrong("noise", "x", bound=1) is None
    assert wrong("noise", "x", epsilon=1, lower=0, upper=1) is None
