from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.traffic.readers.times import any_time, clf_time

AT = 1431857103.0


def test_apache_and_nginx_write_moments_with_a_zone() -> None:
    assert clf_time("17/May/2015:10:05:03 +0000") == AT
    assert clf_time("17/May/2015:18:05:03 +0800") == AT
    assert clf_time("17/May/2015:05:05:03 -0500") == AT
    assert clf_time("17/Mai/2015:05:05:03 -0500") == 0.0


@pytest.mark.parametrize("value", [
    AT, AT * 1e3, AT * 1e6, str(AT), "1431857103000", "2015-05-17T10:05:03Z",
    "2015-05-17T18:05:03+08:00", "2015-05-17T10:05:03", "[17/May/2015:10:05:03 +0000]", int(AT),
])  # fmt: skip
def test_gateways_write_moments_in_many_ways(value: Any) -> None:
    assert any_time(value) == AT


@pytest.mark.parametrize("value", [None, True, "yesterday", "", [], "9" * 400, float("nan"), -5])
def test_what_is_no_moment_is_unknown(value: Any) -> None:
    assert any_time(value) == 0.0


@given(st.none() | st.booleans() | st.integers() | st.floats() | st.text())
def test_any_value_is_a_moment_or_unknown(value: Any) -> None:
    assert any_time(value) >= 0.0


@given(st.text(max_size=30))
def test_any_text_is_a_moment_or_unknown(text: str) -> None:
    assert isinstance(clf_time(text), float)
