"""Touches of the screen, from what ``getevent -l`` prints."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.session.model import Screen

LIST = "getevent -lp"
_DEVICE = re.compile(r"add device \d+: (/dev/input/event\d+)")
_RANGE = re.compile(r"ABS_MT_POSITION_([XY])\s*: value -?\d+, min (-?\d+), max (\d+)")
_EVENT = re.compile(r"EV_(?:ABS|KEY|SYN)\s+(\w+)\s+(\w+)")
_UP = "ffffffff"


@dataclass(slots=True)
class Touchscreen:
    """The part of the device that reports touches, and how to bring them to pixels."""

    path: str
    least: tuple[int, int]
    most: tuple[int, int]
    size: tuple[int, int]
    _raw: dict[str, int] = field(default_factory=dict)
    _down: bool = False

    def taps(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where each touch begins, from whole lines of the tool."""
        for line in text.splitlines():
            found = _EVENT.search(line)
            if found:
                yield from self._take(found[1], found[2])

    def _take(self, code: str, value: str) -> Iterator[tuple[int, int]]:
        if code in ("ABS_MT_POSITION_X", "ABS_MT_POSITION_Y"):
            self._raw[code[-1]] = _number(value)
        elif code == "BTN_TOUCH":
            self._down = value == "DOWN"
        elif code == "ABS_MT_TRACKING_ID":
            self._down = value != _UP
        elif code == "SYN_REPORT" and self._down and len(self._raw) == 2:
            self._down = False
            yield self._pixel(0, "X"), self._pixel(1, "Y")

    def _pixel(self, axis: int, name: str) -> int:
        span = self.most[axis] - self.least[axis] + 1
        return (self._raw[name] - self.least[axis]) * self.size[axis] // span


def touchscreen_of(listing: str, size: tuple[int, int] | None) -> Touchscreen | None:
    """Return the touch screen among the input devices; ``None`` when none is listed.

    Args:
        listing: output of :data:`LIST`.
        size: width and height of the screen in pixels.
    """
    path, ranges = "", dict[str, tuple[int, int]]()
    for line in listing.splitlines():
        if found := _DEVICE.search(line):
            path, ranges = found[1], {}
        elif found := _RANGE.search(line):
            ranges[found[1]] = (int(found[2]), int(found[3]))
        if path and len(ranges) == 2 and size and all(a < b for a, b in ranges.values()):
            (left, right), (top, bottom) = ranges["X"], ranges["Y"]
            return Touchscreen(path, (left, top), (right, bottom), size)
    return None


def touched(screen: Screen | None, x: int, y: int) -> str:
    """Return the words of the smallest element at a place; empty when none has any."""
    best: tuple[int, str] | None = None
    for node in screen.nodes if screen else ():
        if node.bounds is None or not node.words or node.password:
            continue
        left, top, right, bottom = node.bounds
        area = (right - left) * (bottom - top)
        if left <= x < right and top <= y < bottom and (best is None or area <= best[0]):
            best = (area, node.words)
    return best[1] if best else ""


def _number(value: str) -> int:
    try:
        return int(value, 16)
    except ValueError:
        return 0
