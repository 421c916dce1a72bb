"""First and last day of a column of dates, whatever type they are kept in."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

Days = dict[str, tuple[int, str, str]]
"""Form of a day -> how many values have it, the first and the last of them."""
DAY = "day"
"""The form of a column whose type says that it holds days or moments."""
FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d")
_DAY = re.compile(
    r"(?:19|20)\d{2}(?P<sign>[-/.]?)(?:0[1-9]|1[0-2])(?P=sign)(?:0[1-9]|[12]\d|3[01])"
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SERVER = re.compile(rf"\b([0-3]\d)/({'|'.join(_MONTHS)})/((?:19|20)\d\d)\b")
_SECONDS = (946_684_800, 4_102_444_800)
"""2000 and 2100 as seconds since 1970: other numbers are no moments."""
_EARLIEST, _LATEST = "1970-01-01", "2100-01-01"
_DAY_ZERO = date(1970, 1, 1).toordinal()


def days_of(array: Any, *, timed: bool) -> tuple[str, str] | None:
    """Return first and last day of an array.

    Args:
        array: the values, without nulls.
        timed: the column's name says that it holds moments; numbers then are read as such.
    """
    return span_of(days_by_form(array, timed=timed), len(array))


def days_by_form(array: Any, *, timed: bool) -> Days:
    """Return how many values of an array are days in each form, with the first and the last."""
    import pyarrow as pa  # noqa: PLC0415 - heavy
    from pyarrow import types  # noqa: PLC0415 - heavy

    kind = array.type
    if not len(array):
        return {}
    if types.is_date(kind) or types.is_timestamp(kind):
        if types.is_timestamp(kind) and kind.tz:
            array = array.cast(pa.timestamp(kind.unit))
        return _told({DAY: array.cast(pa.date32(), safe=False)})
    if timed and types.is_integer(kind):
        return _told(_of_numbers(array))
    if types.is_string(kind) and timed:
        return _told(_of_texts(array))
    return {}


def add_days(one: Days, other: Days) -> None:
    """Add what was found in another part of a column."""
    for form, (count, first, last) in other.items():
        had, low, high = one.get(form, (0, first, last))
        one[form] = (had + count, min(low, first), max(high, last))


def span_of(days: Days, filled: int) -> tuple[str, str] | None:
    """Return first and last day of a column of which nine in ten values are days of one form.

    What lies before 1970 or behind 2100 stands for no date.
    """
    for form, (count, first, last) in days.items():
        if form == DAY or count * 10 >= filled * 9:
            low, high = max(first, _EARLIEST), min(last, _LATEST)
            return (low, high) if low <= high else None
    return None


def _told(found: dict[str, Any]) -> Days:
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    ends = {form: pc.min_max(days.cast(pa.int32())) for form, days in found.items() if len(days)}
    return {
        form: (len(found[form]), _day(end["min"].as_py()), _day(end["max"].as_py()))
        for form, end in ends.items()
    }


def _day(number: int) -> str:
    """Return a day since 1970 as text; one beyond the calendar is its first or last."""
    return date.fromordinal(min(max(number + _DAY_ZERO, 1), date.max.toordinal())).isoformat()


def _of_numbers(array: Any) -> dict[str, Any]:
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    values, found = array.cast(pa.int64(), safe=False), {}
    for unit, factor in (("s", 1), ("ms", 1_000), ("us", 1_000_000)):
        low, high = (edge * factor for edge in _SECONDS)
        fits = pc.filter(values, pc.and_(pc.greater(values, low), pc.less(values, high)))
        found[unit] = fits.cast(pa.timestamp(unit)).cast(pa.date32(), safe=False)
    return found


def _of_texts(array: Any) -> dict[str, Any]:
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    found: dict[str, Any] = {}
    for form in FORMATS:
        cut = pc.utf8_slice_codeunits(array, 0, 8 if form == "%Y%m%d" else 10)
        days = pc.strptime(cut, format=form, unit="s", error_is_null=True)
        found[form] = days.drop_null().cast(pa.date32(), safe=False)
        array = array.filter(days.is_null())
    return found


def days_in_lines(lines: list[str]) -> tuple[str, str] | None:
    """Return first and last day that stand near the beginning of some lines."""
    found = sorted(day for line in lines if (day := _day_of(line[:80])))
    return (found[0], found[-1]) if found else None


def _day_of(head: str) -> str | None:
    """Return the day in the beginning of a line: ``2026-11-01``, or ``01/Nov/2026`` of servers."""
    if (match := _DAY.search(head)) and match["sign"]:
        return match[0].replace("/", "-").replace(".", "-")
    if match := _SERVER.search(head):
        return f"{match[3]}-{_MONTHS.index(match[2]) + 1:02}-{match[1]}"
    return None
