"""What lines of a block have in common, each shape worked out once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson

from hongxian.sensors.traffic.columns.cut.fast import Place
from hongxian.sensors.traffic.hashed import NOWHERE
from hongxian.sensors.traffic.readers.json_lines import NAMES, WHO, inner, json_row
from hongxian.sensors.traffic.templates import names_record, template

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from hongxian.sensors.traffic.hashed import Hashed
    from hongxian.sensors.traffic.model import Exchange

Row = dict[str, Any]

MOST_SHAPES = 1 << 15
"""Shapes that are remembered; targets that somebody makes up need no memory."""
_LONGEST = 4_096
"""Of a target that is remembered."""
_SHARED = ("line", "method", "target", "query", "host", "status", "scheme")
_TYPED = ("status", "scheme")
"""Parts of which ``true`` and ``1`` say different things, though they are equal in Python."""


@dataclass(slots=True, eq=False)
class Shape:
    """All that lines with the same method, target, host and status share."""

    exchange: Exchange
    place: Place
    ids: tuple[str, ...]
    hits: list[tuple[int, str, str]] = field(default_factory=list)
    """PI in the target."""
    records: bool = False
    """Whether the path names a record."""
    numbers: tuple[str, ...] = ()
    """What names a record in the path."""
    asked: tuple[tuple[tuple[str, str], str], ...] = ()
    """By whom the target asks: PI type and value, and where."""
    told: tuple[str, ...] = ()
    """PI type of each value in the target."""
    hashed: str | None = None
    """PI type that digests in such requests stand for."""

    @property
    def speaks(self) -> bool:
        """Whether the target alone is worth judging."""
        return self.records or bool(self.hits)


@dataclass(slots=True)
class Layout:
    """Where the parts of lines stand that have certain names."""

    parts: dict[str, tuple[str, ...]]
    who: tuple[tuple[str, tuple[str, ...]], ...]
    shared: list[tuple[str, bool]]
    """Names of the parts that make a shape, and whether their type matters."""
    known: dict[Any, Shape | None] = field(default_factory=dict)


class Shapes:
    """The shapes of a log, bounded.

    Args:
        hashed: where digests stand for identifiers.
    """

    def __init__(self, hashed: Hashed = NOWHERE) -> None:
        """Know none yet."""
        self._hashed = hashed
        self._layouts: dict[frozenset[str], Layout] = {}
        self._places: dict[tuple[str, str], Place] = {}
        self._made = 0
        self._serial = 0

    def begin(self) -> bool:
        """Forget shapes that are too many: between two blocks, never within one.

        Return whether that was so.
        """
        if self._made <= MOST_SHAPES:
            return False
        self._layouts.clear()
        self._places.clear()
        self._made = 0
        return True

    def of_row(self, row: Row, new: list[Shape]) -> Shape | None:
        """Return the shape of a row by itself, for whoever remembers it until :meth:`begin`."""
        self._made += 1
        return self._shape(row, new)

    def layout(self, rows: Sequence[Row]) -> Layout:
        """Return where the parts of rows stand."""
        self.begin()
        names = frozenset(set().union(*rows))
        found = self._layouts.get(names)
        if found is None:
            found = self._layouts[names] = _layout(names)
            self._made += 1 + len(names)
        return found

    def of(self, layout: Layout, rows: Sequence[Row]) -> tuple[list[Shape | None], list[Shape]]:
        """Return the shape of each row, ``None`` where it is no request, and those that are new."""
        columns = [_marked(column(rows, name), typed) for name, typed in layout.shared]
        keys: list[Any] = list(zip(*columns, strict=True)) or [()] * len(rows)
        known = layout.known
        try:
            shapes = [known.get(key, 0) for key in keys]
        except TypeError:  # objects and lists
            keys = list(zip(*[list(map(_frozen, one)) for one in columns], strict=True))
            shapes = [known.get(key, 0) for key in keys]
        new: list[Shape] = []
        if 0 in shapes:
            fresh: dict[Any, Shape | None] = {}
            for row, one in enumerate(shapes):
                if one == 0:
                    key = keys[row]
                    if key not in fresh:
                        fresh[key] = self._shape(rows[row], new)
                    shapes[row] = fresh[key]
            for key, made in fresh.items():
                if made is None or len(made.exchange.target) <= _LONGEST:
                    known[key] = made
                    self._made += 1
        return shapes, new  # type: ignore[return-value]  # no 0 is left

    def forget_callers(self) -> None:
        """Forget who was told of: told of again, nothing changes."""
        for place in self._places.values():
            place.known.clear()

    def _shape(self, row: Row, new: list[Shape]) -> Shape | None:
        one = json_row(row, "")
        if one is None:
            return None
        name, ids = template(one.path)
        place = self._places.get((one.method, name))
        if place is None:
            self._serial += 1
            place = self._places[one.method, name] = Place(one.method, name, self._serial)
        numbers = tuple(filter(names_record, ids))
        made = Shape(one, place, ids, records=bool(numbers), numbers=numbers,
                     hashed=self._hashed.of(one.method, name, one.path))  # fmt: skip
        new.append(made)
        return made


def column(rows: Sequence[Row], name: str) -> list[Any]:
    """Return what rows have under a name; a dot leads into an object."""
    found = [row.get(name) for row in rows]
    if "." in name:
        return [
            inner(row, name) if value is None else value
            for row, value in zip(rows, found, strict=True)
        ]
    return found


def _layout(names: Collection[str]) -> Layout:
    def kept(of: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(one for one in of if one in names or one.partition(".")[0] in names)

    parts = {part: kept(of) for part, of in NAMES.items()}
    who = tuple((kind, found) for kind, of in WHO.items() if (found := kept(of)))
    shared = [(name, part in _TYPED) for part in _SHARED for name in parts[part]]
    return Layout(parts, who, shared)


def _marked(values: list[Any], typed: bool) -> list[Any]:
    if typed and bool in set(map(type, values)):
        return [("bool", one) if isinstance(one, bool) else one for one in values]
    return values


def _frozen(value: Any) -> Any:
    return orjson.dumps(value) if isinstance(value, dict | list) else value
