"""The recognisers as others call them: on a text, on a named field, on a buffer of rows."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from threading import local
from typing import TYPE_CHECKING, Any

from hongxian.info.recognise.counting import FIELDS, SUMS, VALID
from hongxian.info.recognise.fast import Kernel
from hongxian.info.recognise.labels import field_group
from hongxian.info.recognise.rows import load_recognisers
from hongxian.info.recognise.tables import Tables, load_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    import numpy.typing as npt

GRADES = {1: "valid", 2: "labelled"}
"""Names of the grades that a buffer's hits have as numbers."""
ROOM = 1 << 15
"""Hits that a reading writes down before it hands them over."""
FEW = 1 << 9
"""The same where hits are only counted: few, so that they stay in the nearest cache."""
_rooms = local()
"""The room of each thread."""
HIT_FIELDS = ("row", "start", "end", "recogniser", "grade")


@dataclass(frozen=True, slots=True)
class Hit:
    """A value in a text."""

    info: str
    """PI type, or a key of ``data/kinds.toml`` for what is no PI."""
    start: int
    end: int
    """Edges in characters."""
    grade: str
    """``valid``, or ``labelled``: a label says so, but checksum or form is wrong."""
    name: str
    """Name of the recogniser."""


def recognise(text: str) -> list[Hit]:
    """Return the values in a free text, in order; none overlaps another."""
    data = text.encode("utf-8", "surrogatepass")
    places = _Places(data, ascii_only=len(data) == len(text))
    out = array("q", bytes(8 * FIELDS * 256))
    hits = []
    for count in _readings(Kernel(load_tables(), out), data, array("q", [0, len(data)])):
        for at in range(0, count * FIELDS, FIELDS):
            start, end = places.character(out[at + 1]), places.character(out[at + 2])
            hits.append(_hit(start, end, out[at + 3], out[at + 4]))
    return hits


def recognise_field(name: str, value: str) -> Hit | None:
    """Return what a named field holds.

    The name says first what the value is to be; a value of another kind speaks for itself, and a
    longer text by the first value in it.

    Args:
        name: key, column or label; Chinese, pinyin or English, in any case and with any joiner.
        value: what stands in it.
    """
    tables = load_tables()
    group = field_group(name, tables.label_numbers)
    inner = value.strip()
    shift = value.find(inner)
    if group:
        hit, settled = _field_value(tables, group, inner)
        if settled:
            return hit and Hit(hit.info, hit.start + shift, hit.end + shift, hit.grade, hit.name)
    return next(iter(recognise(value)), None)


def _field_value(tables: Tables, group: int, value: str) -> tuple[Hit | None, bool]:
    """Return what a whole value is next to its label, and whether that settles it."""
    data = value.encode("utf-8", "surrogatepass")
    out = array("q", bytes(8 * FIELDS))
    kernel = Kernel(tables, out)
    if not kernel.value(data, group) or kernel.edge != len(data):
        return None, False
    if not kernel.hits:
        return None, True
    return _hit(0, len(value), out[3], out[4]), True


def scan_buffer(
    data: Any, offsets: npt.NDArray[np.integer[Any]], label: str = "", *, keep: bool = True
) -> npt.NDArray[Any]:
    """Return the values in a buffer of rows, such as that of an Arrow string column.

    Args:
        data: UTF-8 bytes of all rows.
        offsets: where each row begins, and at last where the last one ends; never falling.
        label: name of the rows' field; each row is then read as if it stood before it.
        keep: what is returned stays; else it is good until this thread reads the next buffer.

    Returns:
        A structured array: ``row``, ``start`` and ``end`` (in bytes of the buffer),
        ``recogniser`` (place in ``load_recognisers()``) and ``grade`` (1 valid, 2 labelled).

    Raises:
        ValueError: an offset lies outside of the buffer or before the one in front of it.
    """
    import numpy as np  # noqa: PLC0415 - heavy

    view, rows = memoryview(data).cast("B"), np.ascontiguousarray(offsets, dtype=np.int64)
    if not hasattr(_rooms, "out"):  # made once: fresh memory costs more than what is written to it
        _rooms.out = np.empty(ROOM * FIELDS, dtype=np.int64)
    out = _rooms.out
    kernel = Kernel(load_tables(), out)
    _fit(kernel, view, rows)
    found = []
    for count in _readings(kernel, view, memoryview(rows.data), label):
        part = out[: count * FIELDS]
        found.append(part.copy() if keep or count == ROOM else part)  # full: written to once more
    kind = np.dtype([(name, np.int64) for name in HIT_FIELDS])
    return (found[0] if len(found) == 1 else np.concatenate([out[:0], *found])).view(kind)


