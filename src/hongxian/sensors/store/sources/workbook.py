"""Excel workbooks, old and new, and OpenDocument sheets: a table per sheet, by python-calamine."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from hongxian.sensors.store.sources.delimited import header_of
from hongxian.sensors.store.sources.faults import SourceError
from hongxian.sensors.store.sources.file import LIMITS, read_up_to
from hongxian.sensors.store.sources.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.store.sources.file import File, Limits
    from hongxian.sensors.store.sources.table import Sample

ROWS = 8_192
"""Rows of a batch."""


def workbook_tables(file: File, limits: Limits = LIMITS) -> Iterator[Table]:
    """Yield each sheet of a workbook that holds something."""
    book = _open(file, limits)
    for name in book.sheet_names:
        rows = _rows(book, name)
        first = next(rows, None)
        if first is None:
            continue
        names, titled = header_of([first, next(rows, [])])
        yield Table(
            where=file.name, name=name, medium="table", kind="excel", size=file.size,
            columns=tuple(Column(name=one, type="text") for one in names),
            read=_Sheet(file, name, names, limits, titled=titled), fingerprint=file.stamp,
        )  # fmt: skip


class _Sheet:
    """Reads the rows of a sheet."""

    def __init__(
        self, file: File, name: str, names: list[str], limits: Limits, *, titled: bool
    ) -> None:
        self.file, self.name, self.names = file, name, names
        self.limits, self.titled = limits, titled

    def __call__(self, sample: Sample | None, /) -> Iterator[Any]:
        del sample  # files are read in full
        rows = _rows(_open(self.file, self.limits), self.name)
        if self.titled:
            next(rows, None)
        part: list[list[str | None]] = []
        for row in rows:
            part.append(row)
            if len(part) == ROWS:
                yield batch_of_rows(part, self.names)
                part = []
        if part:
            yield batch_of_rows(part, self.names)


def batch_of_rows(rows: list[list[str | None]], names: list[str]) -> Any:
    """Return rows as a batch of texts; a row that is too short is filled up."""
    import pyarrow as pa  # noqa: PLC0415 - heavy

    width = len(names)
    even = [row if len(row) == width else (row + [None] * width)[:width] for row in rows]
    arrays = [pa.array(column, pa.string()) for column in zip(*even, strict=True)]
    return pa.record_batch(arrays, names=names)


def _open(file: File, limits: Limits) -> Any:
    try:
        import python_calamine  # noqa: PLC0415 - an extra
    except ImportError:
        raise SourceError("no_reader", package="hongxian[scan]") from None
    with file.opened() as stream:
        data = read_up_to(stream, limits.document + 1)
    if len(data) > limits.document:
        raise SourceError("too_large", limit=limits.document >> 20)
    try:
        return python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
    except python_calamine.PasswordError:
        raise SourceError("locked") from None
    except (python_calamine.CalamineError, ValueError, OSError):
        raise SourceError("damaged") from None


def _rows(book: Any, name: str) -> Iterator[list[str | None]]:
    """Yield the rows of a sheet; a sheet of charts has none."""
    try:
        for row in book.get_sheet_by_name(name).iter_rows():
            yield [_text(cell) for cell in row]
    except Exception as error:  # calamine has an error class for each format
        if type(error).__module__.split(".")[0] not in {"python_calamine", "builtins"}:
            raise
        raise SourceError("damaged") from None


def _text(cell: Any) -> str | None:
    """Return a cell as text: a number of digits is one although sheets keep it as a float."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e18:
        return str(int(cell))
    return str(cell)
