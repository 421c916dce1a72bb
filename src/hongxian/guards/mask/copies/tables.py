"""Tables of databases, workbooks and dumps, as the scan reads them, to CSV or Parquet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

from hongxian.errors import Exit
from hongxian.facts.reason import Reason
from hongxian.guards.mask.batches import mask_batches
from hongxian.guards.mask.cells import as_text, pa
from hongxian.guards.mask.copies.outputs import output, write_all
from hongxian.sensors.store.sources.faults import SourceError
from hongxian.sensors.store.sources.packed import BROKEN
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.guards.mask.batches import Watch
    from hongxian.guards.mask.plan import Plan
    from hongxian.sensors.store.sources.table import Table

TYPED = ("postgresql",)
"""Kinds of sources whose batches have one type for each column, though it is not told before."""


class TableError(WordedError):
    """A table that cannot be copied whole, with what the scan would tell of it.

    Args:
        reason: why.
    """

    def __init__(self, reason: Reason) -> None:
        """Keep the reason, so that it can be said in either language."""
        self.reason = reason
        super().__init__("mask_not_whole", code=Exit.SENSOR)

    def say(self, lang: str) -> str:
        """Return the reason, and that no copy was made."""
        return f"{self.reason.say(lang)}{WordedError('mask_not_whole').say(lang)}"


def mask_table(
    table: Table, out: BinaryIO, form: str, plan: Plan, watch: Watch | None = None
) -> int:
    """Write a masked copy of a table and return its rows.

    Args:
        table: any that the scan opens; all of its rows are read.
        out: takes the bytes.
        form: ``csv``, ``tsv``, ``parquet``, ``orc``, ``arrow`` or ``stream``.
        plan: what happens to each column.
        watch: is shown each batch, before and after.

    Raises:
        HongxianError: the table cannot be read to its end, or its rows differ in their columns.
    """
    texts = pa.schema([pa.field(column.name, pa.string()) for column in table.columns])
    if table.kind in TYPED:
        schema = None
    elif form in ("csv", "tsv") and table.columns:
        schema = texts
    else:
        schema = _settled(table)
    batches = mask_batches(_same(table, schema), plan, watch)
    return write_all(batches, schema or texts, output(out, form))


def rows_of(table: Table) -> Iterator[Any]:
    """Yield all rows of a table.

    Raises:
        HongxianError: it cannot be read to its end; names the place, never a value.
    """
    try:
        yield from table.read(None)
    except SourceError as error:
        raise TableError(error.reason(table.place)) from None
    except BROKEN as error:
        if isinstance(error, OSError) and error.errno:
            raise  # the file is gone, or may not be read
        raise TableError(Reason("store.damaged", {}, table.place)) from None
    if table.problems:
        raise TableError(table.problems[0])


def _settled(table: Table) -> Any:
    """Return columns of types that take all rows: these are read once for that alone."""
    kinds: dict[str, set[Any]] = {}
    for batch in rows_of(table):
        for field, column in zip(batch.schema, batch.columns, strict=True):
            own = kinds.setdefault(field.name, set())
            if column.null_count < len(column):
                own.add(field.type)
    if not kinds:
        return None
    return pa.schema([
        pa.field(name, next(iter(own)) if len(own) == 1 else pa.string())
        for name, own in kinds.items()
    ])  # fmt: skip


def _same(table: Table, schema: Any) -> Iterator[Any]:
    """Yield batches of the same columns, and of the same types where these were settled.

    Raises:
        HongxianError: a batch has other columns than the first, or values of another type.
    """
    names = None
    for batch in rows_of(table):
        names = names or (schema or batch.schema).names
        if batch.schema.names != names:
            raise WordedError("mask_rows_differ", table.place, Exit.SENSOR)
        yield batch if schema is None else _cast(batch, schema, table.place)


def _cast(batch: Any, schema: Any, place: str) -> Any:
    try:
        columns = [
            as_text(column) if pa.types.is_string(field.type) else column.cast(field.type)
            for field, column in zip(schema, batch.columns, strict=True)
        ]
    except (ValueError, pa.ArrowNotImplementedError):
        raise WordedError("mask_rows_differ", place, Exit.SENSOR) from None
    return pa.record_batch(columns, schema=schema)
