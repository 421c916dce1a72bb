"""Tables of a PDF, where ruled lines draw one; needs the extra ``pdf-tables``."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from hongxian.sensors.policy.reading.faults import problem

if TYPE_CHECKING:
    import pypdfium2

    from hongxian.sensors.policy.reading.builder import Builder
    from hongxian.sensors.policy.reading.pdf_lines import PdfLine

_FEWEST_RULES = 4
_MOST_OBJECTS = 5_000
"""Drawn objects of a page that is searched for tables."""
_MOST_PAGES = 60
"""Pages that are searched for tables."""
_MOST_CROSSINGS = 2_000
"""Places of a page where lines could cross; a search takes time by their square."""
_MOST_WORK = 12_000_000
"""Squares of crossings over all pages: a few seconds."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom from the top left of the page."""


@dataclass
class PdfTable:
    """A table and where it stands on its page, in points from the bottom left."""

    page: int
    left: float
    bottom: float
    right: float
    top: float
    cells: list[tuple[str, tuple[tuple[int, int], ...]]] = field(default_factory=list)
    """Text, and the rows and columns that it stands in."""
    told: bool = False
    """Put into the text."""

    def holds(self, line: PdfLine) -> bool:
        """Tell whether a line stands inside."""
        middle = (line.top + line.bottom) / 2
        return self.bottom <= middle <= self.top and self.left - 2 <= line.left <= self.right


def has_rules(page: pypdfium2.PdfPage) -> tuple[int, bool]:
    """Return how many pictures a page has, and whether drawn lines could be a table's."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415 - loaded only for PDFs

    count = min(pdfium.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)
    kinds = [
        pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page.raw, number))
        for number in range(count)
    ]
    rules = kinds.count(pdfium.FPDF_PAGEOBJ_PATH)
    return kinds.count(pdfium.FPDF_PAGEOBJ_IMAGE), rules >= _FEWEST_RULES


def tables_of(
    data: bytes, pages: list[int], document: pypdfium2.PdfDocument, builder: Builder
) -> list[PdfTable]:
    """Return the tables on some pages; says in the problems where it could not look."""
    if find_spec("pdfplumber") is None:
        builder.problems.append(problem("no_table_reader", count=len(pages)))
        return []
    import pdfplumber  # noqa: PLC0415 - an optional extra, and heavy

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)

    found: list[PdfTable] = []
    skipped = max(0, len(pages) - _MOST_PAGES)
    left = _MOST_WORK
    try:
        with pdfplumber.open(io.BytesIO(data), pages=[n + 1 for n in pages[:_MOST_PAGES]]) as file:
            for page in file.pages:
                work = _work(page, document)
                left -= work or 0
                if work is None or left < 0:
                    skipped += 1
                else:
                    found += _tables(page, document)
    except Exception as error:  # noqa: BLE001 - its parser promises no kinds of errors
        builder.problems.append(problem("tables_unreadable", reason=type(error).__name__))
    if skipped:
        builder.problems.append(problem("tables_skipped", count=skipped))
    return found


def _work(page: Any, document: pypdfium2.PdfDocument) -> int | None:
    """Return what a search of a page costs; ``None`` when that is too much."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415 - loaded only for PDFs

    drawn = document[page.page_number - 1]
    objects = pdfium.FPDFPage_CountObjects(drawn.raw)
    drawn.close()
    if objects > _MOST_OBJECTS:
        return None
    across = {round(edge["top"]) for edge in page.edges if edge["orientation"] == "h"}
    down = {round(edge["x0"]) for edge in page.edges if edge["orientation"] == "v"}
    crossings = len(across) * len(down)
    return crossings**2 if crossings <= _MOST_CROSSINGS else None


def _tables(page: Any, document: pypdfium2.PdfDocument) -> list[PdfTable]:
    found = []
    number = page.page_number - 1
    text_page = document[number].get_textpage()
    height = float(page.height)
    for table in page.find_tables():
        rows = [row.cells for row in table.rows]
        if len(rows) < 2 or max(map(len, rows)) < 2:
            continue
        left, top, right, bottom = table.bbox
        cells = [
            (_text(box, text_page, height), _places(box, rows))
            for row in rows
            for box in row
            if box is not None
        ]
        found.append(PdfTable(number, left, height - bottom, right, height - top, cells))
    text_page.close()
    return found


def _places(box: Box, rows: list[list[Box | None]]) -> tuple[tuple[int, int], ...]:
    """Return the rows and columns whose middles lie inside a cell."""
    left, top, right, bottom = box
    width = max(map(len, rows))
    columns = [_middle([r[n] for r in rows if n < len(r)], 0, 2) for n in range(width)]
    heights = [_middle(list(row), 1, 3) for row in rows]
    return tuple(
        (row, column)
        for row, y in enumerate(heights)
        if top < y < bottom
        for column, x in enumerate(columns)
        if left < x < right
    )


def _middle(boxes: list[Box | None], low: int, high: int) -> float:
    sizes = [(box[high] - box[low], (box[high] + box[low]) / 2) for box in boxes if box]
    return float(min(sizes)[1]) if sizes else -1.0


def _text(box: Box, text_page: pypdfium2.PdfTextPage, height: float) -> str:
    left, top, right, bottom = box
    text = text_page.get_text_bounded(left, height - bottom, right, height - top)
    return str(text).replace("\r", "")