def count_buffer(
    data: Any,
    offsets: npt.NDArray[np.integer[Any]],
    label: str,
    kinds: npt.NDArray[np.int32],
    weights: npt.NDArray[np.int64] | None = None,
) -> npt.NDArray[np.int64]:
    """Return in how many rows of a buffer values of each kind stand: no object per hit is made.

    Args:
        data: see :func:`scan_buffer`, as for ``offsets`` and ``label``.
        offsets: as above.
        label: as above.
        kinds: the kind of each recogniser, from 0.
        weights: how often each row stands, when each different one is there once.

    Returns:
        For each kind the rows with a hit, with a valid one, and with one that is all of the row
        but for a sign at either end.

    Raises:
        ValueError: an offset lies outside of the buffer or before the one in front of it.
    """
    import numpy as np  # noqa: PLC0415 - heavy

    view, rows = memoryview(data).cast("B"), np.ascontiguousarray(offsets, dtype=np.int64)
    if not hasattr(_rooms, "counter"):
        _rooms.counter = Kernel(load_tables(), np.empty(FEW * FIELDS, dtype=np.int64))
    kernel = _rooms.counter
    _fit(kernel, view, rows)
    sums = np.zeros((int(kinds.max()) + 1, SUMS), dtype=np.int64)
    times = np.empty(0, dtype=np.int64) if weights is None else np.ascontiguousarray(weights)
    group = kernel.named(f"{label}=".encode()) if label else 0
    kernel.into(kinds, times, sums.reshape(-1))
    kernel.count(view, memoryview(rows.data), group)
    kernel.named(b"=")  # lets the rows go
    return sums[:, :3]


def _fit(kernel: Any, view: memoryview, rows: npt.NDArray[np.int64]) -> None:
    if not kernel.fits(memoryview(rows.data), len(view)):
        raise ValueError("offsets do not fit the buffer")


class Scanner:
    """Finds values in one text after the other; what that needs is set up once.

    Not for several threads at a time. It keeps the text that it read last.
    """

    def __init__(self, room: int = 256) -> None:
        """Set it up; ``room`` is how many values are written down before they are handed over."""
        self._out = array("q", bytes(8 * FIELDS * room))
        self._kernel = Kernel(load_tables(), self._out)
        self._edges = array("q", (0, 0))

    def find(self, data: bytes) -> list[tuple[int, int, int]]:
        """Return start, end and recogniser of each value in UTF-8 text, in order.

        Edges are in bytes; the recogniser is its place in :func:`load_recognisers`.
        """
        return list(zip(*self.columns(data), strict=True))

    def columns(self, data: bytes) -> tuple[array[int], array[int], array[int]]:
        """Return starts, ends and recognisers, as :meth:`find` does."""
        kernel, out, edges, at = self._kernel, self._out, self._edges, -1
        edges[1] = len(data)
        found = array("q"), array("q"), array("q")
        row = 0
        while row < 1:
            row = kernel.rows(data, edges, row, at, 0)
            at = kernel.edge
            stop = kernel.hits * FIELDS
            for column, place in zip(found, (1, 2, 3), strict=True):
                column.extend(out[place:stop:FIELDS])
        return found


def _readings(kernel: Any, data: Any, offsets: Any, label: str = "") -> Iterator[int]:
    """Yield how many hits stand in the room of a kernel, until a buffer is read."""
    group = kernel.named(f"{label}=".encode()) if label else 0
    row, at, last = 0, -1, len(offsets) - 1
    while row < last:
        row = kernel.rows(data, offsets, row, at, group)
        at = kernel.edge
        if kernel.hits:
            yield kernel.hits


def _hit(start: int, end: int, recogniser: int, grade: int) -> Hit:
    row = load_recognisers()[recogniser]
    return Hit(row.info, start, end, GRADES[VALID if grade == VALID else 2], row.name)


class _Places:
    """Turns places in bytes, asked in rising order, into places in characters."""

    def __init__(self, data: bytes, *, ascii_only: bool) -> None:
        self.data = data
        self.ascii_only = ascii_only
        self.byte = self.count = 0

    def character(self, byte: int) -> int:
        if self.ascii_only:
            return byte
        between = self.data[self.byte : byte]
        self.count += len(between.decode("utf-8", "surrogatepass"))
        self.byte = byte
        return self.count
