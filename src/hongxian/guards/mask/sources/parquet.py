"""Parquet, streamed by batches of rows; nested columns are masked part by part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.errors import Exit
from hongxian.guards.mask.batches import mask_batches
from hongxian.guards.mask.cells import pa
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from pathlib import Path

    from hongxian.guards.mask.batches import Watch
    from hongxian.guards.mask.plan import Plan

ROWS = 1 << 15
"""Rows of a batch."""


def mask_parquet(source: Path, target: Path, plan: Plan, watch: Watch | None = None) -> int:
    """Write a masked copy of a file and return its rows.

    Raises:
        HongxianError: the file is no Parquet, or is broken.
    """
    from pyarrow import parquet  # noqa: PLC0415 - an extra

    rows, writer = 0, None
    try:
        with parquet.ParquetFile(source, memory_map=False, pre_buffer=False) as file:
            batches = file.iter_batches(batch_size=ROWS, use_threads=False)
            for batch in mask_batches(batches, plan, watch):
                writer = writer or parquet.ParquetWriter(target, batch.schema)
                writer.write_batch(batch)
                rows += batch.num_rows
            if writer is None:
                parquet.write_table(_empty(file.schema_arrow), target)
    except (pa.ArrowInvalid, OSError, UnicodeError) as error:
        if isinstance(error, FileNotFoundError):
            raise
        raise WordedError("mask_parquet", source, Exit.SENSOR) from None
    finally:
        if writer:
            writer.close()
    return rows


def _empty(schema: Any) -> Any:
    return schema.remove_metadata().empty_table()
