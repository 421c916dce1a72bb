"""Counts one column, a batch at a time: hits, shapes of values, different values, dates."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from hongxian.info.recognise.kernel import VALID
from hongxian.sensors.store.counts import ColumnCounts, HitCount
from hongxian.sensors.store.dates import DAY, Days, add_days, days_by_form, days_in_lines
from hongxian.sensors.store.draw import Draw
from hongxian.sensors.store.excerpt import excerpt
from hongxian.sensors.store.parts import ColumnPart
from hongxian.sensors.store.repeated import counted, different
from hongxian.sensors.store.values import buffer_of, hits_in, infos, texts_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from hongxian.sensors.store.draw import Rows

SLICE = 1 << 26
"""Bytes that are read at once."""
LEAST = 10**9
"""Smaller whole numbers are no telephone, card or document number."""


class ColumnTally:
    """Counts a column.

    What is counted does not depend on the batches in which the rows come.

    Args:
        counts: takes the counts; holds name, type and comment.
        label: the column's name as the recognisers know it, empty when they do not.
        timed: the name says that the column holds moments of the record.
        lines: the column holds lines of a text.
    """

    def __init__(self, counts: ColumnCounts, *, label: str, timed: bool, lines: bool) -> None:
        """Begin with no rows."""
        self.counts = counts
        self.label, self.timed, self.lines = label, timed, lines
        self.draw = Draw()
        self.days: Days = {}
        self.repeated: bool | None = None
        self.worth = False

    def add(self, array: Any, rows: Rows) -> None:
        """Count the values of an array, each with the row in which it stands."""
        from pyarrow import types  # noqa: PLC0415 - heavy

        counts, kind = self.counts, array.type
        coded = types.is_dictionary(kind)
        counts.type = counts.type or str(kind.value_type if coded else kind)
        if coded:
            self._coded(array, rows)
            counts.rows += len(array)
            counts.nulls += array.null_count
            return
        dated = self.timed and not self.lines and types.is_string(kind)
        if not dated:
            self._dates(array)
        if types.is_integer(kind):
            self._numbers(array, rows)
        elif (found := texts_of(array)) is not None:
            strings, kept = found
            rows = rows if kept is None else rows.taken(kept)
            self.worth = self.worth or bool(len(strings))
            self.draw.add(strings, rows)
            self._texts(strings, rows, dated=dated)
        counts.rows += len(array)
        counts.nulls += array.null_count

    def part(self, salt: bytes | None = None) -> ColumnPart:
        """Look at the sample and return what was counted.

        Args:
            salt: for a part of a table that is joined with others; see :meth:`Draw.drawn`.
        """
        drawn = self.draw.drawn(lambda values: self._hits(values)[1], salt)
        return ColumnPart(counts=self.counts, drawn=drawn, days=self.days, worth=self.worth)

    def _coded(self, array: Any, rows: Rows) -> None:
        """Count strings that come as a dictionary: each different one is read once."""
        if array.null_count:
            rows = rows.taken(array.is_valid().to_numpy(zero_copy_only=False))
            array = array.drop_null()
        if not len(array):
            return
        self.worth = True
        self.draw.add(array, rows)
        values, weights = different(array)
        add_days(self.days, days_by_form(values, timed=self.timed, weights=weights))
        edges = buffer_of(values)[1]
        self.counts.bytes += int(((edges[1:] - edges[:-1] + 4) * weights).sum())
        self._note(array, rows.numbers, values, weights)

    def _numbers(self, array: Any, rows: Rows) -> None:
        """Count whole numbers: without a label only large ones are read."""
        import pyarrow as pa  # noqa: PLC0415 - heavy
        import pyarrow.compute as pc  # noqa: PLC0415 - heavy

        if array.null_count:
            rows = rows.taken(array.is_valid().to_numpy(zero_copy_only=False))
            array = array.drop_null()
        self.draw.add(array, rows)
        large = pc.greater_equal(array, LEAST)
        any_large = bool(pc.any(large).as_py())
        self.worth = self.worth or any_large
        if self.label:
            self._texts(array.cast(pa.string()), rows)
        elif any_large:
            chosen = large.to_numpy(zero_copy_only=False)
            self._texts(array.filter(large).cast(pa.string()), rows.taken(chosen))

    def _texts(self, strings: Any, rows: Rows, *, dated: bool = False) -> None:
        start = 0
        for part in _slices(strings):
            self.counts.bytes += _bytes(part)
            self._read(part, rows.numbers[start : start + len(part)], dated=dated)
            start += len(part)

    def _dates(self, array: Any) -> None:
        """Take note of days; of lines those at the ends of a batch are looked at."""
        if self.lines:
            ends = [*array[:5].to_pylist(), *array[-5:].to_pylist()]
            span = days_in_lines([line for line in ends if line])
            found = {DAY: (len(array), *span)} if span else {}
        else:
            array = array.drop_null() if array.null_count else array
            found = days_by_form(array, timed=self.timed)
        add_days(self.days, found)

    def _read(self, strings: Any, numbers: Any, *, dated: bool) -> None:
        found = None
        if self.repeated is not False and not self.lines:
            found = counted(strings)
            self.repeated = found is not None
        values, weights = found or (strings, None)
        if dated:
            add_days(self.days, days_by_form(values, timed=True, weights=weights))
        self._note(strings, numbers, values, weights)

    def _note(self, strings: Any, numbers: Any, values: Any, weights: Any) -> None:
        """Count the hits in some values.

        Args:
            strings: what stands in the rows.
            numbers: the numbers of the rows.
            values: the same as the strings, or each different one of them once.
            weights: how often each value stands; ``None`` when they are the strings.
        """
        hits, places = self._hits(values, weights)
        for info, hit in hits.items():
            mine = self.counts.hits.setdefault(info, HitCount())
            if len(mine.first) < 3:
                found = places[info] if weights is None else _rows_of(strings, values, places[info])
                hit.first = [int(row) + 1 for row in _once_each(numbers[found])[:3]]
            mine.add(hit)

    def _hits(
        self, strings: Any, weights: npt.NDArray[np.int64] | None = None
    ) -> tuple[dict[str, HitCount], dict[str, Any]]:
        """Return the hits of some values by PI type, and the positions of those values."""
        import numpy as np  # noqa: PLC0415 - heavy

        found = hits_in(strings, self.label, keep=False)
        if not len(found):
            return {}, {}
        names, numbers = _kinds()
        codes = numbers[found["recogniser"]]
        data, edges = buffer_of(strings)
        at = found["row"].copy()
        begins, stops = edges[at], edges[at + 1]
        whole = (found["start"] <= begins + 1) & (found["end"] >= stops - 2)
        good = found["grade"] == VALID
        hits, rows = {}, {}
        kinds = np.flatnonzero(np.bincount(codes, minlength=len(names)))
        for code in kinds:
            mine = slice(None) if len(kinds) == 1 else codes == code
            info, one = names[code], found[mine][0]
            hits[info], rows[info] = _count(at[mine], good[mine], whole[mine], weights)
            value = bytes(memoryview(data)[int(one["start"]) : int(one["end"])])
            hits[info].excerpt = excerpt(value.decode("utf-8", "replace"), info)
        return hits, rows


@cache
def _kinds() -> tuple[tuple[str, ...], npt.NDArray[np.int64]]:
    """Return the PI types, and for each recogniser by its number the place of its type."""
    import numpy as np  # noqa: PLC0415 - heavy

    names = tuple(sorted(set(infos())))
    return names, np.array([names.index(info) for info in infos()])


def _count(at: Any, good: Any, whole: Any, weights: Any) -> tuple[HitCount, Any]:
    """Return the count of the hits of one type and the rows that hold one, each once.

    Args:
        at: the rows of the hits, rising.
        good: whether a hit is valid.
        whole: whether it is all that its row holds.
        weights: how often each row stands.
    """
    every = _once_each(at)

    def rows(chosen: Any) -> int:
        different = every if chosen.all() else _once_each(at[chosen])
        return len(different) if weights is None else int(weights[different].sum())

    held, valid = rows(whole), rows(good)
    total = len(every) if weights is None else int(weights[every].sum())
    return HitCount(valid=valid, labelled=total - valid, whole=held), every


def _once_each(rows: Any) -> Any:
    """Return rising numbers, each once."""
    if len(rows) < 2:
        return rows
    other = rows[1:] != rows[:-1]
    return rows if other.all() else rows[_first_and(other)]


def _first_and(others: Any) -> Any:
    """Return a mask that names the first one and some of the others."""
    import numpy as np  # noqa: PLC0415 - heavy

    return np.concatenate(([True], others))


def _rows_of(strings: Any, values: Any, places: Any) -> Any:
    """Return the positions of the strings that are one of some values."""
    import numpy as np  # noqa: PLC0415 - heavy
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    among = pc.is_in(strings, value_set=values.take(pa.array(places)))
    return np.flatnonzero(among.to_numpy(zero_copy_only=False))


def _bytes(strings: Any) -> int:
    """Return the bytes of some values as Arrow holds them: each with where it ends."""
    edges = buffer_of(strings)[1]
    return int(edges[-1] - edges[0]) + 4 * len(strings)


def _slices(strings: Any) -> list[Any]:
    """Return an array in pieces that are small enough to be read at once."""
    if strings.nbytes <= SLICE or len(strings) < 2:
        return [strings]
    half = len(strings) // 2
    return [*_slices(strings[:half]), *_slices(strings[half:])]
