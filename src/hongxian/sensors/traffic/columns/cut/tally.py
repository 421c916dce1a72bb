"""Counts the lines of a block by endpoint: the one loop that looks at each of them."""

from __future__ import annotations

from typing import Any


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
