from __future__ import annotations

import pytest

from hongxian.sensors.traffic.incident import LARGER, size_of


@pytest.mark.parametrize(("given", "grade"), [
    ({}, "none"), ({"basic.phone": 4_999}, "below"), ({"basic.phone": 5_000}, "grave"),
    ({"property.credit": 50}, "grave"), ({"health.record": 499}, "below"),
    ({"basic.phone": 2_500, "health.record": 250}, "grave"),
    ({"property.credit": 500}, "especially_grave"),
    ({"unknown.type": 9}, "none"),
])  # fmt: skip
def test_the_size_follows_the_tiers_of_crime(given: dict[str, int], grade: str) -> None:
    assert size_of(given).grade == grade


def test_reports_are_due_by_size() -> None:
    assert not size_of({}).notice
    some = size_of({"basic.phone": 3})
    assert (some.notice, some.report, some.records) == (True, False, 3)
    assert size_of({"basic.phone": LARGER}).report
