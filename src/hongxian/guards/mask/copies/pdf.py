"""PDF becomes text: what is drawn over stays in the file, so no page is ever drawn over."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from hongxian.errors import Exit
from hongxian.guards.mask.cells import TextBytes
from hongxian.guards.mask.copies.lines import mask_lines
from hongxian.guards.mask.copies.tables import TableError
from hongxian.sensors.store.sources.documents import document_table
from hongxian.sensors.store.sources.faults import SourceError
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from hongxian.guards.mask.batches import Watch
    from hongxian.guards.mask.plan import Plan
    from hongxian.sensors.store.sources.file import File


def mask_pdf(file: File, out: BinaryIO, plan: Plan, watch: Watch | None = None) -> int:
    """Write the masked text of a PDF in UTF-8 and return its lines.

    Layout, pictures, forms, notes and attached files are not in it.

    Raises:
        HongxianError: it is damaged or locked, or has a page without text.
    """
    table = document_table(file)
    try:
        text = b"".join(TextBytes(one.column(0)).layout()[1].tobytes() for one in table.read(None))
    except SourceError as error:
        raise TableError(error.reason(file.name)) from None
    if table.problems:
        raise TableError(table.problems[0])
    if not text.strip():
        raise WordedError("mask_pdf_empty", file.name, Exit.SENSOR)
    return mask_lines(replace(file, opened=lambda: io.BytesIO(text), path=None), out, plan, watch)
