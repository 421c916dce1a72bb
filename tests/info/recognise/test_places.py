from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.info.recognise.tables import load_tables

NUMERALS = "〇一二三四五六七八九"


@pytest.fixture(scope="module")
def places(plain: Any) -> Any:
    tables = load_tables()
    return plain.places.Places(tables.marks, tables.card_lengths, tables.iban_lengths)


def ask(places: Any, check: str, text: str, behind: str = "") -> bool:
    raw = text.encode()
    places.data, places.lo = raw + behind.encode(), 0
    places.hi = len(places.data)
    return bool(getattr(places, check)(0, len(raw)))


def counted(number: int) -> str:
    ten, one = divmod(number, 10)
    return ("" if ten == 0 else "十" if ten == 1 else NUMERALS[ten] + "十") + NUMERALS[one] * (
        one > 0
    )


@given(st.dates(date(1900, 1, 1), date(2030, 12, 31)))
def test_every_date_is_read_in_every_form(places: Any, day: date) -> None:
    year = "".join(NUMERALS[int(one)] for one in str(day.year))
    assert ask(places, "date_cn", f"{year}年{counted(day.month)}月{counted(day.day)}日")
    assert ask(places, "date_cn", f"{year}年{counted(day.month)}月")
    assert ask(places, "date", day.isoformat())
    assert ask(places, "date", f"{day.year}年{day.month}月{day.day}日")
    assert ask(places, "date", day.strftime("%Y%m%d"))


def test_days_that_do_not_exist_are_none(places: Any) -> None:
    for text in ("1990-02-30", "19901301", "1990/0/1", "1700-01-01", "1990-4-31"):
        assert not ask(places, "date", text), text
    assert not ask(places, "date_cn", "一九九〇年二月三十日")
    assert not ask(places, "date_cn", "一九九〇年二月", behind="三十日")
    assert ask(places, "date", "1990年3月")


@given(st.floats(4, 53), st.floats(74, 135))
def test_a_place_in_china_is_read_either_way_round(places: Any, lat: float, lon: float) -> None:
    assert ask(places, "gps", f"{lat:.6f},{lon:.6f}")
    assert ask(places, "gps", f"{lon:.6f}, {lat:.6f}")


def test_places_abroad_need_a_label_and_have_limits(places: Any) -> None:
    assert not ask(places, "gps", "48.8584,2.2945")
    assert ask(places, "gps_labelled", "48.8584,2.2945")
    assert ask(places, "gps_labelled", "-73.98568,40.74844")
    assert not ask(places, "gps_labelled", "190.1234,95.1234")
    assert ask(places, "latitude", "39.9")
    assert not ask(places, "latitude", "91.0")
    assert ask(places, "longitude", "-179.99999999")
    assert not ask(places, "longitude", "0.0000")
