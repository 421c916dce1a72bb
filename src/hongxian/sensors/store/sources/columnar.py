"""Parquet, ORC, Arrow and Feather: read a group of rows at a time, with types and comments."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from hongxian.facts.reason import Reason
from hongxian.sensors.store.sources.faults import SourceError
from hongxian.sensors.store.sources.packed import BROKEN
from hongxian.sensors.store.sources.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from hongxian.sensors.store.sources.file import File
    from hongxian.sensors.store.sources.table import Sample

ROWS = 1 << 17
"""Rows of a batch at most."""
BATCH = 1 << 25
"""Bytes of a batch of Parquet at most, as it stands in the file without compression."""
LEAST = 1 << 10
"""Rows of such a batch at least."""
REPEATING = 10
"""Bytes that a value takes at most where strings repeat and their column keeps a dictionary."""
_COMMENTS = (b"comment", b"description", b"PARQUET:comment")


def parquet_table(file: File) -> Table:
    """Return a Parquet file as a table."""
    return parquet_part(file, 0, 1)[0]


def parquet_part(file: File, part: int, parts: int) -> tuple[Table, int]:
    """Return a part of a Parquet file as a table, and how many rows are in front of it.

    Args:
        file: the file.
        part: number of the part, from 0.
        parts: how many there are; each has its share of the groups of rows, possibly none.
    """
    import pyarrow.parquet as pq  # noqa: PLC0415 - heavy

    with file.seekable() as stream:
        opened = pq.ParquetFile(stream)
        schema, about = opened.schema_arrow, opened.metadata
    count = about.num_row_groups
    sizes = [about.row_group(group).num_rows for group in range(count)]
    groups = range(count * part // parts, count * (part + 1) // parts)

    def batches(stream: Any, coded: Sequence[str] = ()) -> Iterator[Any]:
        # one group of rows after another keeps memory at one group, whatever the file's size
        opened = pq.ParquetFile(stream, pre_buffer=False, read_dictionary=coded)
        for group in groups:
            left = sizes[group]
            size = max(1, about.row_group(group).total_byte_size)
            rows = min(ROWS, max(LEAST, BATCH * left // size))
            try:
                for batch in opened.iter_batches(rows, row_groups=[group], use_threads=False):
                    left -= batch.num_rows
                    yield batch
            except BROKEN:  # the groups behind it are none the worse
                table.problems.append(Reason("store.damaged", {}, table.place))
                table.lost += left

    rows = sum(sizes[groups.start : groups.stop])
    table = _table(file, "parquet", schema, batches, rows)
    repeating = _repeating(about, groups, schema)

    def coded(sample: Sample | None) -> Iterator[Any]:
        del sample  # files are read in full
        with _native(file) as stream:
            yield from batches(stream, repeating)

    table.coded = coded
    return table, sum(sizes[: groups.start])


def _repeating(about: Any, groups: range, schema: Any) -> list[str]:
    """Return the columns of strings that keep a dictionary in all of some groups of rows."""
    import pyarrow as pa  # noqa: PLC0415 - heavy

    left = {field.name for field in schema if field.type == pa.string()}
    for group in groups:
        row_group = about.row_group(group)
        for place in range(row_group.num_columns):
            chunk = row_group.column(place)
            if not (
                chunk.has_dictionary_page
                and chunk.total_uncompressed_size <= REPEATING * chunk.num_values
            ):
                left.discard(chunk.path_in_schema)
    return sorted(left)


def orc_table(file: File) -> Table:
    """Return an ORC file as a table."""
    from pyarrow import orc  # noqa: PLC0415 - heavy

    with file.seekable() as stream:
        opened = orc.ORCFile(stream)
        schema, rows = opened.schema, opened.nrows

    def batches(stream: Any) -> Iterator[Any]:
        reader = orc.ORCFile(stream)
        for stripe in range(reader.nstripes):
            whole = reader.read_stripe(stripe)
            for start in range(0, whole.num_rows, ROWS):
                yield whole.slice(start, ROWS)

    return _table(file, "orc", schema, batches, rows)


def arrow_table(file: File) -> Table:
    """Return an Arrow file, an Arrow stream or a Feather file as a table."""
    from pyarrow import ipc  # noqa: PLC0415 - heavy

    if file.head(4) == b"FEA1":
        raise SourceError("old_feather")
    framed = file.head(6) == b"ARROW1"
    with file.seekable() as stream:
        schema = (ipc.open_file if framed else ipc.open_stream)(stream).schema

    def batches(stream: Any) -> Iterator[Any]:
        if not framed:
            yield from ipc.open_stream(stream)
            return
        reader = ipc.open_file(stream)
        for place in range(reader.num_record_batches):
            yield reader.get_batch(place)

    return _table(file, "arrow", schema, batches, None)


def columns_of(schema: Any) -> tuple[Column, ...]:
    """Return the columns of an Arrow schema, with the comments that its writers leave."""
    return tuple(
        Column(name=field.name, type=str(field.type), comment=_comment(field.metadata))
        for field in schema
    )


def _comment(metadata: dict[bytes, bytes] | None) -> str:
    found = next((metadata[key] for key in _COMMENTS if key in metadata), b"") if metadata else b""
    return found.decode("utf-8", "replace")


@contextmanager
def _native(file: File) -> Iterator[Any]:
    """Open a file; one that lies on disk is read by Arrow itself."""
    import pyarrow as pa  # noqa: PLC0415 - heavy

    if file.path is None:
        with file.seekable() as stream:
            yield stream
    else:
        with pa.OSFile(str(file.path)) as stream:
            yield stream


def _table(
    file: File, kind: str, schema: Any, batches: Callable[[Any], Iterator[Any]], rows: int | None
) -> Table:
    def read(sample: Sample | None) -> Iterator[Any]:
        del sample  # files are read in full
        with _native(file) as stream:
            yield from batches(stream)

    return Table(
        where=file.name, name="", medium="table", kind=kind, read=read, rows=rows,
        columns=columns_of(schema), size=file.size, fingerprint=file.stamp, schema=schema,
    )  # fmt: skip
