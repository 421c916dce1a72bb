"""Reads a PDF: lines joined to paragraphs, across pages, heads and feet set aside."""

from __future__ import annotations

import re
from collections import Counter
from statistics import median
from typing import TYPE_CHECKING

from hongxian.sensors.policy.document import Look
from hongxian.sensors.policy.reading.builder import PLAIN, Builder, Context
from hongxian.sensors.policy.reading.faults import ReadingError, problem
from hongxian.sensors.policy.reading.pdf_lines import PdfLine, lines_of
from hongxian.sensors.policy.reading.pdf_tables import PdfTable, has_rules, tables_of
from hongxian.sensors.policy.reading.wrapping import starts_paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2

    from hongxian.sensors.policy.reading.faults import Limits

BOLD = Look(bold=True)
_DIGITS = re.compile(r"\d+|[一二三四五六七八九十百]+(?=\s*页)")
_EDGE = 3
"""Lines from the top or bottom of a page among which its head and foot are sought."""
_LARGER = 1.15


def read_pdf(data: bytes, builder: Builder, limits: Limits) -> None:
    """Read a document into blocks.

    Raises:
        ReadingError: it is encrypted, damaged or has more pages than are read.
    """
    import pypdfium2  # noqa: PLC0415 - loaded only for PDFs

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        word = "encrypted" if "password" in str(error).lower() else "damaged_pdf"
        raise ReadingError(builder.name, word) from error
    try:
        _read(document, data, builder, limits)
    finally:
        document.close()


def _read(document: pypdfium2.PdfDocument, data: bytes, builder: Builder, limits: Limits) -> None:
    if len(document) > limits.pages:
        raise ReadingError(builder.name, "too_many_pages", limit=limits.pages)
    pages, ruled = _pages(document, builder)
    _mark_repeated(pages)
    tables = tables_of(data, ruled, document, builder) if ruled else []
    _Joiner(builder, pages, tables).run()


def _pages(
    document: pypdfium2.PdfDocument, builder: Builder
) -> tuple[list[list[PdfLine]], list[int]]:
    """Return the lines page by page, and the pages with ruled lines on them."""
    import pypdfium2  # noqa: PLC0415

    pages: list[list[PdfLine]] = []
    ruled: list[int] = []
    for number in range(len(document)):
        try:
            page = document[number]
            pages.append(lines_of(page, number))
            images, rules = has_rules(page)
            page.close()
        except pypdfium2.PdfiumError:
            pages.append([])
            builder.problems.append(problem("damaged_page", page=number + 1))
            continue
        builder.images += images
        ruled += [number] if rules else []
    return pages, ruled


def _mark_repeated(pages: list[list[PdfLine]]) -> None:
    """Mark the lines at the edges of pages that half of them have, but for numbers, there too."""
    edges = [[(line, _shape(line)) for line in _edge(page)] for page in pages]
    counts = Counter(key for page in edges for key in {key for _, key in page})
    least = max(2, len(pages) / 2)
    for page in edges:
        for line, key in page:
            line.repeated = counts[key] >= least and len(pages) > 1


def _shape(line: PdfLine) -> tuple[str, int, int]:
    return _DIGITS.sub("#", line.text), round(line.size), round(line.top / 4)


def _edge(page: list[PdfLine]) -> list[PdfLine]:
    order = sorted(page, key=lambda line: -line.top)
    return order if len(order) <= 2 * _EDGE else order[:_EDGE] + order[-_EDGE:]


class _Joiner:
    """Puts lines together to paragraphs."""

    def __init__(
        self, builder: Builder, pages: list[list[PdfLine]], tables: list[PdfTable]
    ) -> None:
        self.builder = builder
        self.pages = pages
        self.tables = tables
        body = [line for page in pages for line in page if not line.repeated]
        self.size = median([line.size for line in body]) if body else 0.0
        self.right = _edge_of([line.right for line in body])
        gaps = [line.gap for line in body if 0 < line.gap < 3 * max(line.size, 1.0)]
        self.gap = median(gaps) if gaps else 0.0
        self.sizes = sorted({round(s.size) for s in body if self.is_large(s)}, reverse=True)
        self.before: PdfLine | None = None
        self.waiting: list[PdfLine] = []

    def run(self) -> None:
        for number, page in enumerate(self.pages):
            self.page_start(number, page)
            for part in self.parts(number, page):
                if isinstance(part, PdfTable):
                    self.table(part)
                elif part.repeated:
                    self.waiting.append(part)
                else:
                    self.line(part)
        self.flush()

    def page_start(self, number: int, page: list[PdfLine]) -> None:
        """Set the page's first offset: in the text that goes on, or where the next begins."""
        first = next((line for line in page if not line.repeated), None)
        if number and first and self.before and not self.ends(self.before, first):
            self.builder.pages.append(self.builder.length)
            return
        self.flush()
        self.builder.page()

    def parts(self, number: int, page: list[PdfLine]) -> Iterator[PdfLine | PdfTable]:
        """Yield lines and tables from top to bottom; a table takes the lines inside it."""
        tables = [table for table in self.tables if table.page == number]
        for line in page:
            table = next((table for table in tables if table.holds(line)), None)
            if table is None:
                yield line
            elif not table.told:
                table.told = True
                yield table

    def line(self, line: PdfLine) -> None:
        if self.before is None or self.ends(self.before, line):
            self.flush()
            self.builder.context = self.context(line)
        self.builder.add(line.text + "\n", look=BOLD if line.bold else PLAIN)
        self.before = line

    def table(self, table: PdfTable) -> None:
        self.flush()
        number = self.builder.tables
        self.builder.tables += 1
        for text, places in table.cells:
            header = any(row == 0 for row, _ in places)
            self.builder.context = Context("cell", 0, number, places, header)
            self.builder.add(text)
            self.builder.end()
        self.builder.context = Context()

    def flush(self) -> None:
        """End the paragraph; then come the heads and feet that fell inside it."""
        self.builder.end()
        self.before = None
        self.builder.context = Context()
        for line in self.waiting:
            self.builder.add(line.text)
            self.builder.end(repeated=True)
        self.waiting.clear()

    def context(self, line: PdfLine) -> Context:
        if not self.is_large(line) or len(line.text) > 60:
            return Context()
        return Context("heading", min(6, 1 + self.sizes.index(round(line.size))))

    def is_large(self, line: PdfLine) -> bool:
        return self.size > 0 and line.size > self.size * _LARGER

    def ends(self, before: PdfLine, line: PdfLine) -> bool:
        """Tell whether a paragraph ends with the line before this one."""
        if round(before.size) != round(line.size) or starts_paragraph(line.text):
            return True
        if before.right < self.right - 2.5 * max(before.size, 1.0):
            return True
        if before.page != line.page:
            return before.text.endswith(("。", ".", "；", "：", "！"))
        wide = self.gap > 0 and line.gap > self.gap * 1.6 + 1
        indented = line.left > before.left + 1.2 * line.size
        return wide or indented


def _edge_of(rights: list[float]) -> float:
    """Return where full lines end."""
    return sorted(rights)[int(len(rights) * 0.9)] if rights else 0.0
