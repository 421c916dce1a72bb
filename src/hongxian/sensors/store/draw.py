"""A draw of a column's rows that does not depend on how the rows were cut into parts.

Each row has a place in an order drawn by the seed; the rows whose places come first are taken.
Parts that draw alone and are put together hold the rows that one reader of all would have drawn.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hongxian.sensors.store.shapes import shaped
from hongxian.sensors.store.values import texts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Places = NDArray[np.uint64]
    HitRows = Callable[[Any], Mapping[str, Any]]

POOL = 20_000
"""Values among which different ones are counted."""
LONGEST = 1 << 12
"""Bytes of a value that is drawn; longer ones are texts, and thousands of them would not fit."""
SHAPED = 1_000
"""Different values whose shape is looked at."""
_STEPS = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))
_GOLDEN = 0x9E3779B97F4A7C15


@dataclass(slots=True)
class Rows:
    """Rows of a table: their numbers from 0, and their places in the order of the draw."""

    numbers: Numbers
    places: Places
    _asked: tuple[np.uint64, Any] | None = None
    """The last answer of :meth:`before`: columns without nulls all ask the same."""

    def taken(self, chosen: Any) -> Rows:
        """Return the rows that a mask or an array of positions names."""
        return Rows(self.numbers[chosen], self.places[chosen])

    def before(self, place: np.uint64) -> Any:
        """Return the positions of the rows whose places come before one."""
        import numpy as np  # noqa: PLC0415 - heavy

        if self._asked is None or self._asked[0] != place:
            self._asked = place, np.flatnonzero(self.places < place)
        return self._asked[1]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.numbers)


def rows_from(start: int, count: int, seed: int) -> Rows:
    """Return rows one behind the other; the order is a permutation of all 64-bit numbers."""
    import numpy as np  # noqa: PLC0415 - heavy

    numbers = np.arange(start, start + count, dtype=np.int64)
    places = numbers.astype(np.uint64) + np.uint64((seed * _GOLDEN + _GOLDEN) % (1 << 64))
    for shift, factor in _STEPS:  # the finishing steps of SplitMix64
        places ^= places >> np.uint64(shift)
        places *= np.uint64(factor)
    places ^= places >> np.uint64(31)
    return Rows(numbers, places)


class Draw:
    """Takes some values of a column."""

    def __init__(self) -> None:
        """Begin with none."""
        self.pieces: list[tuple[Places, Any]] = []
        self.held = 0
        self.last: Any = None
        """The place behind which no row is taken any more."""

    def add(self, values: Any, rows: Rows) -> None:
        """Take from some values those whose rows come first; nulls and what is no text are none."""
        import pyarrow as pa  # noqa: PLC0415 - heavy
        import pyarrow.compute as pc  # noqa: PLC0415 - heavy

        places = rows.places
        if self.last is not None:
            chosen = rows.before(self.last)
            if not len(chosen):
                return
            values, places = values.take(pa.array(chosen)), places[chosen]
        found = texts_of(values)
        if found is None:
            return
        values, kept = found
        places = places if kept is None else places[kept]
        longest = pc.max(pc.binary_length(values)).as_py()
        if longest is not None and longest > LONGEST:
            short = pc.less_equal(pc.binary_length(values), LONGEST)
            places = places[short.to_numpy(zero_copy_only=False)]
            values = values.filter(short)
        if len(values):
            self.pieces.append((places, values))
            self.held += len(values)
        if self.held > 2 * POOL:
            self._cut()

    def drawn(self, hit_rows: HitRows, salt: bytes | None = None) -> Drawn:
        """Return what was drawn, without the values.

        Args:
            hit_rows: returns the positions of those of some values that are hits, by PI type.
            salt: keys the hashes that stand for the values, for parts that are put together;
                without it numbers stand for them.
        """
        import numpy as np  # noqa: PLC0415 - heavy
        import pyarrow as pa  # noqa: PLC0415 - heavy

        if not self.held:
            return Drawn(np.empty(0, np.uint64), np.empty(0, np.uint64))
        places, values = self._cut()
        order = np.argsort(places, kind="stable")
        places, values = places[order], values.take(pa.array(order))
        coded = values.dictionary_encode()
        different = coded.dictionary
        names = _names(different, salt)
        found = {info: names[rows] for info, rows in hit_rows(different).items()}
        shapes = shaped(different[:SHAPED].to_pylist())
        named = {shape: names[np.asarray(rows)] for shape, rows in shapes.items()}
        return Drawn(places, names[coded.indices.to_numpy()], found, named)

    def _cut(self) -> tuple[Places, Any]:
        """Keep as many as are wanted."""
        import numpy as np  # noqa: PLC0415 - heavy
        import pyarrow as pa  # noqa: PLC0415 - heavy

        places = np.concatenate([piece for piece, _ in self.pieces])
        values = pa.concat_arrays([piece for _, piece in self.pieces])
        chosen = first_places(places)
        places, values = places[chosen], values.take(pa.array(chosen))
        self.pieces, self.held = [(places, values)], len(places)
        self.last = places.max() if len(places) == POOL else None
        return places, values


def first_places(places: Places) -> Any:
    """Return the positions of the :data:`POOL` first places, as they stand; of equals the first."""
    import numpy as np  # noqa: PLC0415 - heavy

    if len(places) <= POOL:
        return np.arange(len(places))
    last = np.partition(places, POOL - 1)[POOL - 1]
    chosen = np.flatnonzero(places <= last)
    if len(chosen) == POOL:
        return chosen
    before, equal = np.flatnonzero(places < last), np.flatnonzero(places == last)
    return np.sort(np.concatenate([before, equal[: POOL - len(before)]]))


def _names(different: Any, salt: bytes | None) -> Places:
    """Return a number for each of some different values."""
    import numpy as np  # noqa: PLC0415 - heavy

    if salt is None:
        return np.arange(len(different), dtype=np.uint64)
    hashes = (
        hashlib.blake2b(value.encode(), digest_size=8, key=salt).digest()
        for value in different.to_pylist()
    )
    return np.frombuffer(b"".join(hashes), dtype=np.uint64)


@dataclass(slots=True)
class Drawn:
    """What was drawn of a column: a number for each value, no value."""

    places: Places
    values: Places
    hits: dict[str, Places] = field(default_factory=dict)
    """PI type -> the different values that are hits."""
    shapes: dict[str, Places] = field(default_factory=dict)
    """Shape -> the values that have it, of the first :data:`SHAPED` different ones."""

    def joined(self, other: Drawn) -> Drawn:
        """Return what would have been drawn of the rows of both."""
        import numpy as np  # noqa: PLC0415 - heavy

        places = np.concatenate([self.places, other.places])
        first = np.argsort(places, kind="stable")[:POOL]
        return Drawn(
            places[first], np.concatenate([self.values, other.values])[first],
            _both(self.hits, other.hits), _both(self.shapes, other.shapes),
        )  # fmt: skip

    def different(self) -> Places:
        """Return the different values, in the order of the draw."""
        import numpy as np  # noqa: PLC0415 - heavy

        values, first = np.unique(self.values, return_index=True)
        return values[np.argsort(first)]

    def counted(self) -> tuple[dict[str, int], dict[str, int]]:
        """Return how many different values are hits, and how many have each shape."""
        different = self.different()
        hits = {info: _among(own, different) for info, own in self.hits.items()}
        tested = different[:SHAPED]
        shapes = {shape: _among(own, tested) for shape, own in self.shapes.items()}
        told = {shape: count for shape, count in shapes.items() if count}
        return hits, {**told, "tested": len(tested)} if len(tested) else {}


def _both(one: Mapping[str, Places], other: Mapping[str, Places]) -> dict[str, Places]:
    import numpy as np  # noqa: PLC0415 - heavy

    parts = {name: [own[name] for own in (one, other) if name in own] for name in {**one, **other}}
    return {name: np.unique(np.concatenate(own)) for name, own in parts.items()}


def _among(own: Places, different: Places) -> int:
    import numpy as np  # noqa: PLC0415 - heavy

    return int(np.isin(different, own).sum())
