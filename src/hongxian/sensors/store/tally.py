"""Counts one column, a batch at a time: hits, shapes of values, different values, dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.sensors.store.counts import ColumnCounts, HitCount
from hongxian.sensors.store.dates import days_in_lines, days_of
from hongxian.sensors.store.excerpt import excerpt
from hongxian.sensors.store.shapes import shapes_of
from hongxian.sensors.store.values import buffer_of, hits_in, infos, strings_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

POOL = 20_000
"""Values among which different ones are counted."""
SHARE = 2_000
"""Values that one batch may give to them."""
SHAPED = 1_000
"""Different values whose shape is looked at."""
SLICE = 1 << 26
"""Bytes that are read at once."""
REPEATED = 0.5
"""Where fewer values than this share are different, each is read once."""


class ColumnTally:
    """Counts a column.

    Args:
        counts: takes the counts; holds name, type and comment.
        label: the column's name as the recognisers know it, empty when they do not.
        timed: the name says that the column holds moments of the record.
        lines: the column holds lines of a text.
        seed: of the draw of values.
    """

    def __init__(
        self, counts: ColumnCounts, *, label: str, timed: bool, lines: bool, seed: int
    ) -> None:
        """Begin with no rows."""
        import numpy as np  # noqa: PLC0415 - heavy

        self.counts = counts
        self.label, self.timed, self.lines = label, timed, lines
        self.draw = np.random.default_rng(seed)
        self.pool: list[Any] = []
        self.pooled = 0
        self.repeated: bool | None = None
        self.seen = 0

    def add(self, array: Any) -> None:
        """Count the values of an array."""
        counts = self.counts
        counts.type = counts.type or str(array.type)
        self._dates(array)
        strings = strings_of(array)
        if strings is not None:
            counts.bytes += strings.nbytes
            for part in _slices(strings):
                self._read(part)
        counts.rows += len(array)
        counts.nulls += array.null_count

    def done(self) -> ColumnCounts:
        """Look at the sample and return the counts."""
        import pyarrow as pa  # noqa: PLC0415 - heavy

        counts = self.counts
        if self.pool:
            pool = pa.chunked_array(self.pool, pa.string()).combine_chunks()
            different = pool.unique()
            counts.sampled, counts.distinct = len(pool), len(different)
            for info, hit in self._hits(different)[0].items():
                counts.hits.setdefault(info, HitCount()).distinct = hit.rows
            part = different[:SHAPED].to_pylist()
            counts.shapes = {**shapes_of(part), "tested": len(part)}
            self.pool = []
        return counts

    def _dates(self, array: Any) -> None:
        if self.lines:
            ends = [*array[:5].to_pylist(), *array[-5:].to_pylist()]
            span = days_in_lines([line for line in ends if line])
        else:
            span = days_of(array.drop_null(), timed=self.timed)
        if span:
            counts = self.counts
            counts.oldest = min(filter(None, (counts.oldest, span[0])))
            counts.newest = max(filter(None, (counts.newest, span[1])))

    def _read(self, strings: Any) -> None:
        self._draw(strings)
        weights = None
        if self.repeated is not False and not self.lines:
            strings, weights = self._once(strings)
        hits, rows = self._hits(strings, weights)
        for info, hit in hits.items():
            mine = self.counts.hits.setdefault(info, HitCount())
            if len(mine.first) < 3 and weights is None:
                hit.first = [self.seen + row for row in rows[info]]
            mine.add(hit, 0)
        self.seen += len(strings) if weights is None else int(weights.sum())

    def _once(self, strings: Any) -> tuple[Any, npt.NDArray[np.int64] | None]:
        """Return the different values with how often each stands, when many stand often."""
        import numpy as np  # noqa: PLC0415 - heavy

        counted = strings.value_counts()
        self.repeated = len(counted) < len(strings) * REPEATED
        if not self.repeated:
            return strings, None
        weights = np.asarray(counted.field("counts"), dtype=np.int64)
        return counted.field("values"), weights

    def _draw(self, strings: Any) -> None:
        """Take some values into the sample."""
        import numpy as np  # noqa: PLC0415 - heavy

        room = min(SHARE, POOL - self.pooled, len(strings))
        if room > 0:
            places = np.sort(self.draw.choice(len(strings), room, replace=False))
            self.pool.append(strings.take(places))
            self.pooled += room

    def _hits(
        self, strings: Any, weights: npt.NDArray[np.int64] | None = None
    ) -> tuple[dict[str, HitCount], dict[str, list[int]]]:
        """Return the hits of some values by PI type, and the numbers of the first rows of each."""
        import numpy as np  # noqa: PLC0415 - heavy

        found = hits_in(strings, self.label)
        if not len(found):
            return {}, {}
        known = infos()
        names = sorted(set(known))
        codes = np.array([names.index(info) for info in known])[found["recogniser"]]
        data, edges = buffer_of(strings)
        begins, stops = edges[found["row"]], edges[found["row"] + 1]
        whole = (found["start"] <= begins + 1) & (found["end"] >= stops - 2)
        hits, rows = {}, {}
        kinds = np.flatnonzero(np.bincount(codes, minlength=len(names)))
        for code in kinds:
            mine = slice(None) if len(kinds) == 1 else codes == code
            info = names[code]
            hits[info] = _count(found[mine], whole[mine], weights)
            rows[info] = [int(row) + 1 for row in _once_each(found["row"][mine][:99])[:3]]
            one = found[mine][0]
            value = bytes(memoryview(data)[int(one["start"]) : int(one["end"])])
            hits[info].excerpt = excerpt(value.decode("utf-8", "replace"), info)
        return hits, rows


def _count(found: Any, whole: Any, weights: Any) -> HitCount:
    def rows(chosen: Any) -> int:
        different = _once_each(chosen)
        return len(different) if weights is None else int(weights[different].sum())

    numbers, good = found["row"], found["grade"] == 1
    every = rows(numbers)
    valid = every if good.all() else rows(numbers[good])
    held = every if whole.all() else rows(numbers[whole])
    return HitCount(valid=valid, labelled=every - valid, whole=held)


def _once_each(rows: Any) -> Any:
    """Return rising numbers, each once."""
    return rows if len(rows) < 2 else rows[rows != _before(rows)]


def _before(rows: Any) -> Any:
    """Return for each number the one in front of it; -1 in front of the first."""
    import numpy as np  # noqa: PLC0415 - heavy

    return np.concatenate(([-1], rows[:-1]))


def _slices(strings: Any) -> list[Any]:
    """Return an array in pieces that are small enough to be read at once."""
    if strings.nbytes <= SLICE or len(strings) < 2:
        return [strings]
    half = len(strings) // 2
    return [*_slices(strings[:half]), *_slices(strings[half:])]
