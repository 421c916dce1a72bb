"""Values as small numbers, so that rows are counted and not compared.

Short strings that are alike in length are told apart as the numbers that their bytes are, and
numbers that lie close together by a table; all else by Arrow's own dictionary.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from hongxian.guards.mask.cells import pa, pc

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHORT = 8
"""Bytes of a string that is read as a number."""
CLOSE = 1 << 16
"""Numbers of less span than this are told apart by a table."""


class Coded(NamedTuple):
    """A column as codes."""

    codes: NDArray[Any]
    """The code of each row."""
    places: NDArray[np.int64]
    """For each code the place of its value; of codes that no row has it means nothing."""
    values: Any
    """The different values."""


def coded(column: Any, known: Any = None) -> Coded:
    """Return a column of Arrow as codes; a missing value is a value like any other.

    Args:
        column: the column.
        known: values of which it most likely has no others: those are found faster.
    """
    column = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if column.null_count or not len(column):
        return _by_dictionary(column, known)
    if pa.types.is_integer(column.type):
        return _by_number(column.to_numpy(), column.type)
    width = _width(column)
    if not width:
        return _by_dictionary(column, known)
    found = _by_number(_numbers(column, width), pa.uint64())
    return found._replace(values=_strings(found.values, width))


def _by_dictionary(column: Any, known: Any = None) -> Coded:
    if known is not None and len(known):
        places = pc.index_in(column, value_set=known)
        if not places.null_count:
            return Coded(places.to_numpy(), np.arange(len(known)), known)
    found = column.dictionary_encode("encode")
    return Coded(found.indices.to_numpy(), np.arange(len(found.dictionary)), found.dictionary)


def _by_number(numbers: NDArray[Any], kind: Any) -> Coded:
    """Return numbers by their distance from the least, where they lie close together."""
    least, most = numbers.min(), numbers.max()
    if int(most) - int(least) >= CLOSE:
        found = _by_dictionary(pa.array(numbers))
        return found._replace(values=found.values.cast(kind))
    if numbers.itemsize < np.int32().itemsize:  # a distance may not fit
        numbers, least = numbers.astype(np.int32), np.int32(least)
    codes = (numbers - least).astype(np.intp, copy=False)
    seen = np.zeros(int(most) - int(least) + 1, np.bool_)
    seen[codes] = True
    there = np.flatnonzero(seen)
    places = np.cumsum(seen) - 1
    return Coded(codes, places, pa.array(there.astype(numbers.dtype) + least).cast(kind))


def _width(column: Any) -> int:
    """Return the bytes of each string of a column where all are short and alike in length, or 0."""
    if not pa.types.is_string(column.type):
        return 0
    edges = _edges(column)
    width = int(edges[1] - edges[0])
    return width if width <= SHORT and bool((np.diff(edges) == width).all()) else 0


def _edges(column: Any) -> NDArray[np.int32]:
    return np.frombuffer(column.buffers()[1], np.int32)[column.offset :][: len(column) + 1]


def _numbers(column: Any, width: int) -> NDArray[Any]:
    """Return strings of one length as numbers, such that like beginnings lie close together."""
    edges = _edges(column)
    raw = np.frombuffer(column.buffers()[2], np.uint8)[edges[0] : edges[-1]].reshape(-1, width)
    kind = np.uint32 if width <= np.uint32().itemsize else np.uint64
    numbers: NDArray[Any] = raw[:, 0].astype(kind)
    for place in range(1, width):
        numbers = numbers << 8 | raw[:, place]
    return numbers


def _strings(numbers: Any, width: int) -> Any:
    """Return the strings that some numbers stand for."""
    return pa.array([one.to_bytes(width, "big").decode() for one in numbers.to_pylist()])
