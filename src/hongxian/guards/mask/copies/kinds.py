"""Which kind of copy a file becomes: the scan's kinds, and what documents really are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.sensors.store.sources.kinds import kind_of

if TYPE_CHECKING:
    from hongxian.sensors.store.sources.file import File


def copy_kind(file: File, head: bytes) -> str:
    """Return the kind of a file.

    Args:
        file: the file; a zip archive is looked into.
        head: its first bytes.
    """
    kind = kind_of(file, head)
    if kind != "document":
        return kind
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK"):
        return "docx"
    return "mail" if file.suffix == ".mhtml" else "html"
