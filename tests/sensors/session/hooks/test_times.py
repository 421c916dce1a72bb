from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from hongxian.sensors.session.hooks.times import month_from_zero, year_left_out

CHINA = ZoneInfo("Asia/Shanghai")


def at(*parts: int, zone=UTC) -> float:
    return datetime(*parts, tzinfo=zone).timestamp()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-0-5 8:30:1", (2026, 1, 5, 8, 30, 1)),
        ("2026-00-05 08:30:01", (2026, 1, 5, 8, 30, 1)),
        ("2026-11-31 23:59:59", (2026, 12, 31, 23, 59, 59)),
        ("2026-12-1 0:0:0", (2026, 12, 1)),  # no month 13: a script that was mended
        ("2026-1-30 0:0:0", (2026, 1, 30)),  # no 30 February: the same
    ],
)
def test_months_are_counted_from_zero(text, expected) -> None:
    assert month_from_zero(text, UTC, None) == at(*expected)


def test_local_time_is_that_of_the_zone() -> None:
    assert month_from_zero("2026-0-5 8:30:1", CHINA, None) == at(2026, 1, 5, 8, 30, 1, zone=CHINA)


def test_the_month_nearer_to_the_log_is_taken() -> None:
    assert month_from_zero("2026-3-5 8:0:0", UTC, at(2026, 4, 6)) == at(2026, 4, 5, 8)
    assert month_from_zero("2026-3-5 8:0:0", UTC, at(2026, 3, 4)) == at(2026, 3, 5, 8)


@pytest.mark.parametrize("text", ["", "soon", "1-5 8:30:1", "2026-13-5 8:30:1", "0-0-0 0:0:0"])
def test_no_time_is_none(text) -> None:
    assert month_from_zero(text, UTC, None) is None


def test_the_year_is_the_nearest() -> None:
    about = at(2026, 1, 2)
    assert year_left_out("12-31 23:59:59.500", UTC, about) == at(2025, 12, 31, 23, 59, 59) + 0.5
    assert year_left_out("01-01 00:00:00.000", UTC, about) == at(2026, 1, 1)
    assert year_left_out("01-01 00:00:00.000", UTC, at(2025, 12, 31)) == at(2026, 1, 1)


def test_a_leap_day_falls_in_a_leap_year() -> None:
    assert year_left_out("02-29 12:00:00.000", UTC, at(2025, 3, 1)) == at(2024, 2, 29, 12)
    assert year_left_out("02-29 12:00:00.000", UTC, at(2026, 6, 1)) is None


def test_without_a_moment_of_the_log_a_year_is_needed() -> None:
    assert year_left_out("12-26 12:37:26.152", UTC, None) is None
    assert (
        year_left_out("2025-12-26 12:37:26.152", UTC, None) == at(2025, 12, 26, 12, 37, 26) + 0.152
    )
    assert year_left_out("nothing", UTC, 0.0) is None


def test_a_moment_out_of_the_calendar_does_no_harm() -> None:
    assert year_left_out("12-26 12:37:26", UTC, 1e30) is None
