"""CSV, TSV and their kin: delimiter, header and encoding are told by the first lines."""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from hongxian.facts.reason import Reason
from hongxian.info.recognise import recognise
from hongxian.sensors.store.sources.encoding import blocks, tell
from hongxian.sensors.store.sources.lines import line_batches
from hongxian.sensors.store.sources.ranges import cuts_of_lines
from hongxian.sensors.store.sources.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hongxian.sensors.store.sources.file import File
    from hongxian.sensors.store.sources.table import Sample, Span

DELIMITERS = (",", "\t", ";", "|", "\x01")
"""Tried in this order; ``\\x01`` is what Hive writes."""
_FIRST = 40
"""Lines that are compared."""
_BLOCK = 1 << 22
_AHEAD = 4
"""Blocks that the reader may have taken and not yet told."""
_NAME = re.compile(r"[^\W\d][\w .()（）/%-]{0,63}")
"""What the name of a column may look like."""


def delimiter_of(head: bytes, suffix: str = "") -> str | None:
    """Return what separates the fields of the first lines; ``None`` when nothing does.

    A delimiter counts when it makes the same number of fields, two at least, of nearly all lines.
    """
    encoding, mark = tell(head)
    lines = head[mark:].decode(encoding, "replace").splitlines(keepends=True)
    if len(lines) > 1 and len(head) >= 1 << 16:
        lines.pop()  # cut off by the end of the head
    sure = {".csv": ",", ".tsv": "\t", ".tab": "\t"}.get(suffix)
    for one in sorted(DELIMITERS, key=lambda one: one != sure):
        widths = [len(row) for row in _rows(lines[:_FIRST], one) if row]
        if not widths:
            continue
        width = max(set(widths), key=widths.count)
        share = widths.count(width) / len(widths)
        if width > 1 and share >= (0.6 if one == sure else 0.9) and (len(widths) > 1 or sure):
            return one
    return "," if suffix == ".csv" else sure


