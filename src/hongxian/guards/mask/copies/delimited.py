"""CSV, TSV and their kin, streamed; every value is a text, so that none loses a nought.

Delimiter, encoding and header are told as the scan tells them, so that columns have the same names
in both. Unlike the scan's own reader, this one leaves each value as it is and takes no broken row.
"""

from __future__ import annotations

import csv
import io
import re
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from hongxian.errors import Exit
from hongxian.guards.mask.cells import pa
from hongxian.sensors.store.sources.delimited import delimiter_of, header_of
from hongxian.sensors.store.sources.encoding import tell
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.store.sources.file import File

BLOCK = 1 << 22
"""Bytes that are read at a time; no row may be longer."""

_LOOK = 1 << 20
"""Bytes in which encoding, delimiter and header are looked for."""

_ROW = re.compile(r"Row #(\d+): Expected (\d+) columns, got (\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What a file says of itself.

    Args:
        encoding: of its text.
        mark: bytes before the text.
        delimiter: what stands between two cells.
        names: of the columns, as the scan calls them.
        header: cells of its first line as they stand there; none if that is a row.
    """

    encoding: str
    mark: bytes
    delimiter: str
    names: list[str]
    header: list[str]


def layout_of(file: File) -> Layout:
    """Tell the layout of a file.

    Raises:
        HongxianError: it has no first line.
    """
    head = file.head(_LOOK)
    encoding, length = tell(head)
    delimiter = delimiter_of(head, file.suffix) or ","
    text = head[length:].decode(encoding, "ignore")
    rows: list[list[str]] = []
    with suppress(csv.Error):  # a cell that is too long stands in no first line
        rows.extend(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 2))
    if not rows or not rows[0]:
        raise WordedError("mask_no_rows", file.name, Exit.SENSOR)
    names, titled = header_of(rows)
    return Layout(
        encoding=encoding, mark=head[:length], delimiter=delimiter, names=names,
        header=rows[0] if titled else [],
    )  # fmt: skip


def schema_of(layout: Layout) -> Any:
    """Return the columns of a file: texts."""
    return pa.schema([pa.field(name, pa.string()) for name in layout.names])


def delimited_batches(file: File, layout: Layout) -> Iterator[Any]:
    """Yield the rows of a file.

    Raises:
        HongxianError: the file is no table; the line names the row, never its text.
    """
    try:
        with _opened(file) as stream:
            stream.read(len(layout.mark))
            yield from _reader(stream, layout)
    except pa.ArrowInvalid as error:
        raise _fault(file.name, str(error)) from None
    except UnicodeError:
        raise _fault(file.name, "") from None


def _opened(file: File) -> Any:
    """Open a file for Arrow, by Arrow itself where it can."""
    return pa.OSFile(str(file.path)) if file.path else pa.PythonFile(file.opened(), mode="r")


def _reader(stream: Any, layout: Layout) -> Any:
    from pyarrow import csv as arrow_csv  # noqa: PLC0415 - heavy

    # a wrong byte must end the reading before the rows are told apart
    text = pa.transcoding_input_stream(stream, layout.encoding, "utf-8")
    return arrow_csv.open_csv(
        text,
        read_options=arrow_csv.ReadOptions(
            block_size=BLOCK, use_threads=False, column_names=layout.names,
            skip_rows_after_names=1 if layout.header else 0,
        ),
        parse_options=arrow_csv.ParseOptions(delimiter=layout.delimiter, newlines_in_values=True),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(layout.names, pa.string()), strings_can_be_null=False
        ),
    )  # fmt: skip


def _fault(name: str, told: str) -> WordedError:
    """Return what is wrong; Arrow's own words end in the text of the row and are not shown."""
    row = _ROW.search(told)
    if row is None:
        return WordedError("mask_csv", name, Exit.SENSOR, most=BLOCK)
    number, wanted, found = row.groups()
    return WordedError("mask_csv_row", name, Exit.SENSOR, number=number, wanted=wanted, found=found)
