"""First and last day of a column of dates, whatever type they are kept in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d")
_DAY = re.compile(
    r"(?:19|20)\d{2}(?P<sign>[-/.]?)(?:0[1-9]|1[0-2])(?P=sign)(?:0[1-9]|[12]\d|3[01])"
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SERVER = re.compile(rf"\b([0-3]\d)/({'|'.join(_MONTHS)})/((?:19|20)\d\d)\b")
_SECONDS = (946_684_800, 4_102_444_800)
"""2000 and 2100 as seconds since 1970: other numbers are no moments."""
_EARLIEST, _LATEST = "1970-01-01", "2100-01-01"


def days_of(array: Any, *, timed: bool) -> tuple[str, str] | None:
    """Return first and last day of an array.

    Args:
        array: the values, without nulls.
        timed: the column's name says that it holds moments; numbers then are read as such.
    """
    import pyarrow as pa  # noqa: PLC0415 - heavy
    from pyarrow import types  # noqa: PLC0415 - heavy

    kind = array.type
    if not len(array):
        return None
    if types.is_date(kind) or types.is_timestamp(kind):
        if types.is_timestamp(kind) and kind.tz:
            array = array.cast(pa.timestamp(kind.unit))
        return _span(array.cast(pa.date32(), safe=False))
    if timed and types.is_integer(kind):
        return _of_numbers(array)
    if types.is_string(kind) and timed:
        return _of_texts(array)
    return None


def _span(days: Any) -> tuple[str, str] | None:
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    found = pc.min_max(days)
    first, last = found["min"].as_py(), found["max"].as_py()
    return None if first is None else _within(first, last)


def _within(first: date, last: date) -> tuple[str, str] | None:
    """Return the span as texts; what lies before 1970 or behind 2100 stands for no date."""
    low, high = max(first.isoformat(), _EARLIEST), min(last.isoformat(), _LATEST)
    return (low, high) if low <= high else None


def _of_numbers(array: Any) -> tuple[str, str] | None:
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    values = array.cast(pa.int64())
    for unit, factor in (("s", 1), ("ms", 1_000), ("us", 1_000_000)):
        low, high = (edge * factor for edge in _SECONDS)
        fits = pc.filter(values, pc.and_(pc.greater(values, low), pc.less(values, high)))
        if len(fits) * 10 >= len(values) * 9:
            return _span(fits.cast(pa.timestamp(unit)).cast(pa.date32(), safe=False))
    return None


def _of_texts(array: Any) -> tuple[str, str] | None:
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    for form in FORMATS:
        cut = pc.utf8_slice_codeunits(array, 0, 8 if form == "%Y%m%d" else 10)
        days = pc.strptime(cut, format=form, unit="s", error_is_null=True).drop_null()
        if len(days) * 10 >= len(array) * 9:
            return _span(days.cast(pa.date32(), safe=False))
    return None


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