def _rows(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    """Return lines taken apart; none when a field is too long to be one."""
    try:
        return list(csv.reader(lines, delimiter=delimiter, strict=False))
    except csv.Error:
        return []


def delimited_table(file: File, delimiter: str) -> Table:
    """Return a file of separated fields as a table of texts."""
    head = file.head()
    encoding, mark = tell(head)
    names, titled = header(head[mark:].decode(encoding, "replace"), delimiter)
    table = Table(
        where=file.name, name="", medium="log" if file.log else "table", kind="csv",
        read=lambda _sample: iter(()), size=file.size, fingerprint=file.stamp,
        columns=tuple(Column(name=name, type="text") for name in names),
    )  # fmt: skip

    form = _Form(names=names, delimiter=delimiter, skipped=int(titled))

    def read(sample: Sample | None) -> Iterator[Any]:
        del sample  # files are read in full
        with file.opened() as stream:
            yield from _batches(_Utf8(blocks(stream, encoding, mark)), form, table)

    table.read = read
    table.cuts = cuts_of_lines(
        file, encoding, mark, lambda pieces, span: _count(pieces, form.of(span)),
        lambda pieces, span: _batches(_Utf8(pieces), form.of(span), table),
    )  # fmt: skip
    return table


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """How the fields of a file are told apart."""

    names: list[str]
    delimiter: str
    skipped: int
    """Lines of the header."""

    def of(self, span: Span) -> _Form:
        """Return the form of a part of the file: the first one alone has the header."""
        return self if span.begin is None else replace(self, skipped=0)


def header(text: str, delimiter: str) -> tuple[list[str], bool]:
    """Return the names of the columns, and whether the first line gives them.

    It does when each of its cells looks like a name, none is a number or a value that the
    recognisers know, and no name stands twice; else the columns are numbered.
    """
    return header_of(_rows(text.splitlines(keepends=True)[:2], delimiter))


def header_of(rows: Sequence[Sequence[str | None]]) -> tuple[list[str], bool]:
    """Return the names of the columns of a table by its first two rows; see :func:`header`."""
    first = [(cell or "").strip().lstrip("\ufeff") for cell in rows[0]] if rows else []
    named = [cell for cell in first if cell]
    if (
        named
        and len(set(named)) == len(named)
        and all(_NAME.fullmatch(cell) for cell in named)
        and not any(recognise(cell) for cell in named)
        and (len(rows) < 2 or list(rows[0]) != list(rows[1]))
    ):
        return [cell or f"column{place}" for place, cell in enumerate(first, 1)], True
    return [f"column{place}" for place in range(1, len(first) + 1)], False


def _batches(stream: _Utf8, form: _Form, table: Table) -> Iterator[Any]:
    """Yield the rows; where they can no longer be told apart, the rest comes as lines."""
    import pyarrow as pa  # noqa: PLC0415 - heavy

    broken = _Broken()
    try:
        yield from _reader(stream, form, broken, form.names)
    except pa.ArrowInvalid:
        table.problems.append(Reason("store.unquoted", {}, table.where))
        yield from line_batches(stream.again())
    if broken.texts:
        table.problems.append(Reason("store.broken_rows", {"count": broken.count}, table.where))
        yield from line_batches([f"{text}\n".encode() for text in broken.texts])


def _reader(stream: _Utf8, form: _Form, broken: _Broken, wanted: Sequence[str]) -> Any:
    """Return what reads some columns of the rows."""
    import pyarrow as pa  # noqa: PLC0415 - heavy
    from pyarrow import csv as arrow_csv  # noqa: PLC0415 - heavy

    reading = arrow_csv.ReadOptions(
        column_names=form.names, skip_rows=form.skipped, block_size=_BLOCK, use_threads=False
    )
    parsing = arrow_csv.ParseOptions(
        delimiter=form.delimiter, newlines_in_values=True, invalid_row_handler=broken
    )
    texts = arrow_csv.ConvertOptions(
        column_types=dict.fromkeys(form.names, pa.string()), check_utf8=False,
        strings_can_be_null=True, null_values=["", "NULL", "null", "\\N"],
        quoted_strings_can_be_null=True, include_columns=wanted,
    )  # fmt: skip
    return arrow_csv.open_csv(pa.PythonFile(stream, mode="r"), reading, parsing, texts)


def _count(pieces: Iterator[bytes], form: _Form) -> int | None:
    """Return how many rows a part of a file has.

    ``None`` when a quote is open at the end of a line, and when rows are broken: those come behind
    all others, wherever they stand.
    """
    import pyarrow as pa  # noqa: PLC0415 - heavy

    broken, quotes = _Broken(), _Quotes()
    try:
        reader = _reader(_Utf8(quotes.watched(pieces)), form, broken, form.names[:1])
        rows = sum(batch.num_rows for batch in reader)
    except pa.ArrowInvalid:
        return None
    return None if broken.count or quotes.opened else int(rows)


class _Quotes:
    """Watches whether each line has its quotes in pairs."""

    def __init__(self) -> None:
        self.opened = False
        self.odd = 0

    def watched(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """Hand pieces on."""
        import numpy as np  # noqa: PLC0415 - heavy

        for piece in pieces:
            if b'"' in piece:
                data = np.frombuffer(piece, np.uint8)
                before = np.cumsum(data == ord('"')) + self.odd
                self.opened |= bool((before[data == ord("\n")] & 1).any())
                self.odd = int(before[-1]) & 1
            elif self.odd:
                self.opened |= b"\n" in piece
            yield piece


class _Broken:
    """Keeps the rows that have more or fewer fields than the others, so that none is lost."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.count = self.kept = 0

    def __call__(self, row: Any) -> str:
        self.count += 1
        if self.kept < _BLOCK:
            self.kept += len(row.text or "")
            self.texts.append(row.text or "")
        return "skip"


class _Utf8(io.RawIOBase):
    """Blocks of bytes as a stream."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self.pieces = pieces
        self.rest = b""
        self.given: deque[bytes] = deque(maxlen=_AHEAD)

    def readable(self) -> bool:
        """Say yes."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, as many as asked for at most."""
        while not self.rest:
            piece = next(self.pieces, None)
            if piece is None:
                return b""
            self.rest = piece
        size = len(self.rest) if size is None or size < 0 else size
        block, self.rest = self.rest[:size], self.rest[size:]
        self.given.append(block)
        return block

    def again(self) -> Iterator[bytes]:
        """Yield what was handed out last, which the reader may not have got to, and the rest."""
        yield from tuple(self.given)
        yield self.rest
        yield from self.pieces
