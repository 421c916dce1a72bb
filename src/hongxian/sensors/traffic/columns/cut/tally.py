"""Counts the lines of a block by endpoint: the one loop that looks at each of them."""

from __future__ import annotations

from typing import Any


class Place:
    """An endpoint, and what the block at hand shows of it.

    Args:
        method: of its requests.
        name: template of their path.
    """

    def __init__(self, method: str, name: str) -> None:
        """Know of no request yet."""
        self.method = method
        self.name = name
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
