"""Columns of Arrow: as texts, by distinct values, and as tables of bytes of one length."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]

try:
    import pyarrow as pa
    import pyarrow.compute as pc
except ImportError:  # an extra
    raise WordedError("no_mask_extra") from None

__all__ = ["Masked", "TextBytes", "as_text", "by_distinct", "numbers", "pa", "pc", "texts"]


_BYTES = (pa.types.is_binary, pa.types.is_large_binary, pa.types.is_fixed_size_binary)


@dataclass(frozen=True, slots=True)
class Masked:
    """A column after its technique.

    Args:
        values: the column, as long as before.
        refused: how many values did not fit the technique and were suppressed instead.
    """

    values: Any
    refused: int = 0


def as_text(column: Any) -> Any:
    """Return a column as ``pyarrow`` texts; a whole number has no decimal point."""
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_string(column.type):
        return column
    if pa.types.is_floating(column.type) and bool(pc.all(_whole(column)).as_py() or False):
        return column.cast(pa.int64()).cast(pa.string())
    if any(test(column.type) for test in _BYTES):
        return texts([None if one is None else one.decode("utf-8", "replace")
                      for one in column.to_pylist()])  # fmt: skip
    return column.cast(pa.string())


def texts(values: Sequence[str | None]) -> Any:
    """Return texts as a column."""
    return pa.array(values, pa.string())


def by_distinct(column: Any, change: Callable[[list[str]], Sequence[str | None]]) -> Masked:
    """Change a column value by value, each distinct value once.

    Args:
        column: any column; its values are taken as texts.
        change: returns what stands for each text; ``None`` where it does not fit.
    """
    coded = as_text(column).dictionary_encode()
    distinct = coded.dictionary.to_pylist()
    changed = texts(change(distinct) if distinct else [])
    values = changed.take(coded.indices)
    return Masked(values, values.null_count - coded.null_count)


def numbers(column: Any) -> Any:
    """Return a column as 64-bit floats; what is no number becomes null."""
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        return column.cast(pa.float64(), safe=False)
    plain = pc.utf8_trim_whitespace(as_text(column))
    right = pc.match_substring_regex(plain, r"^[+-]?\d{1,300}(\.\d{1,300})?([eE][+-]?\d{1,2})?$")
    return pc.if_else(right, plain, pa.scalar(None, pa.string())).cast(pa.float64())


@dataclass(frozen=True, slots=True)
class TextBytes:
    """A text column as one buffer, whose rows of equal length are read and written together.

    Args:
        column: texts.
    """

    column: Any

    def groups(self, longest: int) -> Iterator[tuple[NDArray[np.int64], Bytes]]:
        """Yield row numbers and bytes of all texts of one length, for each length there is."""
        offsets, data = self.layout()
        lengths = np.diff(offsets)
        lengths[~self._there()] = -1
        for length in np.unique(lengths[(lengths > 0) & (lengths <= longest)]).tolist():
            rows = np.flatnonzero(lengths == length)
            yield rows, data[offsets[rows][:, None] + np.arange(length)]

    def replaced(self, parts: Sequence[tuple[NDArray[np.int64], Bytes]]) -> Masked:
        """Return the column with new bytes in some rows, as long as before; the rest is null.

        Args:
            parts: row numbers and their new bytes, as many as there were.
        """
        offsets, data = self.layout()
        out, fits = np.zeros_like(data), np.zeros(len(self.column), bool)
        for rows, new in parts:
            out[offsets[rows][:, None] + np.arange(new.shape[1])] = new
            fits[rows] = True
        valid = pa.py_buffer(np.packbits(fits, bitorder="little"))
        layout = [valid, pa.py_buffer((offsets - offsets[:1]).astype(np.int32)), pa.py_buffer(out)]
        values = pa.Array.from_buffers(pa.string(), len(self.column), layout)
        return Masked(values, int(self._there().sum() - fits.sum()))

    def layout(self) -> tuple[NDArray[np.int64], Bytes]:
        """Return where each text begins and the last one ends, and the bytes of all."""
        _, offsets, data = self.column.buffers()
        start, count = self.column.offset, len(self.column)
        if not count:
            return np.zeros(1, np.int64), np.zeros(0, np.uint8)
        places = np.frombuffer(offsets, np.int32, start + count + 1)[start:].astype(np.int64)
        held = np.frombuffer(data, np.uint8) if data else np.zeros(0, np.uint8)
        return places - places[0], held[places[0] : places[-1]]

    def _there(self) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = self.column.is_valid().to_numpy(zero_copy_only=False)
        return found


def _whole(column: Any) -> Any:
    """Whether each number is whole and small enough to be exact."""
    return pc.and_(pc.equal(pc.round(column), column), pc.less(pc.abs(column), 2.0**53))
