"""Counts the lines of a block by endpoint: the one loop that looks at each of them."""

from __future__ import annotations

from array import array
from typing import Any


class Place:
    """An endpoint, and what the block at hand shows of it.

    Args:
        method: of its requests.
        name: template of their path.
        serial: its number among all that were ever known.
    """

    def __init__(self, method: str, name: str, serial: int = 0) -> None:
        """Know of no request yet."""
        self.method = method
        self.name = name
        self.serial = serial
        self.page = -1
        """The block at hand."""
        self.row = 0
        """The first in the block."""
        self.number = 0
        """Among the places of the block."""
        self.requests = 0
        self.first = 0.0
        self.last = 0.0
        self.statuses: dict[int, int] = {}
        self.hosts: dict[str, None] = {}
        self.callers: list[tuple[str, str]] = []
        """Those that were not known yet."""
        self.known: set[Any] = set()
        """All callers that were told of before, in whatever form."""
        self.sampled = 0

    def begin(self, page: int, number: int, row: int, at: float) -> None:
        """Begin with a block."""
        self.page = page
        self.number = number
        self.row = row
        self.first = at
        self.last = 0.0
        self.requests = 0
        self.statuses = {}
        self.hosts = {}
        self.callers = []


def tally(
    shapes: list[Any], moments: list[Any], callers: list[Any], page: int, most: int
) -> tuple[list[Any], list[int], list[Any]]:
    """Count lines; return their endpoints, lines to be samples, and callers that are new there.

    Args:
        shapes: of each line; its ``place`` is the endpoint.
        moments: of each line.
        callers: of each line, in whatever form; ``None`` for nobody.
        page: number of the block.
        most: samples of an endpoint.
    """
    places: list[Any] = []
    sampled: list[int] = []
    fresh: list[Any] = []
    place: Any = None
    for row, shape in enumerate(shapes):
        place = shape.place
        at = moments[row]
        if place.page != page:
            place.begin(page, len(places), row, at)
            places.append(place)
        place.first = min(place.first, at)
        place.last = max(place.last, at)
        caller = callers[row]
        if caller is not None and caller not in place.known:
            place.known.add(caller)
            fresh.append((place, caller))
        if place.sampled < most:
            place.sampled += 1
            sampled.append(row)
    return places, sampled, fresh


def times(cutter: Any, data: bytes) -> list[bytes]:
    """Return the moments as they are written, of lines in a row that have the same one once."""
    told: list[bytes] = []
    for number in range(cutter.count):
        if cutter.moment_of[number] == len(told):
            first = cutter.moments[2 * number]
            told.append(b"" if first < 0 else data[first : cutter.moments[2 * number + 1]])
    return told


def wrong(cutter: Any, shapes: list[Any]) -> int:
    """Return the first line whose shape is ``None``; -1 when there is none."""
    for number in range(cutter.count):
        if shapes[cutter.shape_of[number]] is None:
            return number
    return -1


def tallied(
    cutter: Any, known: tuple[list[Any], list[Any]], times: list[float], page: int, most: int
) -> tuple[list[Any], list[int], list[Any], list[Any], list[float], list[tuple[int, int]]]:
    """Count the lines that were cut.

    Args:
        cutter: has cut them.
        known: shapes by their numbers, and the endpoint of each of them.
        times: the moments, as :func:`times` has them.
        page: number of the block.
        most: samples of an endpoint.

    Returns:
        The endpoints; lines to be samples; callers that are new at an endpoint: endpoint, and
        kind (as a byte) with name; shape and moment of each line; number of each shape and how
        many lines it has.
    """
    shapes, places = known
    found: list[Any] = []
    sampled: list[int] = []
    fresh: list[Any] = []
    shaped: list[Any] = []
    moments: list[float] = []
    seen: list[int] = []
    place: Any = None
    if len(cutter.counts) < len(shapes):
        cutter.counts = array("q", [0] * (2 * len(shapes)))
    for row in range(cutter.count):
        number = cutter.shape_of[row]
        place = places[number]
        moment = times[cutter.moment_of[row]]
        shaped.append(shapes[number])
        moments.append(moment)
        if cutter.counts[number] == 0:
            seen.append(number)
        cutter.counts[number] += 1
        at: float = moment
        if place.page != page:
            place.begin(page, len(found), row, at)
            found.append(place)
        place.first = min(place.first, at)
        place.last = max(place.last, at)
        name = cutter.name_of[row]
        if name >= 0 and cutter.told.add(place.serial, name):
            fresh.append((place, cutter.names.word(name)))
        if place.sampled < most:
            place.sampled += 1
            sampled.append(row)
    counted: list[tuple[int, int]] = []
    for one in seen:
        number = one
        counted.append((number, cutter.counts[number]))
        cutter.counts[number] = 0
    return found, sampled, fresh, shaped, moments, counted
