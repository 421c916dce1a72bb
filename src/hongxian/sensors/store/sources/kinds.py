"""Which format a file is in: by its first bytes, then by its suffix, then by its looks."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

from hongxian.sensors.store.sources.delimited import delimiter_of
from hongxian.sensors.store.sources.encoding import is_text, tell
from hongxian.sensors.store.sources.mbox import is_mbox
from hongxian.sensors.store.sources.packed import BROKEN

if TYPE_CHECKING:
    from hongxian.sensors.store.sources.file import File

_MAGIC = (
    (b"PAR1", "parquet"),
    (b"ORC", "orc"),
    (b"ARROW1", "arrow"),
    (b"FEA1", "arrow"),
    (b"\xff\xff\xff\xff", "arrow"),
    (b"SQLite format 3\x00", "sqlite"),
    (b"%PDF-", "document"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0", "excel"),
)
_SUFFIXES = {
    ".html": "document", ".htm": "document", ".xhtml": "document", ".mhtml": "document",
    ".eml": "mail", ".sql": "sqldump", ".jsonl": "jsonl", ".ndjson": "jsonl",
}  # fmt: skip
_HTML = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_DUMP = re.compile(
    rb"^(?:-- (?:MySQL|MariaDB|PostgreSQL|SQLite|phpMyAdmin)?.{0,40}dump|INSERT INTO\s"
    rb"|CREATE TABLE\s"
    rb"|COPY \S+ \(.{0,2000}\) FROM stdin;)",
    re.IGNORECASE | re.MULTILINE,
)
_MAIL = re.compile(
    rb"\A(?:(?:Return-Path|Received|Delivered-To|From|To|Subject|Date|Message-ID|MIME-Version"
    rb"|X-[\w-]+|Content-[\w-]+|Cc|Reply-To|DKIM-Signature): ?[^\n]*\n(?:[ \t][^\n]*\n)*){3}",
    re.IGNORECASE,
)


def kind_of(file: File, head: bytes) -> str:
    """Return the format of a file.

    Args:
        file: the file; a zip archive is looked into.
        head: its first bytes.

    Returns:
        A format that :mod:`hongxian.sensors.store.sources.files` opens, ``empty`` or ``unknown``.
    """
    if not head.strip():
        return "empty"
    if head[257:262] == b"ustar":
        return "tar"
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return _office(file) if kind == "zip" else kind
    if not is_text(head):
        return "unknown"
    return _text_kind(file, head)


def _text_kind(file: File, head: bytes) -> str:
    encoding, mark = tell(head)
    plain = head[mark:] if encoding == "utf-8" else head[mark:].decode(encoding, "replace").encode()
    looks = (
        (is_mbox(plain), "mbox"),
        (_HTML.match(plain), "document"),
        (_MAIL.match(plain.replace(b"\r\n", b"\n")), "mail"),
        (_DUMP.search(plain), "sqldump"),
    )
    if kind := _SUFFIXES.get(file.suffix) or next((name for seen, name in looks if seen), None):
        return kind
    if plain.lstrip()[:1] in (b"{", b"["):
        return _json_kind(plain.lstrip(), file.suffix)
    if file.suffix in (
        ".md",
        ".log",
        ".py",
        ".java",
        ".c",
        ".js",
        ".yaml",
        ".yml",
        ".toml",
        ".xml",
    ):
        return "text"
    return "csv" if delimiter_of(head, file.suffix) else "text"


def _json_kind(plain: bytes, suffix: str) -> str:
    """Tell JSON Lines, whose first line is a whole value, from JSON."""
    import orjson  # noqa: PLC0415 - only for those who read JSON

    first, _, rest = plain.partition(b"\n")
    try:
        orjson.loads(first)
    except orjson.JSONDecodeError:
        return "json" if suffix == ".json" or re.match(rb"[\[{]\s*[\"{\[\]}]", plain) else "text"
    return "jsonl" if rest.strip() else "json"


def _office(file: File) -> str:
    """Tell workbooks and documents from other zip archives."""
    try:
        with file.seekable() as stream:
            names = set(zipfile.ZipFile(stream).namelist())
    except BROKEN:
        return "zip"
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return "excel"
    if "word/document.xml" in names:
        return "document"
    if "content.xml" in names and "mimetype" in names:
        return "excel"
    return "zip"
