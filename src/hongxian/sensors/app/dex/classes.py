"""Class data: which methods a class defines, and where their code lies; decoded by the array.

Source: "class_data_item", Dalvik executable format, Android Open Source Project.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from hongxian.sensors.app.dex.leb128 import decode_all
from hongxian.sensors.app.package.faults import PackageError

if TYPE_CHECKING:
    from hongxian.sensors.app.dex.tables import Dex

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    """The methods that the classes of a DEX define, one row each."""

    class_def: Ints
    """Row of the class in ``class_defs``."""
    method: Ints
    """Index in ``method_ids``."""
    access: Ints
    code: Ints
    """Offset of the code item, 0 for native and abstract methods."""
    virtual: npt.NDArray[np.bool_]


def read_definitions(dex: Dex) -> Definitions:
    """Decode the class data of all classes at once.

    Raises:
        PackageError: class data lies outside the file, or counts more members than it holds.
    """
    offsets = dex.classes["data"].astype(np.int64)
    rows = np.flatnonzero(offsets)
    if not rows.size:
        none = np.zeros(0, dtype=np.int64)
        return Definitions(
            class_def=none, method=none, access=none, code=none, virtual=none.astype(bool)
        )
    where = f"{dex.name}: class_data"
    low, high = int(offsets[rows].min()), int(offsets[rows].max())
    if high >= dex.data.size:
        raise PackageError(where, "dex_outside")
    values, first = decode_all(dex.data[low : _section_end(dex, high)])
    start = np.searchsorted(first, offsets[rows] - low)
    return _members(dex, where, rows, start, values.astype(np.int64))


def _section_end(dex: Dex, high: int) -> int:
    """Return where the map says that another section begins behind ``high``."""
    at = int.from_bytes(dex.raw[0x34:0x38], "little")
    count = int.from_bytes(dex.raw[at : at + 4], "little")
    entries = dex.raw[at + 4 : at + 4 + 12 * min(count, 64)]
    starts = np.frombuffer(entries[: len(entries) // 12 * 12], dtype="<u4").reshape(-1, 3)[:, 2]
    behind = starts[starts > high]
    return min(int(behind.min()), dex.data.size) if behind.size else dex.data.size


def _members(dex: Dex, where: str, rows: Ints, start: Ints, values: Ints) -> Definitions:
    if int(start.max()) + 4 > values.size:
        raise PackageError(where, "dex_cut")
    counts = np.stack([values[start + i] for i in range(4)])
    if int(counts.max()) > 65536:
        raise PackageError(where, "dex_many")
    direct = start + 4 + 2 * (counts[0] + counts[1])
    virtual = direct + 3 * counts[2]
    if int((virtual + 3 * counts[3]).max()) > values.size:
        raise PackageError(where, "dex_more")
    parts = [
        _methods(rows, direct, counts[2], values),
        _methods(rows, virtual, counts[3], values),
    ]
    sizes = [len(part[0]) for part in parts]
    class_def, method, access, code = (
        np.concatenate([part[i] for part in parts]) for i in range(4)
    )
    if method.size and int(method.max()) >= len(dex.methods):
        raise PackageError(where, "dex_points", table="method_ids")
    return Definitions(
        class_def=class_def, method=method, access=access, code=code,
        virtual=np.repeat([False, True], sizes),
    )  # fmt: skip


def _methods(rows: Ints, start: Ints, count: Ints, values: Ints) -> tuple[Ints, ...]:
    """Take ``count`` triples (index difference, access, code) from each start."""
    total = int(count.sum())
    owner = np.repeat(np.arange(rows.size), count)
    before = np.cumsum(count) - count
    place = start[owner] + 3 * (np.arange(total) - before[owner])
    steps = values[place]
    summed = np.cumsum(steps)
    # the indices count on from one method to the next within a class: take off what came before
    base = np.concatenate([[0], summed])[before]
    return rows[owner], summed - base[owner], values[place + 1], values[place + 2]


def spread(counts: Ints) -> Ints:
    """Return 0..n-1 for each count n, one behind the other: ``[2, 3] -> 0 1 0 1 2``."""
    ends = np.cumsum(counts)
    return np.arange(int(ends[-1]) if ends.size else 0) - np.repeat(ends - counts, counts)


def distinct(values: Ints) -> Ints:
    """Return each value once, ascending.

    Numbers put together of two halves fall on few places of the hash table that ``numpy.unique``
    keeps, and made ones on a single one: sorting takes as long whatever the numbers.
    """
    ordered = np.sort(values, kind="stable")
    if ordered.size < 2:
        return ordered
    fresh = np.ones(ordered.size, dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=fresh[1:])
    return ordered[fresh]


def among(values: Ints, known: Ints) -> npt.NDArray[np.bool_]:
    """Say of each value whether it is among known ones; those ascending."""
    if not known.size:
        return np.zeros(values.size, dtype=bool)
    place = np.minimum(np.searchsorted(known, values), known.size - 1)
    found: npt.NDArray[np.bool_] = known[place] == values
    return found
