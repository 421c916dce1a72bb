"""Logs in Parquet: a row is a request, a column a field as gateways name it."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAGIC = b"PAR1"
"""The first bytes of such a file."""
ROWS = 4_000
"""Rows that become a page."""

Row = dict[str, Any]


def rows_of(path: Path, start: int = 0, stop: int | None = None) -> Iterator[list[Row]]:
    """Yield rows of a file in blocks.

    Args:
        path: the file.
        start: number of the first row.
        stop: number behind the last; ``None`` for all.

    Raises:
        HongxianError: PyArrow is not installed.
        OSError: the file cannot be read, or is damaged.
    """
    if find_spec("pyarrow") is None:
        raise WordedError("no_arrow_extra", path)
    import pyarrow as pa  # noqa: PLC0415 - an extra
    import pyarrow.parquet as pq  # noqa: PLC0415 - the same

    try:
        with pq.ParquetFile(path) as file:
            at = 0
            for group in range(file.num_row_groups):
                count = file.metadata.row_group(group).num_rows
                if at + count > start and (stop is None or at < stop):
                    yield from _group(file, group, max(0, start - at),
                                      count if stop is None else min(count, stop - at))  # fmt: skip
                at += count
    except pa.ArrowException as error:
        raise OSError(str(error)) from None


def cuts_of(path: Path, start: int, size: int) -> Iterator[tuple[int, int]]:
    """Yield the first row and the row behind the last of parts made of whole groups of rows.

    Args:
        path: the file.
        start: number of the first row that is wanted.
        size: bytes of a part, as they are unpacked.
    """
    import pyarrow.parquet as pq  # noqa: PLC0415 - an extra

    with pq.ParquetFile(path) as file:
        begin, at, held = start, 0, 0
        for group in range(file.num_row_groups):
            told = file.metadata.row_group(group)
            at += told.num_rows
            held += told.total_byte_size
            if held >= size and at > begin:
                yield begin, at
                begin, held = at, 0
        if at > begin:
            yield begin, at


def _group(file: Any, group: int, start: int, stop: int) -> Iterator[list[Row]]:
    at = 0
    for batch in file.iter_batches(ROWS, row_groups=[group]):
        low, high = max(start - at, 0), min(stop - at, len(batch))
        if high > low:
            yield _plain(batch.slice(low, high - low)).to_pylist()
        at += len(batch)


def _plain(batch: Any) -> Any:
    """Return a batch whose moments are seconds since 1970, and whose bytes are text."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    columns = []
    for column in batch.columns:
        kind = column.type
        if pa.types.is_timestamp(kind):
            whole = column.cast(pa.timestamp("us", kind.tz), safe=False).cast(pa.int64())
            seconds = [None if one is None else one / 1e6 for one in whole.to_pylist()]
            columns.append(pa.array(seconds, pa.float64()))
        elif pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
            texts = [
                None if one is None else one.decode("utf-8", "replace")
                for one in column.to_pylist()
            ]
            columns.append(pa.array(texts, pa.large_string()))
        else:
            columns.append(column)
    return pa.RecordBatch.from_arrays(columns, batch.schema.names)
