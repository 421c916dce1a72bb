"""A block of lines becomes a page: what it counts, its samples, and the requests with PI."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import orjson

from hongxian.sensors.traffic.asked import asked_for, digests, known
from hongxian.sensors.traffic.columns.bodies import EMPTY, callers, hits, parts_of, times
from hongxian.sensors.traffic.columns.cut.fast import tally
from hongxian.sensors.traffic.columns.requests import Rows
from hongxian.sensors.traffic.columns.shapes import Shapes
from hongxian.sensors.traffic.hashed import NOWHERE
from hongxian.sensors.traffic.inventory import (
    LARGEST_SAMPLE,
    MOST_HOSTS,
    SAMPLES,
    caller_hash,
)  # fmt: skip
from hongxian.sensors.traffic.observe import info_of_recognisers
from hongxian.sensors.traffic.readers.json_lines import body, who_of
from hongxian.signals.keys import Keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hongxian.sensors.traffic.columns.cut.tally import Place
    from hongxian.sensors.traffic.columns.shapes import Layout, Row, Shape
    from hongxian.sensors.traffic.hashed import Hashed

Page = tuple[int, int, int, float, float, list[Any], list[Any], list[Any]]
"""Lines, requests, bad lines, first and last moment, endpoints, samples, requests with PI."""

_ANY = b"{}"
"""Stands for an answer of which it matters only that there is one."""
MOST_CALLERS = 1 << 18
"""Callers that are known to have been told of."""


class Block(Protocol):
    """Lines that become a page: what is not needed of each is worked out where it is."""

    numbers: Sequence[int]
    """Line of each row, counted from the beginning of the block."""
    shapes: list[Shape]
    at: list[float]

    def who(self, row: int) -> dict[str, str]:
        """Return the principals of a row."""

    def bodies(self, row: int) -> tuple[bytes, bytes]:
        """Return request and answer of a row."""

    def hits(self, infos: Sequence[str]) -> Iterator[tuple[int, int, str, str]]:
        """Yield row, part (1 request, 2 answer), PI type and value of what stands in bodies."""


@dataclass(slots=True)
class _Columns:
    """The columns of a block of objects."""

    rows: list[Row]
    numbers: Sequence[int]
    shapes: list[Shape]
    layout: Layout
    at: list[float]
    request: list[Any]
    response: list[Any]

    def who(self, row: int) -> dict[str, str]:
        return who_of(self.rows[row], self.layout.who)

    def bodies(self, row: int) -> tuple[bytes, bytes]:
        return bytes_of(self.request[row]), bytes_of(self.response[row])

    def hits(self, infos: Sequence[str]) -> Iterator[tuple[int, int, str, str]]:
        for part, values in ((1, self.request), (2, self.response)):
            for row, info, value in hits(values, infos):
                yield row, part, info, value


class Pages:
    """Makes pages of the blocks of a log, in their order.

    Args:
        secret: what identifiers are hashed with; ``None`` leaves that to whoever judges.
        hashed: where digests stand for identifiers.
    """

    def __init__(self, secret: bytes | None = None, hashed: Hashed = NOWHERE) -> None:
        """Know nothing yet."""
        self._hashed = bool(hashed)
        self._made = Rows(None if secret is None else Keys(secret))
        self._shapes = Shapes(hashed)
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
        block = _Columns(
            rows, numbers, shapes, layout, times(rows, layout.parts["at"]),
            parts_of(rows, layout.parts["request"], flat=False),
            parts_of(rows, layout.parts["response"], flat=False),
        )  # fmt: skip
        places, sampled, fresh = self._counted(block, callers(rows, layout.who))
        for place, caller in fresh:
            place.callers.append(caller)
        return self._told(block, places, sampled, (lines, bad))

    def _told(
        self, block: Block, places: list[Place], sampled: list[int], lines: tuple[int, int]
    ) -> Page:
        """Return the page of a block whose rows are counted: of so many lines, so many wrong."""
        moments = [at for at in block.at if at]
        return (
            lines[0], len(block.shapes), lines[1], min(moments, default=0.0),
            max(moments, default=0.0), [_place_told(block, place) for place in places],
            [_sample(block, row) for row in sampled],
            self._requests(block),
        )  # fmt: skip

    def _requests(self, block: Block) -> list[Any]:
        """Return the requests with PI of a block."""
        hits = self._hits(block)
        digested = self._digested(block, hits)
        found = sorted(hits.items())
        return [self._found(block, *one, digested.get(one[0], 0)) for one in found]

    def _targets(self, new: Sequence[Shape]) -> None:
        for row, info, value in hits([one.exchange.target for one in new], self._infos):
            new[row].hits.append((0, info, value))
        for one in new:
            if one.hits:
                one.told = tuple([info for _, info, _ in one.hits])
                found = asked_for(one.hits, (), one.exchange.path)
                one.asked = tuple([((like.info, like.value), like.where) for like in found])

    def _counted(self, block: Block, who: list[Any]) -> tuple[list[Place], list[int], list[Any]]:
        """Count the rows of a block by endpoint.

        Returns:
            The endpoints, rows to be samples, and callers that are new at an endpoint.
        """
        if self._callers > MOST_CALLERS:
            self._shapes.forget_callers()
            self._callers = 0
        places, sampled, fresh = tally(block.shapes, block.at, who, self._page, SAMPLES)
        for shape, count in Counter(block.shapes).items():
            added(shape, count)
        self._callers += len(fresh)
        return places, sampled, fresh

    def _hits(self, block: Block) -> dict[int, list[tuple[int, str, str]]]:
        """Return what was found in each row that is worth judging."""
        found: dict[int, list[tuple[int, str, str]]] = {}
        if any(shape.speaks for shape in set(block.shapes)):
            found = {row: list(one.hits) for row, one in enumerate(block.shapes) if one.speaks}
        for row, part, info, value in block.hits(self._infos):
            found.setdefault(row, []).append((part, info, value))
        return found

    def _digested(
        self, block: Block, found: dict[int, list[tuple[int, str, str]]]
    ) -> dict[int, int]:  # fmt: skip
        """Add digests that stand for identifiers to what was found; return how many by row."""
        added: dict[int, int] = {}
        if self._hashed:
            for row, shape in enumerate(block.shapes):
                if shape.hashed:
                    request, _ = block.bodies(row)
                    more = digests(shape.exchange.target, request, shape.hashed)
                    if more:
                        found.setdefault(row, []).extend(more)
                        added[row] = len(more)
        return added

    def _found(
        self, block: Block, row: int, found: list[tuple[int, str, str]], digested: int
    ) -> Any:  # fmt: skip
        """Return a request with PI as plain data, without the values; some are digests."""
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
        answer = _ANY if given and len(asked) == 1 else block.bodies(row)[1]
        knew = known(one.status, answer, [(i.info, i.value) for i in asked], given)
        told = (
            tuple([(info, len(values)) for info, values in given.items()]), knew, one.status,
            one.secure, tuple(taken.items()),
            ((shape.hashed, digested),) if digested else (),
        )  # fmt: skip
        who = block.who(row)
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


def bytes_of(value: Any) -> bytes:
    """Return a body as bytes; nothing where nothing was logged."""
    return b"" if value in EMPTY else body(value)


def _row(line: bytes) -> Any:
    try:
        return orjson.loads(line)
    except (orjson.JSONDecodeError, RecursionError):
        return None


def added(shape: Shape, count: int) -> None:
    """Count lines of a shape where their endpoint is counted."""
    place, one = shape.place, shape.exchange
    place.requests += count
    if one.status:
        place.statuses[one.status] = place.statuses.get(one.status, 0) + count
    if one.host:
        place.hosts.setdefault(one.host)


def _place_told(block: Block, place: Place) -> Any:
    return (
        place.method, place.name, block.numbers[place.row], place.requests, place.first,
        place.last, place.statuses, list(place.hosts)[:MOST_HOSTS],
        [caller_hash(*one) for one in place.callers],
    )  # fmt: skip


def _sample(block: Block, row: int) -> tuple[int, str, bytes, bytes]:
    """Return a row's endpoint, target and bodies; most are not needed in the end."""
    shape = block.shapes[row]
    request, response = (one if len(one) <= LARGEST_SAMPLE else b"" for one in block.bodies(row))
    return shape.place.number, shape.exchange.target, request, response
