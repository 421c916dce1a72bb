"""Word documents: the texts of all parts are covered, names of authors too; pictures are not."""

from __future__ import annotations

import base64
import zipfile
from typing import TYPE_CHECKING, Any, BinaryIO

from hongxian.errors import Exit
from hongxian.guards.mask.copies.members import zip_info, zip_parts
from hongxian.guards.mask.copies.texts import changing
from hongxian.guards.mask.formats.xml import XmlError, xml_markup
from hongxian.sensors.store.sources.faults import SourceError
from hongxian.sensors.store.sources.file import LIMITS
from hongxian.sensors.store.sources.packed import BROKEN
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from hongxian.guards.mask.formats.markup import Change
    from hongxian.guards.mask.job import Job
    from hongxian.sensors.store.sources.file import File

_TEXTS = (".xml", ".rels", ".vml")
"""Ends of the names of parts that are XML."""
_KEPT = ("[Content_Types].xml",)
"""Parts that only tell of which kinds the others are."""
_DRAWN = "docProps/thumbnail."
"""How the name of a picture of the first page begins, which is blank in every copy."""
_FONTS = ("word/fonts/", "word/theme/")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".svg")
_BLANK = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
)
"""A picture of one clear point."""


def mask_docx(file: File, place: str, out: BinaryIO, job: Job, units: Any) -> int:
    """Write a masked copy of a document and return how many texts it has.

    Args:
        file: the document.
        place: what it is called.
        out: takes the bytes.
        job: what is to happen; pictures and programs in it cannot be masked.
        units: not used: nothing in a document is a file of its own.

    Raises:
        HongxianError: it is damaged, or holds what cannot be masked and is not to be left out.
    """
    del units
    texts = 0
    with (
        file.seekable() as stream,
        zipfile.ZipFile(stream) as parts,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for info in zip_parts(file, parts):
            data = _read(parts, info)
            name = info.filename
            if name.endswith(_TEXTS) and name not in _KEPT:
                data, count = _covered(data, place, changing(job.plan))
                texts += count
            elif name not in _KEPT and not name.startswith(_FONTS) and data:
                data = _blank(name, place, job)
            made.writestr(zip_info(info, name), data)
    return texts


def _blank(name: str, place: str, job: Job) -> bytes:
    """Return what stands for a part that cannot be masked, if it may be left out."""
    if not name.startswith(_DRAWN):
        where = f"{place}!{name}"
        job.left_out(WordedError("mask_no_source", where, Exit.SENSOR, kind="?"))
    return _BLANK if name.lower().endswith(_PICTURES) else b""


def _covered(data: bytes, place: str, change: Change) -> tuple[bytes, int]:
    """Return an XML text covered, and how many texts it has; those of earlier versions too."""
    try:
        made = xml_markup(data)
        new = made.changed(change).encode()
        if b"delText" in data:
            new = xml_markup(new, earlier=True).changed(change).encode()
    except XmlError:
        raise WordedError("mask_damaged", place, Exit.SENSOR, kind="docx") from None
    return new, len(made.groups.get("line", ()))


def _read(parts: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    if info.file_size > LIMITS.document:
        raise SourceError("too_large", limit=LIMITS.document >> 20)
    try:
        return parts.read(info)
    except BROKEN:
        raise SourceError("damaged") from None
