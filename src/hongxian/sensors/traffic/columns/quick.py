"""Pages of JSON lines that are cut, and not made into objects: the fastest way to the same pages.

Runs of lines that the cutter knows become pages of their own; a line that is unusual in any way
goes the way of objects.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

import orjson

from hongxian.info.recognise import scan_buffer
from hongxian.sensors.traffic.asked import ASKED, longest
from hongxian.sensors.traffic.columns.bodies import hits_in
from hongxian.sensors.traffic.columns.cut.cutter import AT, REQUEST, RESPONSE, SHARED
from hongxian.sensors.traffic.columns.cut.cutter import WHO as FIRST_WHO
from hongxian.sensors.traffic.columns.cut.fast import Cutter, Gatherer, tallied, times, wrong
from hongxian.sensors.traffic.columns.cut.grammar import QUOTE
from hongxian.sensors.traffic.columns.pages import Pages, added, bytes_of
from hongxian.sensors.traffic.hashed import NOWHERE
from hongxian.sensors.traffic.inventory import SAMPLES
from hongxian.sensors.traffic.readers.json_lines import (
    NAMES,
    WHO,
    address,
    first_of,
    layout_of,
)
from hongxian.sensors.traffic.readers.times import any_time
from hongxian.signals.observation import OBJECT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hongxian.sensors.traffic.columns.cut.tally import Place
    from hongxian.sensors.traffic.columns.pages import Block, Page
    from hongxian.sensors.traffic.columns.shapes import Shape
    from hongxian.sensors.traffic.hashed import Hashed

MOST_UNUSUAL = 8
"""Runs of a block; when it has more, the rest of it goes the way of objects."""
LONGEST = 4 << 20
"""Bytes of a line."""

_ROLES = {"at": AT, "request": REQUEST, "response": RESPONSE}
_KINDS = tuple(WHO)
_LONGEST_NAME = 4_096


class QuickPages(Pages):
    """Makes pages of blocks of whole lines.

    Args:
        secret: what identifiers are hashed with; ``None`` leaves that to whoever judges.
        hashed: where digests stand for identifiers.
    """

    def __init__(self, secret: bytes | None = None, hashed: Hashed = NOWHERE) -> None:
        """Know nothing yet."""
        super().__init__(secret, hashed)
        self._cutter = Cutter(*fields())
        self._gatherer = Gatherer(
            self._infos, ASKED, OBJECT, _KINDS, (self._made.key, self._made.same, _named, longest)
        )
        self._known: list[Shape | None] = []
        """Shapes by their numbers in the cutter."""
        self._places: list[Place | None] = []
        """The endpoint of each of them."""

    def cut(self, data: bytes) -> Iterator[Page]:
        """Yield the pages of a block: lines with their ends, but for that of the last."""
        at, runs, size = 0, 0, len(data)
        if not data.isascii() and not _is_text(data):
            runs = MOST_UNUSUAL
        while at <= size:
            if runs >= MOST_UNUSUAL:
                yield self.page([line[:LONGEST] for line in data[at:].split(b"\n")])
                return
            page, behind = self._run(data, at)
            if page is not None:
                yield page
            at = behind
            if at < size or (at == size and page is None):
                runs += 1
                end = data.find(b"\n", at)
                end = size if end < 0 else end
                yield self.page([data[at:end][:LONGEST]])
                at = end + 1

    def _run(self, data: bytes, start: int) -> tuple[Page | None, int]:
        """Return the page of the usual lines from here on, and where the next line begins."""
        cutter = self._cutter
        if self._shapes.begin():
            cutter.forget()
            self._known, self._places = [], []
        elif cutter.begin():
            self._known, self._places = [], []
        if not cutter.cut(data, start, LONGEST, cutter.most):
            return None, start
        self._shaped(data)
        bad = wrong(cutter, self._known)
        if bad >= 0:  # no request: cut up to there, where all is known
            if not bad:
                return None, start
            cutter.cut(data, start, LONGEST, bad)
        self._page += 1
        moments = [_moment(moment) for moment in times(cutter, data)]
        places, sampled, fresh, shapes, at, counts = tallied(
            cutter, (self._known, self._places), moments, self._page, SAMPLES
        )  # fmt: skip
        for number, count in counts:
            shape = self._known[number]
            if shape is not None:
                added(shape, count)
        for place, caller in fresh:
            place.callers.append(_caller(caller))
        block = _Cut(data, cutter, shapes, at)
        return self._told(block, places, sampled, (len(shapes), 0)), cutter.end

    def _shaped(self, data: bytes) -> None:
        """Work out the shapes that came first in this block; ``None`` for no request."""
        new: list[Shape] = []
        for number in self._cutter.fresh:
            first, end = self._cutter.line(number)
            shape = self._shapes.of_row(orjson.loads(data[first:end]), new)
            self._known.append(shape)
            self._places.append(shape.place if shape else None)
        self._targets(new)

    def _requests(self, block: Block) -> list[Any]:
        if not isinstance(block, _Cut):
            return super()._requests(block)
        like = set(block.shapes)
        if self._hashed and any(one.hashed for one in like):
            return super()._requests(block)
        every = any(one.speaks for one in like)
        texts, found = block.marks()
        self._gatherer.begin(self._cutter, block.data, texts, found)
        made: list[Any] = self._gatherer.rows(block.shapes, block.at, every)
        return made


class _Cut:
    """Lines that were cut."""

    def __init__(self, data: bytes, cutter: Any, shapes: list[Shape], at: list[float]) -> None:
        self.data, self._cutter = data, cutter
        self.shapes, self.at = shapes, at
        self.numbers: Sequence[int] = range(len(shapes))
        self._row: tuple[int, dict[str, Any]] = (-1, {})

    def who(self, row: int) -> dict[str, str]:
        return dict([_named(kind, raw) for kind, raw in self._cutter.who(self.data, row)])

    def bodies(self, row: int) -> tuple[bytes, bytes]:
        found = self._object(row)
        parts = dict(layout_of(tuple(found))[0])
        request, response = (
            bytes_of(first_of(found, parts.get(part, ()), flat=False))
            for part in ("request", "response")
        )
        return request, response

    def hits(self, infos: Sequence[str]) -> Iterator[tuple[int, int, str, str]]:
        import numpy as np  # noqa: PLC0415 - heavy

        for part in (0, 1):
            text, rows, offsets = self._cutter.bodies(part)
            if rows:
                where = np.frombuffer(offsets, dtype=np.int64)
                for row, info, value in hits_in(text, where, rows, infos):
                    yield row, part + 1, info, value

    def marks(self) -> tuple[tuple[bytes, bytes], tuple[Any, Any]]:
        """Return requests and answers, and the hits in each as numbers."""
        import numpy as np  # noqa: PLC0415 - heavy

        texts: list[bytes] = []
        found: list[Any] = []
        for part in (0, 1):
            text, rows, offsets = self._cutter.bodies(part)
            texts.append(text)
            if rows:
                hits = scan_buffer(text, np.frombuffer(offsets, dtype=np.int64), keep=part == 0)
                found.append(hits.view(np.int64).data)
            else:
                found.append(array("q"))
        return (texts[0], texts[1]), (found[0], found[1])

    def _object(self, row: int) -> dict[str, Any]:
        if self._row[0] != row:
            first, end = self._cutter.line(row)
            self._row = row, orjson.loads(self.data[first:end])
        return self._row[1]


def fields() -> tuple[dict[bytes, tuple[int, int]], set[bytes]]:
    """Return what the cutter has to know of names: role and rank, and ways into objects."""
    names: dict[bytes, tuple[int, int]] = {}
    for part, all_ in NAMES.items():
        for rank, name in enumerate(all_):
            if part != "size":  # which no shape needs
                names[name.encode()] = _ROLES.get(part, SHARED), rank
    for kind, all_ in enumerate(WHO.values()):
        for rank, name in enumerate(all_):
            names[name.encode()] = FIRST_WHO + kind, rank
    ways = {name.partition(".")[0].encode() for table in (NAMES, WHO)
            for all_ in table.values() for name in all_ if "." in name}  # fmt: skip
    return names, ways


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _moment(written: bytes) -> float:
    return any_time(orjson.loads(written)) if written else 0.0


def _caller(written: bytes) -> tuple[str, str]:
    return _named(written[0], written[1:])


def _named(kind: int, written: bytes) -> tuple[str, str]:
    """Return kind and name of a principal, as the way of objects has them."""
    if written[0] == QUOTE:
        text = written[1:-1].decode()[:_LONGEST_NAME]
    else:
        text = str(orjson.loads(written))
    name = _KINDS[kind]
    return name, address(text) if name == "ip" else text
