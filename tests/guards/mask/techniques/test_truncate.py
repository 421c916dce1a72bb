from __future__ import annotations

from datetime import UTC, date, datetime

import pyarrow as pa
import pytest
from tests.guards.mask.rings import masked, shown


@pytest.mark.parametrize(
    ("level", "expected"),
    [("month", "1990-05"), ("quarter", "1990-Q2"), ("year", "1990"), ("decade", "1990s")],
)
def test_a_day_becomes_a_longer_time(level: str, expected: str) -> None:
    values = ["1990-05-06", "1990/5/6", "19900506", "1990年5月6日", "1990-05-06 07:08:09",
              "1990-05-06T07:08:09Z", "1990.05.06", "1990-05"]  # fmt: skip
    assert set(shown("date", "x", values, level=level)) == {expected}
    for moment in (date(1990, 5, 6), datetime(1990, 5, 6, 7, tzinfo=UTC)):
        assert shown("date", "x", [moment], level=level) == [expected]


def test_quarters_are_those_of_the_calendar() -> None:
    days = [date(2020, month, 1) for month in range(1, 13)]
    found = shown("date", "x", days, level="quarter")
    assert found == [f"2020-Q{quarter}" for quarter in (1, 2, 3, 4) for _ in range(3)]


def test_what_is_no_date_is_suppressed_and_counted() -> None:
    found = masked("date", "x", ["tomorrow", "1990-13-01", "13812345678", None], pa.string())
    assert (found.values.to_pylist(), found.refused) == ([None] * 4, 3)
