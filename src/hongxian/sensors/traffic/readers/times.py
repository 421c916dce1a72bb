"""Moments as logs write them."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

_MONTHS = {
    name: number for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), 1)
}  # fmt: skip
_LATEST = 253_402_300_800.0
"""The year 10000."""


@lru_cache(maxsize=4_096)
def clf_time(text: str) -> float:
    """Return the moment of ``17/May/2015:10:05:03 +0000``; 0 when it is none."""
    try:
        zone = int(text[22:24]) * 3_600 + int(text[24:26]) * 60
        moment = datetime(
            int(text[7:11]), _MONTHS[text[3:6]], int(text[:2]),
            int(text[12:14]), int(text[15:17]), int(text[18:20]), tzinfo=UTC,
        )  # fmt: skip
        return moment.timestamp() - (zone if text[21:22] != "-" else -zone)
    except (ValueError, KeyError, OverflowError):
        return 0.0


def any_time(value: Any) -> float:
    """Return the moment of a number of seconds, milli- or microseconds, or of ISO 8601."""
    if isinstance(value, bool) or value is None:
        return 0.0
    if isinstance(value, int | float):
        return _number(float(value))
    text = str(value).strip()[:40]
    try:
        return _number(float(text))
    except ValueError:
        pass
    return _iso(text) or clf_time(text.strip("[]"))


def _number(value: float) -> float:
    for unit in (1.0, 1e3, 1e6, 1e9):
        if 1e8 <= value / unit < 1e10:
            return value / unit
    return value if 0 <= value < _LATEST else 0.0


@lru_cache(maxsize=4_096)
def _iso(text: str) -> float:
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return 0.0
