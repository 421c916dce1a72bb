from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.store.bound import bound, percent


def test_the_bound_of_a_sample_is_what_the_binomial_says() -> None:
    assert percent(bound(6_905)) == "0.1"
    assert bound(6_905) == pytest.approx(0.001, rel=1e-3)
    assert bound(0) == 1.0


@given(st.integers(1, 10**9))
def test_a_kind_that_is_more_frequent_would_have_been_seen(rows: int) -> None:
    assert (1 - bound(rows)) ** rows == pytest.approx(0.001, rel=1e-3)
    assert float(percent(bound(rows))) >= bound(rows) * 100 * (1 - 1e-6)


def test_a_share_is_said_in_percent_rounded_up() -> None:
    assert [percent(one) for one in (1.0, 0.5, 0.0012, 0.000123)] == ["100", "50", "0.12", "0.013"]
