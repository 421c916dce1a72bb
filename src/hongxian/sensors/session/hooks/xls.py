"""Rows of an old Excel workbook (BIFF)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from hongxian.facts import Reason
from hongxian.sensors.session.bundle.faults import SessionError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.session.hooks.sheets import Row
    from hongxian.sensors.session.hooks.tally import Tally

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_BYTES = 128 << 20


def xls_rows(data: bytes, tally: Tally) -> Iterator[Row]:
    """Yield the rows of all sheets; what a damaged sheet still gives is kept.

    Raises:
        SessionError: the workbook cannot be opened.
    """
    import xlrd  # noqa: PLC0415 - only logs in this format need it

    try:
        book = xlrd.open_workbook(
            file_contents=data, logfile=io.StringIO(), on_demand=True, ragged_rows=True
        )
    except Exception as error:  # xlrd meets damage with whatever it stumbles over
        raise SessionError(tally.name, "session_hooks.workbook") from error
    for index, name in enumerate(book.sheet_names()):
        try:
            sheet = book.sheet_by_index(index)
        except Exception:  # noqa: BLE001 - as above
            place = f"{tally.name} sheet {index + 1}"
            tally.said.append(Reason("session_hooks.workbook_cut", {}, place))
            continue
        for row in range(sheet.nrows):
            yield name, row + 1, [_text(cell) for cell in sheet.row_values(row)]
        book.unload_sheet(index)


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
