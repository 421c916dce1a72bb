"""One file to one masked copy: told by its content, packed or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from hongxian.errors import Exit
from hongxian.guards.mask.batches import mask_batches
from hongxian.guards.mask.cells import pa
from hongxian.guards.mask.copies.delimited import delimited_batches, layout_of, schema_of
from hongxian.guards.mask.copies.html import mask_html
from hongxian.guards.mask.copies.json_ import mask_json, mask_jsonl
from hongxian.guards.mask.copies.kinds import copy_kind
from hongxian.guards.mask.copies.lines import mask_lines
from hongxian.guards.mask.copies.outputs import CsvOutput, output, write_all
from hongxian.guards.mask.copies.tables import rows_of
from hongxian.sensors.store.sources.columnar import arrow_table, orc_table, parquet_table
from hongxian.sensors.store.sources.faults import SourceError
from hongxian.sensors.store.sources.file import LIMITS
from hongxian.sensors.store.sources.packed import BROKEN, SUFFIXES, unpacked
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongxian.guards.mask.batches import Watch
    from hongxian.guards.mask.copies.outputs import Output
    from hongxian.guards.mask.plan import Plan
    from hongxian.sensors.store.sources.file import File

_COLUMNAR = {"parquet": parquet_table, "orc": orc_table, "arrow": arrow_table}
_TREES: dict[str, Callable[..., int]] = {
    "json": mask_json, "jsonl": mask_jsonl, "text": mask_lines, "html": mask_html,
}  # fmt: skip
ONE = frozenset({"csv", "empty", *_COLUMNAR, *_TREES})
"""Kinds of files that are one table or one text, and whose copy can be of the same kind."""
MANY = frozenset({"excel", "sqlite", "sqldump"})
"""Kinds of files that hold tables, each of which becomes a file."""


def inner_file(file: File) -> tuple[File, str, str | None]:
    """Return what is inside of a packed file, its kind, and how it was packed.

    Raises:
        HongxianError: it is damaged, or packed too often.
    """
    name, packing = file.name, None
    try:
        kind = copy_kind(file, file.head())
        while kind in SUFFIXES:
            if file.depth >= LIMITS.depth:
                raise WordedError("mask_damaged", name, Exit.SENSOR, kind=kind)
            packing = packing or kind
            file = unpacked(file, kind)
            kind = copy_kind(file, file.head())
    except SourceError:
        raise WordedError("mask_damaged", name, Exit.SENSOR, kind=packing) from None
    return file, kind, packing


def copy_file(  # noqa: PLR0913 - a file, where to, and how
    file: File,
    kind: str,
    out: BinaryIO,
    plan: Plan,
    watch: Watch | None = None,
    *,
    form: str | None = None,
) -> int:
    """Write a masked copy of a file and return its rows.

    Args:
        file: what :func:`inner_file` returned.
        kind: one of :data:`ONE`.
        out: takes the bytes.
        plan: what happens to each column.
        watch: is shown each batch, before and after.
        form: the format of tables that is wanted; ``None`` keeps the file's own.

    Raises:
        HongxianError: the file cannot be read, or not be written in that form.
    """
    if kind in _TREES and form is not None:
        raise WordedError("mask_output_kind", file.name, kind=kind, form=form)
    try:
        if kind == "empty":
            return 0
        if kind in _TREES:
            return _TREES[kind](file, out, plan, watch)
        if kind == "csv":
            return _delimited(file, out, plan, watch, form)
        return _columnar(file, kind, out, (plan, watch), form)
    except SourceError as error:
        raise WordedError("mask_damaged", file.name, Exit.SENSOR, kind=kind) from error


def _delimited(file: File, out: BinaryIO, plan: Plan, watch: Watch | None, form: str | None) -> int:
    layout = layout_of(file)
    into: Output
    if form in (None, "csv", "tsv"):
        delimiter = {"csv": ",", "tsv": "\t"}.get(form or "", layout.delimiter)
        into = CsvOutput(out, layout.header, delimiter, layout.encoding, layout.mark)
    else:
        into = output(out, form or "")
    batches = mask_batches(delimited_batches(file, layout), plan, watch)
    return write_all(batches, schema_of(layout), into)


def _columnar(
    file: File, kind: str, out: BinaryIO, masking: tuple[Plan, Watch | None], form: str | None
) -> int:
    try:
        table = _COLUMNAR[kind](file)
        framed = kind != "arrow" or file.head(6) == b"ARROW1"
    except (pa.ArrowInvalid, *BROKEN) as error:
        if isinstance(error, OSError) and error.errno:
            raise
        raise WordedError("mask_damaged", file.name, Exit.SENSOR, kind=kind) from None
    into = output(out, form or (kind if framed else "stream"))
    batches = mask_batches(rows_of(table), *masking)
    return write_all(batches, table.schema.remove_metadata(), into)
