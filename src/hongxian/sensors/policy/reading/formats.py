"""Tells the format of a policy, by its content first, and reads it in that format."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from hongxian.sensors.policy.reading.builder import Builder
from hongxian.sensors.policy.reading.charset import decode
from hongxian.sensors.policy.reading.docx import read_docx
from hongxian.sensors.policy.reading.faults import ReadingError
from hongxian.sensors.policy.reading.finish import finish
from hongxian.sensors.policy.reading.html import read_html
from hongxian.sensors.policy.reading.lines import looks_like_markdown, read_lines
from hongxian.sensors.policy.reading.pdf import read_pdf
from hongxian.sensors.policy.reading.saved_page import is_saved_page, page_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongxian.sensors.policy.document import Document
    from hongxian.sensors.policy.reading.faults import Limits

_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|div|p|table|h[1-6]|ul|ol|article|section|br"
    r"|span|font|pre)[\s>/]",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype|html|head|body|\?xml)\b", re.IGNORECASE | re.DOTALL
)
"""How a page begins; Markdown may have tags further on."""
_HTML_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")
_MARKDOWN_SUFFIXES = (".md", ".markdown")
_IN_MARKDOWN = frozenset(("<br", "<span", "<font"))
"""Tags that Markdown is written with and that make no page."""
_REFUSED = (
    (b"\x1f\x8b", "archive"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\xd0\xcf\x11\xe0", "old_word"),
    (b"{\\rtf", "rich_text"),
)
_ODD = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")


_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")


def read(name: str, data: bytes, limits: Limits) -> Document:
    """Read bytes in the format that they are in."""
    for magic, word in _REFUSED:
        if data.startswith(magic):
            raise ReadingError(name, word)
    if data.startswith(b"PK\x03\x04"):
        return _made(name, data, limits, "docx", read_docx)
    if b"%PDF-" in data[:1024]:
        return _made(name, data, limits, "pdf", read_pdf)
    if _is_picture(data):
        return _made(name, data, limits, "image", _read_picture)
    if is_saved_page(data):
        page, declared = page_of(name, data)
        return _text(name, page, limits, declared)
    return _text(name, data, limits)


def _made(
    name: str,
    data: bytes,
    limits: Limits,
    form: str,
    reader: Callable[[bytes, Builder, Limits], None],
) -> Document:
    builder = Builder(name, limits)
    reader(data, builder, limits)
    return finish(builder, form, "", hashlib.sha256(data).hexdigest())


def _is_picture(data: bytes) -> bool:
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    heif = data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"avif")
    return webp or heif or data.startswith(_PICTURES)


def _read_picture(_data: bytes, builder: Builder, _limits: Limits) -> None:
    builder.images = 1


def _text(name: str, data: bytes, limits: Limits, declared: str | None = None) -> Document:
    text, charset = decode(data, declared)
    sample = text[:200_000]
    if len(_ODD.findall(sample)) * 20 > len(sample):
        raise ReadingError(name, "not_text")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    builder = Builder(name, limits)
    suffix = PurePath(name).suffix.lower()
    found = None
    markdown = suffix in _MARKDOWN_SUFFIXES or looks_like_markdown(text)
    if _is_html(text, suffix, markdown=markdown):
        found = read_html(text, builder, limits)
        form = "html"
    else:
        _check_lines(text, name, limits)
        read_lines(text, builder, markdown=markdown)
        form = "markdown" if markdown else "text"
    digest = hashlib.sha256(data).hexdigest()
    return finish(builder, form, charset, digest, found)


def _check_lines(text: str, name: str, limits: Limits) -> None:
    """Refuse a text that would be refused in the end, before its lines are taken apart."""
    if len(text) > limits.characters and len("".join(text.split())) > limits.characters:
        raise ReadingError(name, "too_long", limit=limits.characters)
    if text.count("\n") > limits.blocks * 3:
        raise ReadingError(name, "too_many_blocks", limit=limits.blocks)


def _is_html(text: str, suffix: str, *, markdown: bool) -> bool:
    if suffix in _HTML_SUFFIXES or _PAGE.match(text):
        return True
    if suffix in _MARKDOWN_SUFFIXES:
        return False
    tags = {tag[0].lower().rstrip(" \t\n/>") for tag in _HTML.finditer(text[:20_000])}
    return bool(tags - _IN_MARKDOWN if markdown else tags)
