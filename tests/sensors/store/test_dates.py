from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.store.dates import days_by_form, days_in_lines, days_of

DAYS = st.dates(dt.date(2001, 1, 1), dt.date(2090, 1, 1))


@given(st.lists(DAYS, min_size=1), st.sampled_from(["%Y-%m-%d %H:%M:%S", "%Y/%m/%d", "%Y%m%d"]))
def test_days_in_texts_are_found_whatever_their_form(days: list[dt.date], form: str) -> None:
    found = days_of(pa.array([day.strftime(form) for day in days]), timed=True)
    assert found == (min(days).isoformat(), max(days).isoformat())


@given(st.lists(DAYS, min_size=1), st.sampled_from([1, 1000, 1_000_000]))
def test_days_in_numbers_are_found_whatever_their_unit(days: list[dt.date], unit: int) -> None:
    moments = [int(dt.datetime.combine(day, dt.time(), dt.UTC).timestamp()) * unit for day in days]
    assert days_of(pa.array(moments), timed=True) == (min(days).isoformat(), max(days).isoformat())


def test_columns_of_dates_need_no_name() -> None:
    day = dt.datetime(2020, 5, 6, 7, tzinfo=dt.UTC)
    for kind in (pa.date32(), pa.timestamp("us"), pa.timestamp("us", "UTC")):
        value = day.date() if kind == pa.date32() else day
        assert days_of(pa.array([value], kind), timed=False) == ("2020-05-06", "2020-05-06")


@pytest.mark.parametrize(
    "values", [["x", "2020"], [1, 2, 3], [1.5], [], [dt.date(1, 1, 1)], ["2020-13-45"]]
)
def test_what_is_no_moment_gives_no_day(values: list[object]) -> None:
    array = pa.array(values) if values else pa.array([], pa.string())
    assert days_of(array, timed=True) is None


def test_a_name_is_needed_for_texts_and_numbers() -> None:
    assert days_of(pa.array(["2020-01-01"]), timed=False) is None
    low = days_of(pa.array([dt.date(1, 1, 1), dt.date(2020, 1, 1)]), timed=False)
    assert low == ("1970-01-01", "2020-01-01")


def test_lines_of_a_log_tell_their_days() -> None:
    lines = ["[2026-11-01 10:00] a", "x", "2026/10/30 b", f"{'.' * 80} 2020-01-01"]
    assert days_in_lines(lines) == ("2026-10-30", "2026-11-01")
    assert days_in_lines(["1.2.3.4 - - [05/May/2015:10:05:03 +0000]"]) == ("2015-05-05",) * 2
    assert days_in_lines(["20261101 a"]) is None


def test_texts_that_stand_often_count_as_often() -> None:
    texts = pa.array(["2020-05-01 10:00", "20190101x", "", "x"])
    found = days_by_form(texts, timed=True, weights=np.array([3, 2, 1, 1]))
    assert found == {
        "%Y-%m-%d": (3, "2020-05-01", "2020-05-01"), "%Y%m%d": (2, "2019-01-01", "2019-01-01"),
    }  # fmt: skip
    assert days_by_form(pa.array(["2020-05-01"] * 3), timed=True)["%Y-%m-%d"][0] == 3
