"""Moments as hook tools write them: local time, months from 0, years left out."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

_DATE = re.compile(
    r"(?:(\d{4})-)?(\d{1,2})-(\d{1,2})[ _T](\d{1,2})[:-](\d{1,2})[:-](\d{1,2})(\.\d{1,6})?"
)


def month_from_zero(text: str, zone: tzinfo, around: float | None) -> float | None:
    """Return what camille wrote: JavaScript counts months from 0, so January is ``2026-0-5``.

    A copy of the script may have mended that. The month after the written one is taken, unless
    there is no such day, or the written one is nearer to when the log was made.
    """
    parts = _parts(text)
    if parts is None or parts[0] is None:
        return None
    year, month, *rest = parts
    later, written = (_seconds((year or 0, month + add, *rest), zone) for add in (1, 0))
    if later is None or written is None or around is None:
        return written if later is None else later
    return min((later, written), key=lambda at: abs(at - around))


def year_left_out(text: str, zone: tzinfo, around: float | None) -> float | None:
    """Return what PrivacySentry wrote: ``12-26 12:37:26.152``, in the year nearest to the log's.

    Without a moment of the log, only a text with its year is one.
    """
    parts = _parts(text)
    if parts is None:
        return None
    year, *rest = parts
    if year is not None:
        return _seconds((year, *rest), zone)
    if around is None:
        return None
    about = _year(around)
    if about is None:
        return None
    found = (_seconds((about + add, *rest), zone) for add in (-1, 0, 1))
    return _nearest((at for at in found if at is not None), around)


def _nearest(found: Iterable[float], around: float) -> float | None:
    return min(found, key=lambda at: abs(at - around), default=None)


def _parts(text: str) -> tuple[int | None, int, int, int, int, int, int] | None:
    found = _DATE.fullmatch(text.strip())
    if not found:
        return None
    year, month, day, hour, minute, second, part = found.groups()
    micro = round(float(f"0{part}") * 1_000_000) if part else 0
    return (
        int(year) if year else None, int(month), int(day), int(hour), int(minute), int(second),
        min(micro, 999_999),
    )  # fmt: skip


def _seconds(parts: tuple[int, ...], zone: tzinfo) -> float | None:
    year, month, day, hour, minute, second, micro = parts
    try:
        return datetime(
            year, month, day, hour, minute, second, micro, tzinfo=zone
        ).timestamp()  # fmt: skip
    except (OverflowError, ValueError):
        return None


def _year(at: float) -> int | None:
    try:
        return datetime.fromtimestamp(at, UTC).year
    except (OverflowError, ValueError, OSError):
        return None
