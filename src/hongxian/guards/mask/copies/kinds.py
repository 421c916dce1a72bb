"""Which kind of copy a file becomes: the scan's kinds, and what documents really are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.sensors.store.sources.kinds import kind_of

if TYPE_CHECKING:
    from hongxian.sensors.store.sources.file import File

_MBOX = re.compile(rb"From \S+ .{0,40}\d{4}[^\n]{0,40}\r?\n(?:>?From |[\w-]+:)")
"""How a box of mails begins: with a line that is no head, and then with one that is (RFC 4155)."""


def copy_kind(file: File, head: bytes) -> str:
    """Return the kind of a file.

    Args:
        file: the file; a zip archive is looked into.
        head: its first bytes.
    """
    if _MBOX.match(head):
        return "mbox"
    kind = kind_of(file, head)
    if kind != "document":
        return kind
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK"):
        return "docx"
    return "mail" if file.suffix == ".mhtml" else "html"
