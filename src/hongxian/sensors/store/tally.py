"""Counts one column, a batch at a time: hits, shapes of values, different values, dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from hongxian.sensors.store.counts import ColumnCounts, HitCount
from hongxian.sensors.store.dates import DAY, Days, add_days, days_by_form, days_in_lines
from hongxian.sensors.store.draw import Draw
from hongxian.sensors.store.excerpt import excerpt
from hongxian.sensors.store.parts import ColumnPart
from hongxian.sensors.store.repeated import counted, different, rows_of
from hongxian.sensors.store.values import (
    buffer_of,
    counts_in,
    hits_in,
    is_number,
    kinds_of_infos,
    large,
    texts_of,
)

if TYPE_CHECKING:
    from hongxian.sensors.store.draw import Rows

SLICE = 1 << 26
"""Bytes that are read at once."""
TOLD = 3
"""Rows with a hit whose numbers are kept."""


class Place(NamedTuple):
    """Where the values of an array stand in the table."""

    rows: Rows
    kept: Any
    """A mask over the rows, ``None`` when all of them have a value."""
    start: int = 0
    """Values in front of the array."""

    def first(self, positions: Any) -> list[int]:
        """Return the numbers, from 1, of the first rows in which some of the values stand.

        A row of a list holds several values.
        """
        import numpy as np  # noqa: PLC0415 - heavy

        positions = positions + self.start
        if self.kept is not None:
            positions = np.flatnonzero(self.kept)[positions]
        numbers = np.unique(self.rows.numbers[positions])[:TOLD]
        return [int(row) + 1 for row in numbers]


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
        counts.rows += len(array)
        counts.nulls += array.null_count
        self.draw.add(array, rows)
        if coded:
            self._coded(array, rows)
            return
        dated = self.timed and not self.lines and types.is_string(kind)
        if not dated and (self.timed or self.lines or types.is_temporal(kind)):
            self._dates(array)
        if is_number(kind):
            self._numbers(array, rows, whole=types.is_integer(kind))
        elif (found := texts_of(array)) is not None:
            self.worth = self.worth or bool(len(found[0]))
            self._texts(found[0], Place(rows, found[1]), dated=dated)

    def part(self, salt: bytes | None = None) -> ColumnPart:
        """Look at the sample and return what was counted.

        Args:
            salt: for a part of a table that is joined with others; see :meth:`Draw.drawn`.
        """
        drawn = self.draw.drawn(self._rows_with_hits, salt)
        return ColumnPart(counts=self.counts, drawn=drawn, days=self.days, worth=self.worth)

    def _coded(self, array: Any, rows: Rows) -> None:
        """Count strings that come as a dictionary: each different one is read once."""
        kept = array.is_valid().to_numpy(zero_copy_only=False) if array.null_count else None
        array = array.drop_null() if array.null_count else array
        if not len(array):
            return
        self.worth = True
        values, weights = different(array)
        add_days(self.days, days_by_form(values, timed=self.timed, weights=weights))
        edges = buffer_of(values)[1]
        self.counts.bytes += int(((edges[1:] - edges[:-1] + 4) * weights).sum())
        self._note(array, Place(rows, kept), values, weights)

    def _numbers(self, array: Any, rows: Rows, *, whole: bool) -> None:
        """Count numbers: without a label only large ones are read."""
        import pyarrow as pa  # noqa: PLC0415 - heavy

        chosen = large(array)
        filled = array.null_count < len(array)
        self.worth = self.worth or (filled if not whole else chosen is not None)
        if self.label or chosen is not None:
            read = array if self.label else array.filter(pa.array(chosen))
            strings, kept = texts_of(read)  # type: ignore[misc]
            self._texts(strings, Place(rows, kept if self.label else chosen))

    def _texts(self, strings: Any, place: Place, *, dated: bool = False) -> None:
        for part in _slices(strings):
            self.counts.bytes += _bytes(part)
            self._read(part, place, dated=dated)
            place = place._replace(start=place.start + len(part))

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

    def _read(self, strings: Any, place: Place, *, dated: bool) -> None:
        found = None
        if self.repeated is not False and not self.lines:
            found = counted(strings)
            self.repeated = found is not None
        values, weights = found or (strings, None)
        if dated:
            add_days(self.days, days_by_form(values, timed=True, weights=weights))
        self._note(strings, place, values, weights)

    def _note(self, strings: Any, place: Place, values: Any, weights: Any) -> None:
        """Count the hits in some values.

        Args:
            strings: what stands in the rows.
            place: where they stand.
            values: the same as the strings, or each different one of them once.
            weights: how often each value stands; ``None`` when they are the strings.
        """
        hits = counts_in(values, self.label, weights)
        known = self.counts.hits
        fresh = [info for info in hits if info not in known or len(known[info].first) < TOLD]
        first = self._first(strings, place, values, weights, fresh) if fresh else {}
        for info, (every, valid, whole) in hits.items():
            hit = HitCount(valid=valid, labelled=every - valid, whole=whole)
            hit.first, hit.excerpt = first.get(info, ([], ""))
            known.setdefault(info, HitCount()).add(hit)

    def _first(
        self, strings: Any, place: Place, values: Any, weights: Any, infos: list[str]
    ) -> dict[str, tuple[list[int], str]]:
        """Return the numbers of the first rows with values of some types, and an excerpt."""
        import pyarrow as pa  # noqa: PLC0415 - heavy

        found, told = self._rows_with_hits(values), {}
        for info in infos:
            rows = found[info]
            if weights is not None:
                rows = rows_of(strings, values.take(pa.array(rows)))
            one = strings.slice(int(rows[0]), 1).cast(pa.string())
            told[info] = place.first(rows), self._excerpt(one, info)
        return told

    def _excerpt(self, value: Any, info: str) -> str:
        """Return the first hit of a type in an array of one value, covered."""
        data, _ = buffer_of(value)
        names, kinds = kinds_of_infos()
        found = hits_in(value, self.label)
        hit = found[kinds[found["recogniser"]] == names.index(info)][0]
        raw = bytes(memoryview(data)[int(hit["start"]) : int(hit["end"])])
        return excerpt(raw.decode("utf-8", "replace"), info)

    def _rows_with_hits(self, values: Any) -> dict[str, Any]:
        """Return for each PI type the positions of the values in which it stands, rising."""
        import numpy as np  # noqa: PLC0415 - heavy

        found = hits_in(values, self.label, keep=False)
        names, kinds = kinds_of_infos()
        codes = kinds[found["recogniser"]]
        return {names[code]: np.unique(found["row"][codes == code]) for code in np.unique(codes)}


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
