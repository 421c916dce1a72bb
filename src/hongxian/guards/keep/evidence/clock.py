"""A clock that goes forward only: nobody gains time by setting the machine's back.

Time is the latest of three: the machine's clock, the last time in evidence, and what a clock that
nobody can set has counted since then.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

TOLERANCE = 60.0
"""Seconds that the machine's clock may be off before it is told: NTP corrects by less."""


class TrustedClock:
    """Tells the time.

    Args:
        last: the last time in evidence, in seconds since 1970; 0 for none.
        wall: the machine's clock.
        steady: a clock that only counts.
    """

    def __init__(
        self, last: float = 0.0, wall: Callable[[], float] = time.time,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        """Begin at the later of the machine's clock and the last time."""
        self._wall, self._steady = wall, steady
        self._base, self._since = max(wall(), last), steady()
        self._ahead = self._told = 0.0

    def not_before(self, last: float) -> None:
        """Begin anew at a time in evidence, if that is later than now."""
        self._base, self._since = max(self.now(), last), self._steady()

    def now(self) -> float:
        """Return the seconds since 1970; never less than before."""
        counted = self._base + self._steady() - self._since
        wall = self._wall()
        if wall <= counted:
            return counted
        if wall - counted > TOLERANCE:
            self._ahead += wall - counted
        self._base, self._since = wall, self._steady()
        return wall

    def moved(self) -> int:
        """Return by how many seconds the machine's clock was set since this was last asked.

        Above 0 it was set forward, below 0 back; 0 when it goes right, or when it is still as much
        behind as was told.
        """
        now = self.now()
        ahead, self._ahead = self._ahead, 0.0
        behind = self._wall() - now
        if ahead:
            return round(ahead)
        if behind > self._told + TOLERANCE:
            self._told = min(behind, 0.0)
        if behind < self._told - TOLERANCE:
            self._told = behind
            return round(behind)
        return 0
