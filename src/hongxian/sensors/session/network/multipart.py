"""Multipart bodies: fields and files of forms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.sensors.session.network.charsets import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.session.network.charsets import Named

_BOUNDARY = re.compile(rb"--([!-~]{1,200}?)\r?\n")
_NAMED = re.compile(r'\b(file)?name\*?\s{0,9}=\s{0,9}(?:"([^"]{0,300})"|([^;\s]{0,300}))')
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_LONGEST_HEAD = 8192
MOST = 2000
"""So many fields are taken from one body."""


def multipart_in(data: bytes) -> Iterator[Named] | None:
    """Return names and contents of the fields, else ``None``.

    The boundary is what the body begins with; headers tell it wrongly now and then.
    """
    found = _BOUNDARY.match(data.lstrip(b"\r\n")[:256])
    if found is None or b"content-disposition" not in data[:4096].lower():
        return None
    return _fields(data.split(b"--" + found[1], MOST + 1)[1 : MOST + 1])


def _fields(pieces: list[bytes]) -> Iterator[Named]:
    for place, piece in enumerate(pieces):
        if piece.startswith(b"--"):
            return  # what stands behind the end belongs to nobody
        end = _HEAD_END.search(piece[:_LONGEST_HEAD])
        if end is None:
            continue
        head = text_of(piece[: end.start()]) or ""
        content = piece[end.end() :]
        content = content.removesuffix(b"\n").removesuffix(b"\r")
        names = {bool(m[1]): m[2] if m[2] is not None else m[3] for m in _NAMED.finditer(head)}
        name = names.get(False) or f"[{place}]"
        yield name, content
        if names.get(True):
            yield f"{name}.filename", names[True].encode()
