"""The lines of a PDF page, with where they stand and how they are set."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pypdfium2

_BOLD = 600
_ENDS = "\r\n\ufffe\x02"


@dataclass
class PdfLine:
    """One line of text on a page."""

    text: str
    page: int
    left: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    top: float = 0.0
    size: float = 0.0
    """Font size of its first character, in points."""
    bold: bool = False
    repeated: bool = False
    """Head or foot of the page that stands on other pages too."""
    gap: float = field(default=0.0)
    """Room above, to the line before on the page."""


def lines_of(page: pypdfium2.PdfPage, number: int) -> list[PdfLine]:
    """Return the lines of a page in the order of its text."""
    text_page = page.get_textpage()
    try:
        return _lines(text_page, number)
    finally:
        text_page.close()


def _lines(text_page: pypdfium2.PdfTextPage, number: int) -> list[PdfLine]:
    text = text_page.get_text_range() if text_page.count_chars() else ""
    found: list[PdfLine] = []
    place = 0
    for raw in text.splitlines(keepends=True):
        line = raw.strip(_ENDS + " \t\u3000\xa0\x00")
        if line:
            first = place + raw.index(line[0])
            found.append(_line(text_page, line, number, first))
            if len(found) > 1:
                found[-1].gap = found[-2].bottom - found[-1].top
        place += len(raw)
    return found


def _line(text_page: pypdfium2.PdfTextPage, line: str, number: int, first: int) -> PdfLine:
    import pypdfium2.raw as pdfium  # noqa: PLC0415 - loaded only for PDFs

    last = min(first + len(line), text_page.count_chars()) - 1
    left, bottom, _, top = _box(text_page, first)
    _, low, right, high = _box(text_page, last)
    size = float(pdfium.FPDFText_GetFontSize(text_page.raw, first))
    bold = _is_bold(text_page, first) and _is_bold(text_page, last)
    return PdfLine(
        line, number, left, right, min(bottom, low), max(top, high), size or top - bottom, bold
    )


def _box(text_page: pypdfium2.PdfTextPage, index: int) -> tuple[float, float, float, float]:
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(text_page.raw, index, left, right, bottom, top)
    return left.value, bottom.value, right.value, top.value


def _is_bold(text_page: pypdfium2.PdfTextPage, index: int) -> bool:
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    if pdfium.FPDFText_GetFontWeight(text_page.raw, index) >= _BOLD:
        return True
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(text_page.raw, index, name, 128, ctypes.c_int())
    return any(word in name.value.lower() for word in (b"bold", b"heavy", b"black"))
