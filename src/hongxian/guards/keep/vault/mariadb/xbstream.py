"""The stream of ``mariadb-backup --stream=mbstream``, taken apart without trust in who sends it.

As ``extra/mariabackup/xbstream.h`` of MariaDB 10.5 and later has it: chunks of ``XBSTCK01``, flags
(1 byte), type (``P`` payload, ``E`` end of a file), length of the path (4 bytes), path; behind a
``P`` length (8), offset in the file (8), CRC-32 (4) and the bytes. Numbers are little-endian.
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST = 256 << 20
"""Bytes of a chunk that are taken; mariadb-backup makes 10 MB of them."""
LONGEST = 4_096
"""Bytes of a path that are taken."""

_HEAD, _BODY = struct.Struct("<8sBcI"), struct.Struct("<QQI")
_PART = re.compile(r"(?!\.{1,2}\Z)[^/\0\\]{1,255}")


class Readable(Protocol):
    """What a stream is read from."""

    def read(self, size: int, /) -> bytes:
        """Return as many bytes, fewer at the end."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Bytes of a file; ``last`` when the file ends, without any."""

    path: str
    data: bytes
    last: bool


def chunks(source: Readable) -> Iterator[Chunk]:
    """Yield the chunks of a stream, each file from its beginning to its end without a gap.

    Raises:
        HongxianError: the stream is cut off or altered, or names a place outside of a folder.
    """
    sizes: dict[str, int | None] = {}
    while head := source.read(_HEAD.size):
        if len(head) < _HEAD.size:
            raise _fault("header")
        magic, _, kind, length = _HEAD.unpack(head)
        if magic != b"XBSTCK01" or kind not in b"PE" or length > LONGEST:
            raise _fault("header")
        path = _path(_exactly(source, length))
        size = sizes.setdefault(path, 0)
        if size is None:
            raise _fault(path)
        if kind == b"E":
            sizes[path] = None
            yield Chunk(path, b"", last=True)
            continue
        data = _payload(source, path, size)
        sizes[path] = size + len(data)
        yield Chunk(path, data, last=False)
    if opened := [path for path, size in sizes.items() if size is not None]:
        raise _fault(opened[0])


def unpack(source: Readable, folder: Path) -> int:
    """Write the files of a stream into a folder that is empty; return their bytes.

    Raises:
        HongxianError: as :func:`chunks`.
    """
    size = 0
    for chunk in chunks(source):
        path = folder / chunk.path
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with path.open("ab") as out:
            out.write(chunk.data)
        size += len(chunk.data)
    return size


def _payload(source: Readable, path: str, size: int) -> bytes:
    length, offset, checksum = _BODY.unpack(_exactly(source, _BODY.size))
    if length > LARGEST or offset != size:
        raise _fault(path)
    data = _exactly(source, length)
    if zlib.crc32(data) != checksum:
        raise _fault(path)
    return data


def _exactly(source: Readable, size: int) -> bytes:
    data = source.read(size)
    if len(data) != size:
        raise _fault("end")
    return data


def _path(raw: bytes) -> str:
    text = raw.decode("utf-8", "replace").removeprefix("./")
    if not all(_PART.fullmatch(part) for part in text.split("/")):
        raise _fault("path")
    return text


def _fault(reason: str) -> WordedError:
    return WordedError("keep_backup_stream", reason=reason)
