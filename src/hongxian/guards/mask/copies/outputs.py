"""Writes masked batches: as separated text, Parquet, ORC or Arrow, packed as the name says."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import sys
from contextlib import contextmanager, suppress
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from hongxian.errors import Exit
from hongxian.guards.mask.cells import TextBytes, as_text, pa, pc, texts
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

FORMS = {
    ".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".parquet": "parquet", ".pq": "parquet",
    ".orc": "orc", ".arrow": "arrow", ".feather": "arrow",
}  # fmt: skip
"""Formats of tables, by the end of a file's name."""

PACKINGS = {
    ".gz": "gzip", ".bz2": "bzip2", ".xz": "xz", ".zst": "zstd",
    ".tgz": "gzip", ".tbz2": "bzip2", ".txz": "xz", ".tzst": "zstd",
}  # fmt: skip
"""Packings, by the end of a file's name."""

_MARKS = ('"', "\r", "\n")
"""What makes a value need quotation marks, beside the delimiter."""


def packing_of(name: str) -> str | None:
    """Return how a file of this name is packed, if it is."""
    return PACKINGS.get(PurePath(name).suffix.lower())


def form_of(name: str) -> str | None:
    """Return the format of tables that a name asks for, packed or not."""
    path = PurePath(name)
    plain = PurePath(path.stem) if packing_of(name) else path
    return FORMS.get(plain.suffix.lower())


@contextmanager
def opened_output(path: Path, packing: str | None) -> Iterator[BinaryIO]:
    """Open a file for writing, packed if asked."""
    with path.open("wb") as plain, packed(plain, packing) as out:
        yield out


@contextmanager
def packed(plain: BinaryIO, packing: str | None) -> Iterator[BinaryIO]:
    """Pack what is written, if asked."""
    if packing is None:
        yield plain
        return
    with _PACKERS[packing](plain) as out:
        yield out


def _gzip(plain: BinaryIO) -> BinaryIO:
    return cast("BinaryIO", gzip.GzipFile(filename="", fileobj=plain, mode="wb", mtime=0))


def _bzip2(plain: BinaryIO) -> BinaryIO:
    return cast("BinaryIO", bz2.BZ2File(plain, "wb"))


def _xz(plain: BinaryIO) -> BinaryIO:
    return cast("BinaryIO", lzma.LZMAFile(plain, "wb"))


def _zstd(plain: BinaryIO) -> BinaryIO:
    if sys.version_info >= (3, 14):
        from compression import zstd  # noqa: PLC0415 - only where it is needed
    else:
        from backports import zstd  # noqa: PLC0415 - the same
    return cast("BinaryIO", zstd.open(plain, "wb"))


_PACKERS: dict[str, Callable[[BinaryIO], BinaryIO]] = {
    "gzip": _gzip, "bzip2": _bzip2, "xz": _xz, "zstd": _zstd,
}  # fmt: skip


class CsvOutput:
    """Separated text.

    Args:
        out: takes the bytes.
        header: cells of the first line; ``None`` writes the names of the columns, none no line.
        delimiter: what stands between two cells.
        encoding: of the text.
        mark: bytes before the first line.
    """

    def __init__(
        self,
        out: BinaryIO,
        header: Sequence[str] | None = None,
        delimiter: str = ",",
        encoding: str = "utf-8",
        mark: bytes = b"",
    ) -> None:
        """Write the mark."""
        self.out, self.header, self.begun = out, header, False
        self.delimiter, self.encoding = delimiter, encoding
        out.write(mark)

    def add(self, batch: Any) -> None:
        """Write a batch."""
        self._begin(batch.schema)
        self._write(batch.columns)

    def close(self, schema: Any) -> None:
        """Write the first line if there was no batch."""
        self._begin(schema)

    def _begin(self, schema: Any) -> None:
        cells = schema.names if self.header is None else self.header
        if not self.begun and cells:
            self._write([texts([cell]) for cell in cells])
        self.begun = True

    def _write(self, columns: Sequence[Any]) -> None:
        data = written(columns, self.delimiter)
        if self.encoding != "utf-8":
            try:
                data = data.decode().encode(self.encoding)
            except UnicodeEncodeError:
                coding = self.encoding
                raise WordedError("mask_encoding", code=Exit.SENSOR, encoding=coding) from None
        self.out.write(data)


