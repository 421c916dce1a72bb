"""Coordinates: the test position in the three Chinese systems, rounded, whole or in two fields."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NUMBER = re.compile(r"(?<![\w.])-?\d{1,3}\.\d{1,17}(?![\w.]*\w)")
_SCALED = re.compile(r"-?\d{7,10}")
_SCALES = (1e6, 1e7)
_PAIR = 60
"""Latitude and longitude stand at most so many characters apart in a text."""
_NEAR = 0.0006
"""Degrees by which a position may differ: about 60 m, more than conversion and noise make (ours).
It is widened by half of the last digit where fewer are written."""
_AXIS, _ECCENTRICITY = 6378245.0, 0.00669342162296594323
"""Of the ellipsoid of Krasovsky, on which GCJ-02 is founded (C, public implementations)."""
_BD = math.pi * 3000 / 180
COARSE = 2
"""Fewer decimals say no more than a region."""
FINE = 3
"""From so many decimals on a position is precise: about 100 m."""


@dataclass(frozen=True, slots=True)
class Place:
    """One test position in one system."""

    latitude: float
    longitude: float
    system: str
    """``wgs84``, ``gcj02`` or ``bd09``."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A number that fits one half of a test position."""

    latitude: bool
    place: int
    decimals: int
    at: int = 0


def places_of(values: Iterable[str]) -> list[Place]:
    """Return the test positions in every system; what is no pair of numbers is left out."""
    found: list[Place] = []
    for value in values:
        numbers = [float(one) for one in re.findall(r"-?\d{1,3}(?:\.\d{1,17})?", value)[:2]]
        if len(numbers) == 2:
            latitude, longitude = numbers if abs(numbers[0]) <= 90 else numbers[::-1]
            found += _systems(latitude, longitude)
    return found


def _systems(latitude: float, longitude: float) -> Iterator[Place]:
    yield Place(latitude, longitude, "wgs84")
    shifted = to_gcj(latitude, longitude)
    yield Place(*shifted, "gcj02")
    yield Place(*to_bd(*shifted), "bd09")
    back = (2 * latitude - shifted[0], 2 * longitude - shifted[1])
    yield Place(*back, "wgs84 of gcj02")


def to_gcj(latitude: float, longitude: float) -> tuple[float, float]:
    """Return a position of WGS-84 in GCJ-02, the shifted system of Chinese maps."""
    x, y = longitude - 105.0, latitude - 35.0
    root = math.sqrt(abs(x))
    waves = (20 * math.sin(6 * x * math.pi) + 20 * math.sin(2 * x * math.pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + waves
    north += (20 * math.sin(y * math.pi) + 40 * math.sin(y / 3 * math.pi)) * 2 / 3
    north += (160 * math.sin(y / 12 * math.pi) + 320 * math.sin(y * math.pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + waves
    east += (20 * math.sin(x * math.pi) + 40 * math.sin(x / 3 * math.pi)) * 2 / 3
    east += (150 * math.sin(x / 12 * math.pi) + 300 * math.sin(x / 30 * math.pi)) * 2 / 3
    angle = math.radians(latitude)
    magic = 1 - _ECCENTRICITY * math.sin(angle) ** 2
    north = math.degrees(north * magic * math.sqrt(magic) / (_AXIS * (1 - _ECCENTRICITY)))
    east = math.degrees(east * math.sqrt(magic) / (_AXIS * math.cos(angle) or 1))
    return latitude + north, longitude + east


def to_bd(latitude: float, longitude: float) -> tuple[float, float]:
    """Return a position of GCJ-02 in BD-09, the system of one map vendor."""
    far = math.hypot(longitude, latitude) + 0.00002 * math.sin(latitude * _BD)
    angle = math.atan2(latitude, longitude) + 0.000003 * math.cos(longitude * _BD)
    return far * math.sin(angle) + 0.006, far * math.cos(angle) + 0.0065


def readings(places: list[Place], text: str) -> Iterator[Reading]:
    """Yield the numbers in a text that fit one half of a position."""
    for found in _NUMBER.finditer(text):
        yield from fitting(places, found[0], found.start())


def fitting(places: list[Place], number: str, at: int = 0) -> Iterator[Reading]:
    """Yield what one number fits."""
    decimals = len(number.partition(".")[2])
    value = float(number)
    near = _NEAR + (0.51 * 10.0**-decimals if decimals < 5 else 0)
    for which, place in enumerate(places):
        for is_latitude, wanted in ((True, place.latitude), (False, place.longitude)):
            if abs(value - wanted) <= near:
                yield Reading(is_latitude, which, decimals, at)


def scaled(text: str) -> list[str]:
    """Return a field's value as numbers of degrees: as it stands, or of whole millionths."""
    text = text.strip()
    if _NUMBER.fullmatch(text):
        return [text]
    if _SCALED.fullmatch(text):
        return [f"{int(text) / scale:.6f}" for scale in _SCALES]
    return []


def paired(found: Iterable[Reading]) -> tuple[int, int] | None:
    """Return the place whose two halves stand near each other, and the number of decimals."""
    best: tuple[int, int] | None = None
    waiting: dict[tuple[int, bool], Reading] = {}
    for one in found:
        other = waiting.get((one.place, not one.latitude))
        if other is not None and 0 < abs(one.at - other.at) <= _PAIR:
            decimals = min(one.decimals, other.decimals)
            if decimals >= COARSE and (best is None or decimals > best[1]):
                best = (one.place, decimals)
        waiting[one.place, one.latitude] = one
    return best
