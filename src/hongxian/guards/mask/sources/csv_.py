"""CSV and TSV, streamed; every value is a text, so that none loses a nought or a decimal."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
from typing import TYPE_CHECKING, Any, BinaryIO

from hongxian.errors import Exit
from hongxian.guards.mask.batches import mask_batches
from hongxian.guards.mask.cells import TextBytes, as_text, pa, pc
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from hongxian.guards.mask.batches import Watch
    from hongxian.guards.mask.plan import Plan

BLOCK = 1 << 22
"""Bytes that are read at a time; no row may be longer."""

_LOOK = 1 << 20
"""Bytes in which the encoding is looked for."""

_MARKS = ('"', "\r", "\n")
"""What makes a value need quotation marks, beside the delimiter."""

_ROW = re.compile(r"Row #(\d+): Expected (\d+) columns, got (\d+)")


def mask_csv(source: Path, target: Path, plan: Plan, watch: Watch | None = None) -> int:
    """Write a masked copy of a file and return its rows; the copy has the source's encoding.

    Raises:
        HongxianError: the file is no table; the line names the row, never its text.
    """
    look = _Look(source)
    try:
        with target.open("wb") as out:
            return _copied(look, mask_batches(look.batches(), plan, watch), out)
    except pa.ArrowInvalid as error:
        raise _fault(source, str(error)) from None
    except UnicodeError:
        raise _fault(source, "") from None


def _fault(source: Path, told: str) -> WordedError:
    """Return what is wrong; Arrow's own words end in the text of the row and are not shown."""
    row = _ROW.search(told)
    if row is None:
        return WordedError("mask_csv", source, Exit.SENSOR, most=BLOCK)
    number, wanted, found = row.groups()
    return WordedError(
        "mask_csv_row", source, Exit.SENSOR, number=number, wanted=wanted, found=found
    )


class _Look:
    """What a file says of itself: its encoding, its delimiter, the names of its columns."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as data:
            start = data.read(_LOOK)
        self.path, self.mark = path, start.startswith(codecs.BOM_UTF8)
        self.encoding = _encoding(start)
        self.delimiter = "\t" if path.suffix.lower() == ".tsv" else ","
        text = start.decode(self.encoding, "ignore").removeprefix("\ufeff")
        lines = io.StringIO(text, newline="")
        self.names = next(csv.reader(lines, delimiter=self.delimiter), [])
        if not self.names:
            raise WordedError("mask_no_rows", path, Exit.SENSOR)

    def batches(self) -> Any:
        """Return what reads the rows."""
        from pyarrow import csv as arrow_csv  # noqa: PLC0415 - an extra

        # a wrong byte must end the reading before the rows are told apart
        text = pa.transcoding_input_stream(pa.OSFile(str(self.path)), self.encoding, "utf-8")
        return arrow_csv.open_csv(
            text,
            read_options=arrow_csv.ReadOptions(block_size=BLOCK, use_threads=False),
            parse_options=arrow_csv.ParseOptions(delimiter=self.delimiter, newlines_in_values=True),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(self.names, pa.string()), strings_can_be_null=False
            ),
        )


def _copied(look: _Look, batches: Iterator[Any], out: BinaryIO) -> int:
    rows = 0
    if look.mark:
        out.write(codecs.BOM_UTF8)
    header = pa.record_batch([pa.array([name]) for name in look.names], names=look.names)
    for batch in itertools.chain([header], batches):
        data = written(batch.columns, look.delimiter)
        out.write(data if look.encoding == "utf-8" else data.decode().encode(look.encoding))
        rows += batch.num_rows
    return rows - 1


def written(columns: Sequence[Any], delimiter: str) -> bytes:
    """Return rows as CSV; a value is quoted where it must be, as most programs write it."""
    cells = [_quoted(as_text(column), delimiter, alone=len(columns) == 1) for column in columns]
    lines = pc.binary_join_element_wise(*cells, delimiter)
    whole = pc.binary_join_element_wise(lines, pa.scalar("\n"), "")
    _, data = TextBytes(whole).layout()
    return data.tobytes()


def _quoted(text: Any, delimiter: str, *, alone: bool) -> Any:
    text = pc.fill_null(text, "")
    whole = TextBytes(text).layout()[1].tobytes()
    if not alone and not any(mark.encode() in whole for mark in (*_MARKS, delimiter)):
        return text
    needed = pc.match_substring_regex(text, f"[{''.join(_MARKS)}{delimiter}]")
    if alone:  # an empty line would be no row
        needed = pc.or_(needed, pc.equal(text, ""))
    doubled = pc.replace_substring(text, '"', '""')
    inside = pc.binary_join_element_wise(pa.scalar('"'), doubled, pa.scalar('"'), "")
    return pc.if_else(needed, inside, text)


def _encoding(start: bytes) -> str:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"
