"""How often each combination of values stands in a table, counted as its batches go by.

Quasi-identifiers have few values, and those of a sensitive column are few as well: the number of
each combination is the place in one array of counts, and no row is kept. Where combinations are too
many :meth:`Combinations.add` says so, and who counts keeps the rows themselves.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from hongxian.guards.mask.cells import pa, pc
from hongxian.guards.mask.risk.coding import coded

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST = 1 << 20
"""Combinations of values, there or not, that are counted."""
COUNT = "n"
"""Name of the column that says how often a combination stands."""


class Combinations:
    """Counts the combinations of values of some columns.

    Args:
        kinds: the Arrow types of the columns.
    """

    def __init__(self, kinds: Sequence[Any]) -> None:
        """Begin with no rows."""
        self._words = [pa.array([], kind) for kind in kinds]
        self._counts = np.zeros([0] * len(kinds), dtype=np.int64)

    def add(self, columns: Sequence[Any]) -> bool:
        """Count some rows; ``False``, and nothing counted, when combinations become too many."""
        every, words = [], []
        for column, known in zip(columns, self._words, strict=True):
            own = coded(column, known)
            if len(own.values) > MOST:
                return False
            together, places = _joined(known, own.values)
            every.append((own.codes, places[own.places]))
            words.append(together)
        shape = [len(one) for one in words]
        if math.prod(shape) > MOST:
            return False
        key = np.zeros(len(columns[0]), dtype=np.int32)
        for (codes, places), stride in zip(every, _strides(shape), strict=True):
            key += (places * stride).astype(np.int32).take(codes)
        self._words, self._counts = words, _grown(self._counts, shape)
        self._counts += np.bincount(key, minlength=math.prod(shape)).reshape(shape)
        return True

    def table(self) -> Any:
        """Return each combination once: columns ``c0``, ``c1`` and so on, and its count."""
        places = np.nonzero(self._counts)
        columns = [
            words.take(pa.array(own)) for words, own in zip(self._words, places, strict=True)
        ]
        names = [f"c{place}" for place in range(len(columns))]
        counts = pa.array(self._counts[places].astype(np.int64))
        return pa.table([*columns, counts], names=[*names, COUNT])


def _strides(shape: Sequence[int]) -> list[int]:
    """Return how far apart neighbours of each axis lie."""
    return [math.prod(shape[place + 1 :]) for place in range(len(shape))]


def _grown(counts: Any, shape: Sequence[int]) -> Any:
    """Return counts with room for more values; the old ones keep their places."""
    if list(counts.shape) == list(shape):
        return counts
    fresh = np.zeros(shape, dtype=np.int64)
    fresh[tuple(slice(0, size) for size in counts.shape)] = counts
    return fresh


def _joined(known: Any, different: Any) -> tuple[Any, Any]:
    """Return known and further values together, and the place of each of the latter there."""
    if different.equals(known):
        return known, np.arange(len(known))
    found = pc.index_in(different, value_set=known)
    new = different.filter(found.is_null())
    places = found.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    places[places < 0] = len(known) + np.arange(len(new))
    return (pa.concat_arrays([known, new]) if len(new) else known), places