class ArrowOutput:
    """Parquet, ORC, an Arrow file, or an Arrow stream.

    Args:
        out: takes the bytes.
        form: ``parquet``, ``orc``, ``arrow`` or ``stream``.
    """

    def __init__(self, out: BinaryIO, form: str) -> None:
        """Open nothing yet: the first batch tells the columns."""
        self.out, self.form = out, form
        self.writer: Any = None

    def add(self, batch: Any) -> None:
        """Write a batch."""
        self._begin(batch.schema)
        if self.form == "orc":
            self.writer.write(pa.Table.from_batches([batch]))
        else:
            self.writer.write_batch(batch)

    def close(self, schema: Any) -> None:
        """End the file; one without a batch has the columns that it would have had."""
        empty = self.writer is None
        self._begin(schema)
        if empty and self.form == "orc":
            self.writer.write(schema.empty_table())
        self.writer.close()

    def _begin(self, schema: Any) -> None:
        if self.writer is None:
            self.writer = _writer(self.out, self.form, schema)


def _writer(out: BinaryIO, form: str, schema: Any) -> Any:
    if form == "parquet":
        from pyarrow import parquet  # noqa: PLC0415 - heavy

        return parquet.ParquetWriter(out, schema)
    if form == "orc":
        from pyarrow import orc  # noqa: PLC0415 - heavy

        return orc.ORCWriter(out)
    from pyarrow import ipc  # noqa: PLC0415 - heavy

    return ipc.new_file(out, schema) if form == "arrow" else ipc.new_stream(out, schema)


Output = CsvOutput | ArrowOutput


def output(out: BinaryIO, form: str) -> Output:
    """Return what writes a format of tables."""
    if form in ("csv", "tsv"):
        return CsvOutput(out, delimiter="\t" if form == "tsv" else ",")
    return ArrowOutput(out, form)


def write_all(batches: Iterable[Any], schema: Any, into: Output) -> int:
    """Write batches to their end and return the rows.

    Args:
        batches: masked batches of one schema.
        schema: that of a table without a row.
        into: what writes them.
    """
    rows = 0
    try:
        for batch in batches:
            into.add(batch)
            rows += batch.num_rows
    except BaseException:
        with suppress(Exception):  # else a writer ends itself later, when its file is closed
            into.close(schema)
        raise
    into.close(schema)
    return rows


def written(columns: Sequence[Any], delimiter: str) -> bytes:
    """Return rows as CSV; a value is quoted where it must be, as most programs write it."""
    cells = [_quoted(_text(column), delimiter, alone=len(columns) == 1) for column in columns]
    lines = pc.binary_join_element_wise(*cells, delimiter)
    whole = pc.binary_join_element_wise(lines, pa.scalar("\n"), "")
    _, data = TextBytes(whole).layout()
    return data.tobytes()


def _text(column: Any) -> Any:
    """Return a column as texts; what is nested becomes JSON."""
    if pa.types.is_nested(column.type):
        return texts([
            None if one is None else json.dumps(one, ensure_ascii=False, default=str)
            for one in column.to_pylist()
        ])  # fmt: skip
    text = as_text(column)
    return text if pa.types.is_string(text.type) else text.cast(pa.string())


def _quoted(text: Any, delimiter: str, *, alone: bool) -> Any:
    text = pc.fill_null(text, "")
    whole = TextBytes(text).layout()[1].tobytes()
    if not alone and not any(mark.encode() in whole for mark in (*_MARKS, delimiter)):
        return text
    needed = pc.match_substring_regex(text, f"[{''.join(_MARKS)}{_literal(delimiter)}]")
    if alone:  # an empty line would be no row
        needed = pc.or_(needed, pc.equal(text, ""))
    doubled = pc.replace_substring(text, '"', '""')
    inside = pc.binary_join_element_wise(pa.scalar('"'), doubled, pa.scalar('"'), "")
    return pc.if_else(needed, inside, text)


def _literal(delimiter: str) -> str:
    return f"\\x{ord(delimiter):02x}"
