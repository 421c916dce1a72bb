"""Bytes to text: what the file declares is believed only when it decodes."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""(?:<meta[^>]{0,300}?charset\s*=\s*["']?|<\?xml[^>]{0,100}?encoding\s*=\s*["'])\s*"""
    rb"""([A-Za-z0-9_:.\-]{2,30})""",
    re.IGNORECASE,
)
_HEAD = 8192
_CODECS = {
    "gb2312": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "gbk": "gb18030",
    "cp936": "gb18030", "gb18030": "gb18030", "hz-gb-2312": "hz",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "cp950": "big5hkscs", "x-x-big5": "big5hkscs",
    "utf-8": "utf-8", "utf8": "utf-8", "utf-16": "utf-16-le", "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be", "us-ascii": "cp1252", "ascii": "cp1252", "iso-8859-1": "cp1252",
    "latin1": "cp1252", "windows-1252": "cp1252", "iso-8859-15": "iso8859-15",
}  # fmt: skip
_FREQUENT = frozenset("的一是我您们在有和不个人信息用们個資訊們")
_TAIL = 4
"""A character cut off at the end of the file is at most this long."""


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """Return the text of bytes and the charset it was read in.

    A byte-order mark decides; then bytes that are valid UTF-8 are UTF-8, whatever is declared
    (no other charset gives that by chance); then what is declared; then GB18030, or Big5 where
    that gives more of the words that every policy has.

    Args:
        data: the bytes.
        declared: a charset told from outside (a MIME header), used before the page's own.
    """
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace"), codec.removesuffix("-le")
    if wide := _sixteen(data):
        return data.decode(wide, "replace"), wide
    if (text := _strict(data, "utf-8")) is not None:
        return text, "utf-8"
    codec = _CODECS.get((declared or _declared(data)).lower(), "")
    if codec and (text := _strict(data, codec)) is not None:
        return text, codec
    return _best(data)


def coding_of(data: bytes, declared: str | None = None) -> tuple[str, int]:
    """Return the charset in which :func:`decode` reads bytes, and the length of their mark.

    Args:
        data: the bytes.
        declared: a charset told from outside.
    """
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return codec, len(mark)
    return decode(data, declared)[1], 0


def _declared(data: bytes) -> str:
    """Return what a page declares; a declaration that can be read is not in UTF-16."""
    found = _DECLARED.search(data[:_HEAD])
    told = found[1].decode("ascii") if found else ""
    return "" if told.lower().startswith("utf-16") else told


def _strict(data: bytes, codec: str) -> str | None:
    """Decode without a fault, but for a last character that the file's end cuts off."""
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        text = decoder.decode(data)
    except UnicodeDecodeError as error:
        if error.start < len(data) - _TAIL or not error.start:
            return None
        return data[: error.start].decode(codec, "replace") + "\ufffd"
    return text + ("\ufffd" if decoder.getstate()[0] else "")


def _sixteen(data: bytes) -> str:
    """Tell UTF-16 without a mark by the empty halves of its ASCII characters."""
    head = data[:1024]
    if len(head) < 16:
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < len(head) // 8 or min(even, odd) > len(head) // 100:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _best(data: bytes) -> tuple[str, str]:
    tried = [(data.decode(codec, "replace"), codec) for codec in ("gb18030", "utf-8", "big5hkscs")]
    return max(tried, key=lambda pair: _likeness(pair[0]))


def _likeness(text: str) -> int:
    sample = text[:20_000]
    return sum(char in _FREQUENT for char in sample) * 3 - sample.count("\ufffd") * 4
