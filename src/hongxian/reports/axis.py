"""A time axis that gives short phases room and passes over long quiet stretches."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, log2
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LULL = 15.0
"""Nothing happens for longer than so many seconds: the axis is broken there."""
MOST_LULLS = 5
"""Breaks; of more, only the longest."""
BREAK = 30
"""Width of a break."""
NARROWEST = 62
"""Width of a stretch at least; what is over goes by the logarithm of its length."""
STEPS = (0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600, 86400)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the axis with one scale."""

    start: float
    end: float
    left: float
    right: float
    quiet: bool
    """Nothing happens in it; its length is no measure of time."""

    def x(self, at: float) -> float:
        """Return where a moment of it stands."""
        if self.end <= self.start:
            return (self.left + self.right) / 2
        return self.left + (at - self.start) / (self.end - self.start) * (self.right - self.left)


@dataclass(frozen=True, slots=True)
class Axis:
    """Stretches side by side."""

    stretches: tuple[Stretch, ...]

    def place(self, at: float) -> int:
        """Return the number of the stretch in which a moment lies."""
        return max(0, bisect_right(self.starts, at) - 1)

    @property
    def starts(self) -> list[float]:
        """Return where the stretches begin."""
        return [stretch.start for stretch in self.stretches]

    def x(self, at: float) -> float:
        """Return where a moment stands; what lies outside stands at the nearer end."""
        stretch = self.stretches[self.place(at)]
        return stretch.x(min(max(at, stretch.start), stretch.end))

    def ticks(self, origin: float, apart: float) -> list[tuple[float, float]]:
        """Return round figures of seconds from an origin, and where each stands.

        Args:
            origin: the moment that is 0.
            apart: so far two ticks are from each other at least.
        """
        found: list[tuple[float, float]] = []
        for stretch in self.stretches:
            if not stretch.quiet:
                found += _ticks(stretch, origin, apart)
        kept: list[tuple[float, float]] = []
        for value, x in found:
            if not kept or x - kept[-1][1] >= apart:
                kept.append((value, x))
        return kept


def make_axis(
    times: Iterable[float], borders: Iterable[float], left: float, right: float
) -> Axis:  # fmt: skip
    """Return the axis over all moments of a session.

    Args:
        times: moments at which something happens, at least one.
        borders: moments at which the scale may change: where phases begin.
        left: where the axis begins.
        right: where it ends.
    """
    moments = sorted(set(times))
    inner = sorted({at for at in borders if moments[0] < at < moments[-1]})
    parts = _parts(sorted({*moments, *inner}), set(inner))
    quiet = sum(part[2] for part in parts)
    busy = len(parts) - quiet
    room = right - left - quiet * BREAK - busy * NARROWEST
    weights = [0.0 if part[2] else log2(2 + part[1] - part[0]) for part in parts]
    total = sum(weights) or 1.0
    stretches, x = [], left
    for (start, end, silent), weight in zip(parts, weights, strict=True):
        width = BREAK if silent else NARROWEST + max(0.0, room) * weight / total
        stretches.append(Stretch(start, end, x, x + width, silent))
        x += width
    return Axis(_fitted(stretches, left, right))


def _parts(moments: Sequence[float], borders: set[float]) -> list[tuple[float, float, bool]]:
    """Return start, end and whether it is quiet, of each stretch."""
    gaps = sorted((b - a for a, b in pairwise(moments)), reverse=True)
    long = [gap for gap in gaps if gap > LULL][:MOST_LULLS]
    least = long[-1] if long else float("inf")
    parts: list[tuple[float, float, bool]] = []
    begun, breaks = moments[0], 0
    for one, other in pairwise(moments):
        quiet = other - one >= least and breaks < MOST_LULLS
        if quiet:
            breaks += 1
            if one > begun or not parts or parts[-1][2]:
                parts.append((begun, one, False))
            parts.append((one, other, True))
            begun = other
        elif other in borders:
            parts.append((begun, other, False))
            begun = other
    if moments[-1] > begun or not parts or parts[-1][2]:
        parts.append((begun, moments[-1], False))
    return parts


def _fitted(stretches: list[Stretch], left: float, right: float) -> tuple[Stretch, ...]:
    """Return the stretches between the ends, should so many be that they need more room."""
    wide = stretches[-1].right - left
    scale = (right - left) / wide
    return tuple(
        Stretch(s.start, s.end, left + (s.left - left) * scale, left + (s.right - left) * scale,
                s.quiet)
        for s in stretches
    )  # fmt: skip


def _ticks(stretch: Stretch, origin: float, apart: float) -> list[tuple[float, float]]:
    length, width = stretch.end - stretch.start, stretch.right - stretch.left
    if length <= 0:
        return []
    step = next((s for s in STEPS if s / length * width >= apart), None)
    if step is None:
        return []
    first = ceil((stretch.start - origin) / step - 1e-9)
    last = int((stretch.end - origin) / step + 1e-9) + 1
    values = [step * place for place in range(first, last + 1)]
    return [(v, stretch.x(v + origin)) for v in values if v + origin <= stretch.end + 1e-9]
