"""The directory of a ZIP file, as Android reads it: last record first, oddities forgiven.

Facts on the layout: PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12 to 4.3.16 and 4.5.3.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from mmap import mmap

from hongxian.sensors.app.package.faults import PackageError

Raw = bytes | mmap
"""The bytes of a package: read, or mapped."""

LOCAL, CENTRAL, END, END64, LOCATOR64 = (
    b"PK\x03\x04",
    b"PK\x01\x02",
    b"PK\x05\x06",
    b"PK\x06\x06",
    b"PK\x06\x07",
)
_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_FULL16, _FULL32 = 0xFFFF, 0xFFFFFFFF
_SCAN_LIMIT = 64 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """One entry of the directory."""

    name: str
    offset: int
    """Of the local header."""
    packed: int
    size: int
    method: int
    flags: int
    crc: int


@dataclass(slots=True)
class Directory:
    """All entries, in the order of the file, and what was odd."""

    members: list[Member]
    start: int
    """Where the central directory starts; an APK Signing Block ends here."""
    flaw: str = ""
    """``truncated``, ``directory_damaged``, ``too_many_members`` or nothing."""


def read_directory(data: Raw, where: str, limit: int) -> Directory:
    """Read the central directory; without one, find the members by their own headers.

    Args:
        data: the whole file.
        where: its name for the error line.
        limit: how many members to read at most.

    Raises:
        PackageError: the file is empty or holds no member at all.
    """
    if not len(data):
        raise PackageError(where, "empty")
    found = _central(data, limit) or _salvage(data, limit)
    if found is None:
        raise PackageError(where, "not_a_zip")
    return found


def data_start(data: Raw, member: Member) -> int | None:
    """Return where a member's data begin; ``None`` when its local header is damaged."""
    head = data[member.offset : member.offset + _LOCAL.size]
    if len(head) < _LOCAL.size or not head.startswith(LOCAL):
        return None
    _, *_, name_size, extra_size = _LOCAL.unpack(head)
    return member.offset + _LOCAL.size + int(name_size) + int(extra_size)


def _central(data: Raw, limit: int) -> Directory | None:
    end = data.rfind(END, max(0, len(data) - _END.size - _FULL16))
    if end < 0 or end + _END.size > len(data):
        return None
    _, _, _, _, count, size, start, _ = _END.unpack(data[end : end + _END.size])
    if start == _FULL32 or count == _FULL16 or size == _FULL32:
        count, size, start = _end64(data, end) or (count, size, start)
    shift = 0
    if data[start : start + 4] != CENTRAL:
        # bytes were put before the package: all offsets are short by as many
        shift = end - size - start
        if shift <= 0 or data[start + shift : start + shift + 4] != CENTRAL:
            return None if count else Directory([], end)
    members = _entries(data, start + shift, end, shift, limit)
    flaw = ""
    if len(members) >= limit:
        flaw = "too_many_members"
    elif len(members) & _FULL16 != count & _FULL16:
        flaw = "directory_damaged"
    return Directory(members, start + shift, flaw)


def _end64(data: Raw, end: int) -> tuple[int, int, int] | None:
    locator = data[max(0, end - 20) : end]
    if len(locator) < 20 or not locator.startswith(LOCATOR64):
        return None
    place = struct.unpack_from("<Q", locator, 8)[0]
    record = data[place : place + 56]
    if len(record) < 56 or not record.startswith(END64):
        return None
    count, size, start = struct.unpack_from("<3Q", record, 32)
    return count, size, start


def _entries(data: Raw, start: int, end: int, shift: int, limit: int) -> list[Member]:
    table = data[start:end]
    members: list[Member] = []
    place = 0
    while place + _CENTRAL.size <= len(table) and len(members) < limit:
        row = _CENTRAL.unpack_from(table, place)
        if row[0] != CENTRAL:
            break
        (_, _, _, flags, method, _, _, crc, packed, size, name_size, extra_size, note_size, *_,
         offset) = row  # fmt: skip
        place += _CENTRAL.size
        name = table[place : place + name_size].decode("utf-8", "backslashreplace")
        if _FULL32 in (packed, size, offset):
            extra = table[place + name_size : place + name_size + extra_size]
            size, packed, offset = _wide(extra, size, packed, offset)
        place += name_size + extra_size + note_size
        members.append(Member(name, offset + shift, packed, size, method, flags, crc))
    return members


def _wide(extra: bytes, *narrow: int) -> list[int]:
    """Fill the fields that say "see the ZIP64 extra field"."""
    place, fields = 0, list(narrow)
    while place + 4 <= len(extra):
        kind, size = struct.unpack_from("<2H", extra, place)
        if kind == 1:
            wide = extra[place + 4 : place + 4 + size]
            values = iter(struct.unpack(f"<{len(wide) // 8}Q", wide[: len(wide) // 8 * 8]))
            return [next(values, f) if f == _FULL32 else f for f in fields]
        place += 4 + size
    return fields


def _salvage(data: Raw, limit: int) -> Directory | None:
    """Walk the local headers of a file that lost its directory."""
    members: list[Member] = []
    place = data.find(LOCAL)
    while place >= 0 and len(members) < limit:
        head = data[place : place + _LOCAL.size]
        if len(head) < _LOCAL.size:
            break
        _, _, flags, method, _, _, crc, packed, size, name_size, extra_size = _LOCAL.unpack(head)
        begin = place + _LOCAL.size
        name = data[begin : begin + name_size].decode("utf-8", "backslashreplace")
        begin += name_size + extra_size
        if flags & 8 and not packed:
            packed, size, crc = _measure(data, begin, method)
        if name:
            members.append(Member(name, place, packed, size, method, flags & ~8, crc))
        place = data.find(LOCAL, min(begin + packed, len(data)))
    return Directory(members, len(data), "truncated") if members else None


def _measure(data: Raw, begin: int, method: int) -> tuple[int, int, int]:
    """Find the sizes of a member that has them only behind its data."""
    if method != 8:
        after = data.find(LOCAL, begin)
        packed = (after if after >= 0 else len(data)) - begin
        return packed, packed, 0
    stream = zlib.decompressobj(-15)
    size = crc = 0
    place = begin
    while not stream.eof and size < _SCAN_LIMIT and place < len(data):
        chunk = data[place : place + 65536]
        try:
            piece = stream.decompress(chunk)
        except zlib.error:
            break
        size, crc, place = size + len(piece), zlib.crc32(piece, crc), place + len(chunk)
    return place - begin - len(stream.unused_data), size, crc
