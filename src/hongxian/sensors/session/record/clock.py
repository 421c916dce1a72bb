"""How far the device's clock is ahead of ours, and how wrong that can be.

One reading brackets the device's time between two of ours: the offset is taken at the middle, and
half the round trip is what it can be wrong by. The quickest of several readings is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.sensors.session.record.adb import LostError

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongxian.sensors.session.record.adb import Device

READINGS = 5
COMMAND = "date +%s.%N"
_SECONDS = re.compile(rb"(\d{9,11})(?:\.(\d{3,9}))?")


@dataclass(frozen=True, slots=True)
class Offset:
    """How the clocks stood at one time."""

    ahead: float
    """Seconds that the device is ahead of the host."""
    uncertainty: float

    def joined(self, other: Offset) -> Offset:
        """Return what holds over the time between two readings: clocks drift."""
        middle = (self.ahead + other.ahead) / 2
        drift = abs(self.ahead - other.ahead) / 2
        return Offset(middle, max(self.uncertainty, other.uncertainty) + drift)


def read_offset(device: Device, now: Callable[[], float]) -> Offset:
    """Return how the device's clock stands to ours.

    Args:
        device: the device.
        now: our clock, seconds since 1970.

    Raises:
        LostError: it does not answer, or not with a time.
    """
    readings = [one for _ in range(READINGS) if (one := _reading(device, now)) is not None]
    if not readings:
        raise LostError("no_time")
    return min(readings, key=lambda one: one.uncertainty)


def _reading(device: Device, now: Callable[[], float]) -> Offset | None:
    before = now()
    answer = device.run(COMMAND, 5.0)
    after = now()
    found = _SECONDS.match(answer.strip())
    if found is None:
        return None
    told, half = int(found[1]) + float(b"0." + (found[2] or b"0")), (after - before) / 2
    if found[2] is None:  # an old shell tells whole seconds: the middle of one is the best guess
        return Offset(told + 0.5 - before - half, half + 0.5)
    return Offset(told - before - half, half)
