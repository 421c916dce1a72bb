"""Tells text from other bytes, whatever its charset."""

from __future__ import annotations

import codecs
import re

Named = tuple[str, str | bytes]
"""The name of a value inside of something, and the value."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_SAME_PLANE = 4
"""Text in UTF-16 that is mostly ASCII has a zero in every second byte; so many are looked at."""


def charset_of(content_type: str | None) -> str:
    """Return the charset that a ``Content-Type`` names, or nothing."""
    found = _CHARSET.search(content_type or "")
    return found[1].lower() if found else ""


def text_of(data: bytes, charset: str = "") -> str | None:
    """Return bytes as text, or ``None`` when they are no text.

    Args:
        data: any bytes.
        charset: what a header says they are in; tried after UTF-8, as such words are often wrong.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decoded(data, name)
    for name in ("utf-8", charset, _utf_16(data), "gb2312"):
        text = _decoded(data, name) if name else None
        if text is not None:
            return text
    return None


def _utf_16(data: bytes) -> str:
    if len(data) < 2 * _SAME_PLANE or len(data) % 2:
        return ""
    if not any(data[1 : 4 * _SAME_PLANE : 2]):
        return "utf-16-le"
    return "utf-16-be" if not any(data[: 4 * _SAME_PLANE : 2]) else ""


def _decoded(data: bytes, charset: str) -> str | None:
    try:
        text = data.decode(charset)
    except (LookupError, ValueError):
        return None  # a codec that is none of text raises LookupError too
    return None if _CONTROL.search(text) else text
