"""First and last day of a column of dates, whatever type they are kept in."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

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


def days_by_form(array: Any, *, timed: bool, weights: npt.NDArray[np.int64] | None = None) -> Days:
    """Return how many values of an array are days in each form, with the first and the last.

    Args:
        array: the values, without nulls.
        timed: the column's name says that it holds moments; texts and numbers then are read so.
        weights: how often each text stands, when each is there once.
    """
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
        return _of_texts(array, weights)
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
    return {form: (len(days), *_ends(days)) for form, days in found.items() if len(days)}


def _ends(days: Any) -> tuple[str, str]:
    """Return the first and the last of some days."""
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    end = pc.min_max(days.cast(pa.int32()))
    return _day(end["min"].as_py()), _day(end["max"].as_py())


def _day(number: int) -> str:
    """Return a day since 1970 as text; one beyond the calendar is its first or last."""
    return date.fromordinal(min(max(number + _DAY_ZERO, 1), date.max.toordinal())).isoformat()


def _of_numbers(array: Any) -> dict[str, Any]:
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    values, found = array.cast(pa.int64(), safe=False), {}
    ends = pc.min_max(values)
    least, most = ends["min"].as_py(), ends["max"].as_py()
    for unit, factor in (("s", 1), ("ms", 1_000), ("us", 1_000_000)):
        low, high = (edge * factor for edge in _SECONDS)
        if most <= low or least >= high:
            continue
        fits = pc.filter(values, pc.and_(pc.greater(values, low), pc.less(values, high)))
        found[unit] = fits.cast(pa.timestamp(unit)).cast(pa.date32(), safe=False)
    return found


def _of_texts(texts: Any, weights: npt.NDArray[np.int64] | None) -> Days:
    """Read the beginning of each text; days repeat, and each is read once."""
    import numpy as np  # noqa: PLC0415 - heavy
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    found: Days = {}
    cut = pc.utf8_slice_codeunits(texts, 0, 10)
    if weights is None:
        counted = cut.value_counts()
        cut, weights = counted.field("values"), np.asarray(counted.field("counts"))
    for form in FORMATS:
        if form == "%Y%m%d":
            cut = pc.utf8_slice_codeunits(cut, 0, 8)
        days = pc.strptime(cut, format=form, unit="s", error_is_null=True)
        good = days.is_valid().to_numpy(zero_copy_only=False)
        if good.any():
            read = days.drop_null().cast(pa.date32(), safe=False)
            found[form] = (int(weights[good].sum()), *_ends(read))
            cut, weights = cut.filter(days.is_null()), weights[~good]
        if not len(cut):
            break
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
