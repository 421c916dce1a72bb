"""The resource table ``resources.arsc`` (``ResTable`` in AOSP's ``ResourceTypes.h``).

Opening it walks the chunk headers only. A value is looked up, and a string decoded, when
somebody asks.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from hongxian.sensors.app.package.faults import PackageError
from hongxian.sensors.app.package.pool import StringPool

if TYPE_CHECKING:
    from collections.abc import Iterator

_POOL, _TABLE, _PACKAGE, _TYPE = 0x0001, 0x0002, 0x0200, 0x0201
_CHUNK = struct.Struct("<2HL")
_TYPE_HEADER = struct.Struct("<BBH2L")
_NO_ENTRY = 0xFFFFFFFF
_SPARSE, _OFFSET16 = 1, 2
_COMPLEX, _COMPACT = 1, 8


@dataclass(frozen=True, slots=True)
class Value:
    """A typed value; ``kind`` as in the binary XML."""

    kind: int
    data: int


@dataclass
class TypeChunk:
    """The values of one resource type in one configuration, such as ``string`` in ``zh-CN``."""

    data: bytes
    place: int
    end: int
    type_id: int
    flags: int
    count: int
    entries: int
    """Where the entries begin, from the start of the file."""
    offsets_at: int
    locale: str
    plain: bool
    """No qualifier but the locale."""

    @cached_property
    def offsets(self) -> dict[int, int]:
        """Entry index -> place in the file, for the entries that are there."""
        if self.flags & _SPARSE:
            raw = self._numbers("<u2", 2 * self.count)
            pairs = raw[: len(raw) // 2 * 2].reshape(-1, 2)
            index, offsets = pairs[:, 0], pairs[:, 1].astype(np.int64) * 4
        elif self.flags & _OFFSET16:
            raw = self._numbers("<u2", self.count)
            index = np.flatnonzero(raw != 0xFFFF)
            offsets = raw[index].astype(np.int64) * 4
        else:
            raw = self._numbers("<u4", self.count)
            index = np.flatnonzero(raw != _NO_ENTRY)
            offsets = raw[index].astype(np.int64)
        places = offsets + self.entries
        inside = places + 8 <= self.end
        return dict(zip(index[inside].tolist(), places[inside].tolist(), strict=True))

    def _numbers(self, form: str, count: int) -> np.ndarray:
        wide = np.dtype(form).itemsize
        fitting = max(0, min(count, (self.end - self.offsets_at) // wide))
        return np.frombuffer(self.data, form, fitting, self.offsets_at)

    def values(self, index: int) -> Iterator[tuple[int, Value]]:
        """Yield name index and value of an entry; several for arrays and plurals."""
        place = self.offsets.get(index)
        if place is None:
            return
        size, flags, name = struct.unpack_from("<2HL", self.data, place)
        if flags & _COMPACT:
            yield size, Value(flags >> 8, name)
        elif flags & _COMPLEX:
            yield from self._bag(place, size, name)
        elif place + size + 8 <= self.end:
            yield name, self._value(place + size)

    def name(self, index: int) -> int | None:
        """Return the name index of an entry."""
        place = self.offsets.get(index)
        if place is None:
            return None
        size, flags, name = struct.unpack_from("<2HL", self.data, place)
        return int(size if flags & _COMPACT else name)

    def _bag(self, place: int, size: int, name: int) -> Iterator[tuple[int, Value]]:
        if place + 16 > self.end:
            return
        count = struct.unpack_from("<L", self.data, place + 12)[0]
        place += max(size, 16)
        for at in range(place, min(place + 12 * count, self.end - 11), 12):
            yield name, self._value(at + 4)

    def _value(self, place: int) -> Value:
        kind, data = struct.unpack_from("<xxxBL", self.data, place)
        return Value(kind, data)


@dataclass
class Package:
    """One package of the table: its types by id, and the pools of their names."""

    id: int
    types: StringPool
    names: StringPool
    chunks: dict[int, list[TypeChunk]] = field(default_factory=dict)


class Table:
    """A resource table.

    Args:
        data: the whole file.
        where: its name, for the error line.

    Raises:
        PackageError: it is too short to be one.
    """

    def __init__(self, data: bytes, where: str) -> None:
        """Walk the chunk headers."""
        if len(data) < 12:
            raise PackageError(where, "table_short")
        self.data = data
        self.pool = StringPool(data, 0, 0)
        self.packages: list[Package] = []
        _, header, size = _CHUNK.unpack_from(data)
        self.broken_at: int | None = len(data) if size > len(data) else None
        for kind, place, head, size in self._chunks(header if header >= 8 else 12, len(data)):
            if kind == _POOL and not len(self.pool):
                self.pool = StringPool(data, place, place + size)
            elif kind == _PACKAGE:
                self._package(place, head, size)

    def _chunks(self, place: int, end: int) -> Iterator[tuple[int, int, int, int]]:
        while place + _CHUNK.size <= end:
            kind, header, size = _CHUNK.unpack_from(self.data, place)
            if size < _CHUNK.size or header < _CHUNK.size or place + size > end:
                if self.broken_at is None:
                    self.broken_at = place
                if header < _CHUNK.size or size < _CHUNK.size:
                    return
                size = end - place
            yield kind, place, header, size
            place += size

    def _package(self, place: int, header: int, size: int) -> None:
        if header < 284 or size < 284:
            self.broken_at = place
            return
        number = struct.unpack_from("<L", self.data, place + 8)[0] & 0xFF
        types_at, _, names_at = struct.unpack_from("<3L", self.data, place + 268)
        end = place + size
        package = Package(
            number,
            StringPool(self.data, place + types_at, end),
            StringPool(self.data, place + names_at, end),
        )
        self.packages.append(package)
        for kind, at, head, length in self._chunks(place + header, end):
            if kind == _TYPE and (chunk := self._type(at, head, length)):
                package.chunks.setdefault(chunk.type_id, []).append(chunk)

    def _type(self, place: int, header: int, size: int) -> TypeChunk | None:
        if header < 24 or size < header:
            return None
        number, flags, _, count, entries = _TYPE_HEADER.unpack_from(self.data, place + 8)
        config = self.data[place + 20 : place + header]
        locale, plain = _config(config)
        return TypeChunk(
            data=self.data,
            place=place,
            end=place + size,
            type_id=number,
            flags=flags,
            count=count,
            entries=place + entries,
            offsets_at=place + header,
            locale=locale,
            plain=plain,
        )


def _config(config: bytes) -> tuple[str, bool]:
    """Return locale (``zh``, ``zh-CN``, ``zh-Hans-CN``, or empty) and whether that is all."""
    size = min(int.from_bytes(config[:4], "little"), len(config))
    body = config[:size].ljust(52, b"\0")
    language = _letters(body[8:10], ord("a"))
    country = _letters(body[10:12], ord("0"))
    script = body[36:40].rstrip(b"\0").decode("ascii", "replace")
    locale = "-".join(part for part in (language, script, country) if part)
    rest = body[4:8] + body[12:24] + body[28:36] + body[48:]
    return locale, not any(rest)


def _letters(pair: bytes, base: int) -> str:
    """Unpack a language or region: two letters, or three packed into 15 bits."""
    if pair[0] & 0x80:
        first = pair[1] & 0x1F
        second = (pair[1] & 0xE0) >> 5 | (pair[0] & 0x03) << 3
        third = (pair[0] & 0x7C) >> 2
        return "".join(chr(base + letter) for letter in (first, second, third))
    return pair.rstrip(b"\0").decode("ascii", "replace")
