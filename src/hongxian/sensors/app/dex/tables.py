"""The header and the index tables of one DEX: strings, types, protos, fields, methods, classes.

Versions 035 to 041; a 041 container holds several DEX files that share their data.
Source: "File layout", Dalvik executable format, Android Open Source Project.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hongxian.sensors.app.dex.leb128 import length_at
from hongxian.sensors.app.package.faults import PackageError

VERSIONS = (b"035", b"036", b"037", b"038", b"039", b"040", b"041")
NO_INDEX = 0xFFFFFFFF
"""Says "none" where an index is optional."""
HEADER_SIZE = 0x70
CONTAINER_HEADER_SIZE = 0x78

_TABLES = ("string_ids", "type_ids", "proto_ids", "field_ids", "method_ids", "class_defs")
_METHOD = np.dtype([("owner", "<u2"), ("proto", "<u2"), ("name", "<u4")])
_FIELD = np.dtype([("owner", "<u2"), ("type", "<u2"), ("name", "<u4")])
_PROTO = np.dtype([("shorty", "<u4"), ("returns", "<u4"), ("parameters", "<u4")])
_CLASS = np.dtype(
    [
        ("type", "<u4"), ("access", "<u4"), ("super", "<u4"), ("interfaces", "<u4"),
        ("source", "<u4"), ("annotations", "<u4"), ("data", "<u4"), ("statics", "<u4"),
    ]
)  # fmt: skip
_DTYPES = {
    "string_ids": np.dtype("<u4"),
    "type_ids": np.dtype("<u4"),
    "proto_ids": _PROTO,
    "field_ids": _FIELD,
    "method_ids": _METHOD,
    "class_defs": _CLASS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dex:
    """The tables of one DEX; all offsets count from the start of ``raw``."""

    name: str
    raw: bytes
    data: npt.NDArray[np.uint8]
    """``raw`` as numbers."""
    version: int
    strings: npt.NDArray[np.int64]
    """Per string: offset of its first character (behind the length)."""
    types: npt.NDArray[np.uint32]
    """Per type: string index of its descriptor."""
    protos: npt.NDArray[np.void]
    fields: npt.NDArray[np.void]
    methods: npt.NDArray[np.void]
    classes: npt.NDArray[np.void]

    def string_bytes(self, index: int) -> bytes:
        """Return a string as MUTF-8 bytes."""
        start = int(self.strings[index])
        end = self.raw.find(b"\0", start)
        return self.raw[start : end if end >= 0 else len(self.raw)]

    def string(self, index: int) -> str:
        """Return a string as text; broken surrogates become replacement characters."""
        return decode_mutf8(self.string_bytes(index))

    def type_list(self, offset: int) -> list[int]:
        """Return the type indices of a ``type_list`` (empty for offset 0)."""
        if not offset:
            return []
        where = f"{self.name}: type list at 0x{offset:x}"
        if offset + 4 > len(self.raw):
            raise PackageError(where, "dex_list_outside")
        (count,) = struct.unpack_from("<I", self.raw, offset)
        if offset + 4 + 2 * count > len(self.raw):
            raise PackageError(where, "dex_beyond", count=count)
        return list(struct.unpack_from(f"<{count}H", self.raw, offset + 4))


def decode_mutf8(data: bytes) -> str:
    """Decode modified UTF-8 (NUL as two bytes, surrogates apart)."""
    try:
        text = data.replace(b"\xc0\x80", b"\0").decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def read_dex(raw: bytes, name: str) -> list[Dex]:
    """Read the tables of a DEX file, or of each DEX in a 041 container.

    Args:
        raw: the file.
        name: what error lines call it, e.g. ``classes2.dex``.

    Raises:
        PackageError: it is no DEX, is cut off, or a table lies outside it.
    """
    data = np.frombuffer(raw, dtype=np.uint8)
    found: list[Dex] = []
    at = 0
    while at < len(raw):
        dex, size = _read_one(raw, data, name if not at else f"{name}@0x{at:x}", at)
        found.append(dex)
        if dex.version < 41:
            break
        at += size
    return found


def _read_one(raw: bytes, data: npt.NDArray[np.uint8], name: str, at: int) -> tuple[Dex, int]:
    if len(raw) - at < HEADER_SIZE:
        raise PackageError(name, "dex_short", size=len(raw) - at, least=HEADER_SIZE)
    magic = raw[at : at + 8]
    if magic[:4] != b"dex\n" or magic[4:7] not in VERSIONS:
        raise PackageError(name, "dex_magic")
    version = int(magic[4:7])
    file_size, header_size, endian = struct.unpack_from("<III", raw, at + 0x20)
    if endian != 0x12345678:
        raise PackageError(name, "dex_endian")
    least = CONTAINER_HEADER_SIZE if version >= 41 else HEADER_SIZE
    if file_size < least or header_size < least:
        raise PackageError(name, "dex_sizes")
    counts = struct.unpack_from("<12I", raw, at + 0x38)
    tables = {
        table: _table(raw, name, table, counts[2 * i], _base(at, counts[2 * i + 1]))
        for i, table in enumerate(_TABLES)
    }
    _check_indices(name, tables)
    return (
        Dex(
            name=name, raw=raw, data=data, version=version,
            strings=_string_starts(data, name, tables["string_ids"]),
            types=tables["type_ids"].astype(np.uint32, copy=False),
            protos=tables["proto_ids"], fields=tables["field_ids"],
            methods=tables["method_ids"], classes=tables["class_defs"],
        ),
        file_size,
    )  # fmt: skip


def _base(at: int, offset: int) -> int:
    """Offsets in a container count from its start; some writers count from the header."""
    return offset if offset >= at else at + offset


def _table(raw: bytes, name: str, table: str, count: int, offset: int) -> npt.NDArray[np.void]:
    dtype = _DTYPES[table]
    if count and offset + count * dtype.itemsize > len(raw):
        raise PackageError(f"{name}: {table}", "dex_beyond", count=count)
    if not count:
        return np.zeros(0, dtype=dtype)
    return np.frombuffer(raw, dtype=dtype, count=count, offset=offset)


def _check_indices(name: str, tables: dict[str, npt.NDArray[np.void]]) -> None:
    sizes = {table: len(rows) for table, rows in tables.items()}
    checks = [
        ("type_ids", tables["type_ids"], "string_ids"),
        ("proto_ids", tables["proto_ids"]["returns"], "type_ids"),
        ("field_ids", tables["field_ids"]["owner"], "type_ids"),
        ("field_ids", tables["field_ids"]["type"], "type_ids"),
        ("field_ids", tables["field_ids"]["name"], "string_ids"),
        ("method_ids", tables["method_ids"]["owner"], "type_ids"),
        ("method_ids", tables["method_ids"]["proto"], "proto_ids"),
        ("method_ids", tables["method_ids"]["name"], "string_ids"),
        ("class_defs", tables["class_defs"]["type"], "type_ids"),
    ]
    for table, column, target in checks:
        if len(column) and int(column.max()) >= sizes[target]:
            raise PackageError(f"{name}: {table}", "dex_points", table=target)
    supers = tables["class_defs"]["super"]
    supers = supers[supers != NO_INDEX]
    if supers.size and int(supers.max()) >= sizes["type_ids"]:
        raise PackageError(f"{name}: class_defs", "dex_super")


def _string_starts(
    data: npt.NDArray[np.uint8], name: str, offsets: npt.NDArray[np.void]
) -> npt.NDArray[np.int64]:
    at: npt.NDArray[np.int64] = offsets.astype(np.int64)
    if at.size and int(at.max()) >= data.size:
        raise PackageError(f"{name}: string_ids", "dex_strings")
    return at + length_at(data, at)
