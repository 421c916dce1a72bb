"""One clock for all that a session recorded: the host's, with what is not known about it.

Two instants on the same clock are compared as they are. Instants on different clocks are off by
as much as the manifest says the offset can be wrong; by any amount where nobody measured it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from hongxian.sensors.session.bundle.manifest import Clock


_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - the store keeps times without a zone


@dataclass(frozen=True, slots=True)
class Instant:
    """A moment on the device's clock, the host's, or both; seconds since 1970."""

    device: float | None = None
    host: float | None = None
    blur: float = 0.0
    """How far from it the thing can have happened, in seconds."""

    @property
    def known(self) -> bool:
        """Return whether there is a time at all."""
        return self.device is not None or self.host is not None


@dataclass(frozen=True, slots=True)
class Clocks:
    """Brings the device's clock and the host's together."""

    offset: float = 0.0
    uncertainty: float = math.inf

    @classmethod
    def of(cls, clock: Clock) -> Clocks:
        """Take over what the manifest says."""
        return cls(clock.offset, math.inf if clock.uncertainty is None else clock.uncertainty)

    def seconds(self, instant: Instant) -> float | None:
        """Return the instant on the host's clock."""
        if instant.host is not None:
            return instant.host
        return None if instant.device is None else instant.device - self.offset

    def utc(self, instant: Instant) -> datetime | None:
        """Return the instant as the store keeps times; ``None`` when it is no date."""
        return as_date(self.seconds(instant))

    def apart(self, one: Instant, other: Instant) -> tuple[float, float] | None:
        """Return by how many seconds ``one`` is later than ``other``, and how wrong that can be."""
        blur = one.blur + other.blur
        if one.device is not None and other.device is not None:
            return one.device - other.device, blur
        if one.host is not None and other.host is not None:
            return one.host - other.host, blur
        first, second = self.seconds(one), self.seconds(other)
        if first is None or second is None:
            return None
        return first - second, blur + self.uncertainty


def as_date(seconds: float | None) -> datetime | None:
    """Return seconds since 1970 as a UTC time without zone; ``None`` when they are no date."""
    if seconds is None or not math.isfinite(seconds):
        return None
    try:
        return _EPOCH + timedelta(seconds=seconds)
    except OverflowError:
        return None


def zone_of(name: str) -> tzinfo:
    """Return a time zone: a name such as ``Asia/Shanghai``, or ``+08:00``; else UTC."""
    sign = {"+": 1, "-": -1}.get(name[:1])
    digits = name[1:].replace(":", "")
    if sign and digits.isascii() and digits.isdigit() and len(digits) in (2, 4):
        minutes = int(digits[:2]) * 60 + int(digits[2:] or 0)
        if minutes < 24 * 60:
            return timezone(sign * timedelta(minutes=minutes))
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC
