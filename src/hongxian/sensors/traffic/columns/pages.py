"""A block of lines becomes a page: what it counts, its samples, and the requests with PI."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from hongxian.sensors.traffic.columns.bodies import EMPTY, callers, hits, parts_of, times
from hongxian.sensors.traffic.columns.requests import Rows
from hongxian.sensors.traffic.columns.shapes import Shapes
from hongxian.sensors.traffic.inventory import (
    LARGEST_SAMPLE,
    MOST_HOSTS,
    SAMPLES,
    caller_hash,
)  # fmt: skip
from hongxian.sensors.traffic.observe import asked_for, info_of_recognisers, known
from hongxian.sensors.traffic.readers.json_lines import body, who_of
from hongxian.signals.keys import Keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hongxian.sensors.traffic.columns.shapes import Layout, Place, Row, Shape

Page = tuple[int, int, int, float, float, list[Any], list[Any], list[Any]]
"""Lines, requests, bad lines, first and last moment, endpoints, samples, requests with PI."""

MOST_CALLERS = 1 << 18
"""Callers that are known to have been told of."""


@dataclass(slots=True)
class _Block:
    """The columns of a block."""

    rows: list[Row]
    numbers: list[int]
    """Line of each row, counted from the beginning of the block."""
    shapes: list[Shape]
    layout: Layout
    at: list[float]
    request: list[Any]
    response: list[Any]

    def sample(self, row: int) -> tuple[int, str, bytes, bytes]:
        """Return a row's endpoint, target and bodies; most are not needed in the end."""
        shape = self.shapes[row]
        bodies = (_bytes(values[row]) for values in (self.request, self.response))
        request, response = (one if len(one) <= LARGEST_SAMPLE else b"" for one in bodies)
        return shape.place.number, shape.exchange.target, request, response


class Pages:
    """Makes pages of the blocks of a log, in their order.

    Args:
        secret: what identifiers are hashed with; ``None`` leaves that to whoever judges.
    """

    def __init__(self, secret: bytes | None = None) -> None:
        """Know nothing yet."""
        self._made = Rows(None if secret is None else Keys(secret))
        self._shapes = Shapes()
        self._infos = info_of_recognisers()
        self._page = self._callers = 0

    def page(self, lines: Sequence[bytes]) -> Page:
        """Return the page of some lines."""
        return self._of(len(lines), *_rows(lines))

    def rows(self, rows: Sequence[Row]) -> Page:
        """Return the page of some objects, one to a line."""
        return self._of(len(rows), list(rows), list(range(len(rows))), 0)

    def _of(self, lines: int, rows: list[Row], numbers: list[int], bad: int) -> Page:
        if not rows:
            return lines, 0, bad, 0.0, 0.0, [], [], []
        self._page += 1
        layout = self._shapes.layout(rows)
        shaped, new = self._shapes.of(layout, rows)
        self._targets(new)
        shapes = [one for one in shaped if one is not None]
        if len(shapes) < len(rows):
            bad += len(rows) - len(shapes)
            rows = [row for row, one in zip(rows, shaped, strict=True) if one is not None]
            numbers = [row for row, one in zip(numbers, shaped, strict=True) if one is not None]
        block = _Block(
            rows, numbers, shapes, layout, times(rows, layout.parts["at"]),
            parts_of(rows, layout.parts["request"], flat=False),
            parts_of(rows, layout.parts["response"], flat=False),
        )  # fmt: skip
        places, sampled = self._counted(block)
        moments = [at for at in block.at if at]
        return (
            lines, len(rows), bad, min(moments, default=0.0), max(moments, default=0.0),
            [_told(block, place) for place in places],
            [block.sample(row) for row in sampled],
            [self._found(block, *found) for found in sorted(self._hits(block).items())],
        )  # fmt: skip

    def _targets(self, new: Sequence[Shape]) -> None:
        for row, info, value in hits([one.exchange.target for one in new], self._infos):
            new[row].hits.append((0, info, value))

    def _counted(self, block: _Block) -> tuple[list[Place], list[int]]:
        """Count the rows of a block by endpoint; return the endpoints, and rows to be samples."""
        if self._callers > MOST_CALLERS:
            self._shapes.forget_callers()
            self._callers = 0
        places: list[Place] = []
        sampled: list[int] = []
        page = self._page
        who = callers(block.rows, block.layout.who)
        for row, (shape, at, caller) in enumerate(zip(block.shapes, block.at, who, strict=True)):
            place = shape.place
            if place.page != page:
                place.begin(page, len(places), row, at)
                places.append(place)
            if at < place.first:  # noqa: PLR1730 - a call is dearer
                place.first = at
            if at > place.last:  # noqa: PLR1730 - the same
                place.last = at
            if caller is not None and caller not in place.known:
                place.known.add(caller)
                place.callers.append(caller)
            if place.sampled < SAMPLES:
                place.sampled += 1
                sampled.append(row)
        for shape, count in Counter(block.shapes).items():
            _add(shape, count)
        self._callers += sum(len(place.callers) for place in places)
        return places, sampled

    def _hits(self, block: _Block) -> dict[int, list[tuple[int, str, str]]]:
        """Return what was found in each row that is worth judging."""
        found: dict[int, list[tuple[int, str, str]]] = {}
        if any(shape.speaks for shape in set(block.shapes)):
            found = {row: list(one.hits) for row, one in enumerate(block.shapes) if one.speaks}
        for part, values in ((1, block.request), (2, block.response)):
            for row, info, value in hits(values, self._infos):
                found.setdefault(row, []).append((part, info, value))
        return found

    def _found(self, block: _Block, row: int, found: list[tuple[int, str, str]]) -> Any:
        """Return a request with PI as plain data, without the values."""
        shape = block.shapes[row]
        one = shape.exchange
        taken: dict[str, int] = {}
        given: dict[str, set[str]] = {}
        for part, info, value in found:
            if part == 2:
                given.setdefault(info, set()).add(value)
            else:
                taken[info] = taken.get(info, 0) + 1
        asked = asked_for(found, shape.ids, one.path)
        knew = known(
            one.status, _bytes(block.response[row]), [(i.info, i.value) for i in asked], given
        )
        told = (
            tuple([(info, len(values)) for info, values in given.items()]), knew, one.status,
            one.secure, tuple(taken.items()),
        )  # fmt: skip
        who = who_of(block.rows[row], block.layout.who)
        where = block.numbers[row], shape.place.number, block.at[row]
        return self._made.row(where, who, asked, told)


def _rows(lines: Sequence[bytes]) -> tuple[list[Row], list[int], int]:
    """Return the objects in lines, in which lines they stand, and how many lines are none."""
    try:
        rows = list(map(orjson.loads, lines))
    except (orjson.JSONDecodeError, RecursionError):
        rows = []
    else:
        if set(map(type, rows)) <= {dict}:
            return rows, list(range(len(rows))), 0
    rows, numbers, bad = [], [], 0
    for number, line in enumerate(lines):
        if not line or line.isspace() or line.startswith(b"#"):
            continue
        row = _row(line)
        if isinstance(row, dict):
            rows.append(row)
            numbers.append(number)
        else:
            bad += 1
    return rows, numbers, bad


def _bytes(value: Any) -> bytes:
    return b"" if value in EMPTY else body(value)


def _row(line: bytes) -> Any:
    try:
        return orjson.loads(line)
    except (orjson.JSONDecodeError, RecursionError):
        return None


def _add(shape: Shape, count: int) -> None:
    place, one = shape.place, shape.exchange
    place.requests += count
    if one.status:
        place.statuses[one.status] = place.statuses.get(one.status, 0) + count
    if one.host:
        place.hosts.setdefault(one.host)


def _told(block: _Block, place: Place) -> Any:
    return (
        place.method, place.name, block.numbers[place.row], place.requests, place.first,
        place.last, place.statuses, list(place.hosts)[:MOST_HOSTS],
        [caller_hash(*one) for one in place.callers],
    )  # fmt: skip
