"""Kinds of files by their first bytes: what is no text and not encrypted either."""

from __future__ import annotations

_KINDS = (
    (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"), (b"GIF8", "gif"), (b"BM", "bmp"),
    (b"II*\0", "tiff"), (b"MM\0*", "tiff"), (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"),
    (b"%PDF-", "pdf"), (b"\x7fELF", "elf"), (b"dex\n0", "dex"), (b"OggS", "ogg"),
    (b"ID3", "mp3"), (b"\xff\xfb", "mp3"), (b"\xff\xf1", "aac"), (b"#!AMR", "amr"),
    (b"fLaC", "flac"), (b"wOFF", "font"), (b"wOF2", "font"), (b"\0\1\0\0\0", "font"),
    (b"Rar!\x1a\x07", "rar"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"), (b"\x04\x22M\x18", "lz4"), (b"SQLite format 3\0", "sqlite"),
    (b"FLV\x01", "flv"), (b"\x1aE\xdf\xa3", "matroska"), (b"bplist0", "plist"),
)  # fmt: skip
_INSIDE = ((4, b"ftyp", "mp4"), (8, b"WEBP", "webp"), (8, b"WAVE", "wav"), (8, b"AVI ", "avi"))
_SHORTEST = 12


def file_kind(data: bytes) -> str:
    """Return the kind of file that bytes are, or nothing."""
    if len(data) < _SHORTEST:
        return ""
    for magic, kind in _KINDS:
        if data.startswith(magic):
            return kind if len(magic) > 2 or len(data) > 64 else ""
    return next((kind for at, magic, kind in _INSIDE if data[at : at + 4] == magic), "")
