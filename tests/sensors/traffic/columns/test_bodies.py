from __future__ import annotations

from typing import Any

import pytest

from hongxian.sensors.traffic.columns.bodies import callers, hits, parts_of, times
from hongxian.sensors.traffic.observe import info_of_recognisers

WHO = (("account", ("user", "uid")), ("ip", ("ip",)))


@pytest.mark.parametrize(("values", "told"), [
    ([1_750_000_000, "1750000000", 1.75e12], [1_750_000_000.0] * 3),
    ([None, True, {"a": 1}, "x"], [0.0] * 4),
])  # fmt: skip
def test_moments_are_read_as_in_single_lines(values: list[Any], told: list[float]) -> None:
    assert times([{"time": one} for one in values], ("time",)) == told


def test_the_first_name_that_has_something_counts() -> None:
    rows: list[dict[str, Any]] = [{"a": "-", "b": 2}, {"a": {}, "b": 3}]
    assert parts_of(rows, ("a", "b"), flat=False) == [2, {}]
    assert parts_of(rows, ("a", "b"), flat=True) == [2, 3]
    assert parts_of(rows, (), flat=True) == [None, None]


def test_callers_are_the_nearest_that_are_known() -> None:
    rows: list[dict[str, Any]] = [
        {"user": "li"},
        {"user": "", "uid": 7},
        {"user": "-", "ip": "10.0.0.1:80"},
        {"uid": [1]},
    ]
    assert callers(rows, WHO) == [
        ("account", "li"), ("account", "7"), ("ip", "10.0.0.1"), None,
    ]  # fmt: skip
    assert callers(rows[:1], WHO) == [("account", "li")]
    assert callers([{"user": 1}], WHO) == [("account", "1")]
    assert callers([{}], ()) == [None]


@pytest.mark.parametrize("before", ["", "手机", None, {"é": 1}, "a\nb"])
def test_values_are_found_in_the_rows_that_have_them(before: Any) -> None:
    values = [before, None, "call 13800138000", "-", {"phone": "13800138001"}, ""]
    found = list(hits(values, info_of_recognisers()))
    assert found == [(2, "basic.phone", "13800138000"), (4, "basic.phone", "13800138001")]
    assert list(hits([None, ""], info_of_recognisers())) == []
