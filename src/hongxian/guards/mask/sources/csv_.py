"""CSV and TSV, streamed; every value is a text, so that none loses a nought or a decimal."""

from __future__ import annotations

import codecs
import csv
from typing import TYPE_CHECKING, Any

from hongxian.errors import ArtefactError
from hongxian.guards.mask.batches import mask_batches
from hongxian.guards.mask.cells import pa
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from pathlib import Path

    from hongxian.guards.mask.batches import Watch
    from hongxian.guards.mask.plan import Plan

BLOCK = 1 << 22
"""Bytes that are read at a time; no row may be longer."""

_LOOK = 1 << 20
"""Bytes in which the encoding is looked for."""


def mask_csv(source: Path, target: Path, plan: Plan, watch: Watch | None = None) -> int:
    """Write a masked copy of a file and return its rows; the copy has the source's encoding.

    Raises:
        HongxianError: the file is no table; the line names the row, never its text.
    """
    from pyarrow import csv as arrow_csv  # noqa: PLC0415 - an extra

    encoding, names, delimiter = _about(source)
    rows = 0
    try:
        reader = _reader(source, encoding, names, delimiter)
        with target.open("wb") as out:
            writer = None
            for batch in mask_batches(reader, plan, watch):
                writer = writer or arrow_csv.CSVWriter(
                    _Recoded(out, encoding), batch.schema,
                    write_options=arrow_csv.WriteOptions(delimiter=delimiter, quoting_style="needed"),
                )  # fmt: skip
                writer.write_batch(batch)
                rows += batch.num_rows
            if writer:
                writer.close()
            else:
                out.write((delimiter.join(names) + "\n").encode(encoding))
    except pa.ArrowInvalid as error:
        raise WordedError("mask_csv", source, reason=_reason(error)) from None
    return rows


class _Recoded:
    """A file that takes UTF-8 and keeps another encoding."""

    closed = False

    def __init__(self, out: Any, encoding: str) -> None:
        self._out, self._encoding = out, encoding
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def write(self, data: bytes) -> int:
        text = self._decoder.decode(bytes(data))
        return int(self._out.write(text.encode(self._encoding.removesuffix("-sig"))))

    def flush(self) -> None:
        self._out.flush()

    def close(self) -> None:
        """Leave the file to its owner."""


def _reader(source: Path, encoding: str, names: list[str], delimiter: str) -> Any:
    from pyarrow import csv as arrow_csv  # noqa: PLC0415 - an extra

    return arrow_csv.open_csv(
        source,
        read_options=arrow_csv.ReadOptions(block_size=BLOCK, encoding=encoding.removesuffix("-sig")),
        parse_options=arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
        ),
    )


def _about(source: Path) -> tuple[str, list[str], str]:
    """Return encoding, names of columns and delimiter."""
    with source.open("rb") as data:
        start = data.read(_LOOK)
    encoding = _encoding(start)
    delimiter = "\t" if source.suffix.lower() == ".tsv" else ","
    text = start.decode(encoding, "ignore")
    names = next(csv.reader(text.splitlines(keepends=True), delimiter=delimiter), [])
    if not names:
        raise ArtefactError(str(source), WordedError("mask_no_rows").say("en"))
    return encoding, names, delimiter


def _encoding(start: bytes) -> str:
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _reason(error: Exception) -> str:
    """Return what Arrow says up to the place where it would show the row."""
    return str(error).split(": ", 1)[0] + ": " + str(error).split(": ", 1)[-1].split(":", 1)[0]
