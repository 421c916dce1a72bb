"""Writers of the inputs that the package reader reads: binary XML, resource tables, ZIPs."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field
from typing import Any

from hongxian.sensors.app.package.values import IDS

NONE = 0xFFFFFFFF


@dataclass(frozen=True)
class Ref:
    """A reference to a resource."""

    id: int


@dataclass
class E:
    """An element; names with ``android:`` get their resource ids."""

    tag: str
    attributes: dict[str, Any] = field(default_factory=dict)
    children: list[E] = field(default_factory=list)
    text: str = ""


def pool(strings: list[str], *, utf8: bool = True, links: dict[int, str] | None = None) -> bytes:
    """Write a string pool; ``links`` styles the first strings, by index."""
    styled = [f"a;href={target}" for target in (links or {}).values()]
    offsets, body = [], b""
    for text in (*strings, *styled):
        offsets.append(len(body))
        body += _utf8(text) if utf8 else _utf16(text)
    body += b"\0" * (-len(body) % 4)
    styles = max(links, default=-1) + 1 if links else 0
    spans, style_offsets = b"", []
    for index in range(styles):
        style_offsets.append(len(spans))
        if index in (links or {}):
            name = len(strings) + list(links or {}).index(index)
            spans += struct.pack("<3L", name, 0, 5)
        spans += struct.pack("<L", NONE)
    start = 28 + 4 * (len(offsets) + styles)
    size = start + len(body) + len(spans)
    flags = 0x100 if utf8 else 0
    spans_at = start + len(body) if styles else 0
    head = struct.pack("<2H6L", 1, 28, size, len(offsets), styles, flags, start, spans_at)
    numbers = (*offsets, *style_offsets)
    return head + struct.pack(f"<{len(numbers)}L", *numbers) + body + spans


def _utf8(text: str) -> bytes:
    raw = text.encode()
    units = len(text.encode("utf-16-le")) // 2
    return _length8(units) + _length8(len(raw)) + raw + b"\0"


def _length8(size: int) -> bytes:
    return bytes([size]) if size < 0x80 else bytes([0x80 | size >> 8, size & 0xFF])


def _utf16(text: str) -> bytes:
    raw = text.encode("utf-16-le")
    units = len(raw) // 2
    if units < 0x8000:
        return struct.pack("<H", units) + raw + b"\0\0"
    return struct.pack("<2H", 0x8000 | units >> 16, units & 0xFFFF) + raw + b"\0\0"


def chunk(kind: int, body: bytes, header: bytes = b"") -> bytes:
    """Write a chunk: type, size of its header, size, header, body."""
    return struct.pack("<2HL", kind, 8 + len(header), 8 + len(header) + len(body)) + header + body


class _Xml:
    def __init__(self, stride: int) -> None:
        self.strings: list[str] = []
        self.ids: list[int] = []
        self.stride = stride

    def index(self, text: str) -> int:
        if text not in self.strings[len(self.ids) :]:
            self.strings.append(text)
        return self.strings.index(text, len(self.ids))

    def collect(self, element: E) -> None:
        for name in element.attributes:
            known = IDS.get(name.removeprefix("android:"), 0) if ":" in name else 0
            if known and known not in self.ids:
                self.ids.append(known)
                self.strings.append(name.removeprefix("android:"))
        for child in element.children:
            self.collect(child)

    def name(self, name: str) -> int:
        known = IDS.get(name.removeprefix("android:"), 0) if ":" in name else 0
        return self.ids.index(known) if known else self.index(name.removeprefix("android:"))

    def element(self, element: E) -> bytes:
        tag = self.index(element.tag)
        rows = [self.attribute(name, value) for name, value in element.attributes.items()]
        head = struct.pack("<2L6H", NONE, tag, 20, self.stride, len(rows), 0, 0, 0)
        out = chunk(0x0102, head + b"".join(rows), _LINE)
        if element.text:
            out += chunk(0x0104, struct.pack("<LHBBL", self.index(element.text), 8, 0, 0, 0), _LINE)
        out += b"".join(self.element(child) for child in element.children)
        return out + chunk(0x0103, struct.pack("<2L", NONE, tag), _LINE)

    def attribute(self, name: str, value: Any) -> bytes:
        raw = NONE
        if isinstance(value, Ref):
            kind, data = 1, value.id
        elif isinstance(value, bool):
            kind, data = 0x12, NONE if value else 0
        elif isinstance(value, int):
            kind, data = 0x10, value & NONE
        else:
            kind, data = 3, self.index(value)
            raw = data
        namespace = self.index("android") if ":" in name else NONE
        row = struct.pack("<3LHBBL", namespace, self.name(name), raw, 8, 0, kind, data)
        return row.ljust(self.stride, b"\0")


_LINE = struct.pack("<2L", 1, NONE)


def axml(root: E, *, utf8: bool = False, stride: int = 20, junk: bytes = b"") -> bytes:
    """Write binary XML; ``junk`` goes between the string pool and the rest."""
    writer = _Xml(stride)
    writer.collect(root)
    body = writer.element(root)
    ids = chunk(0x0180, struct.pack(f"<{len(writer.ids)}L", *writer.ids))
    return chunk(0x0003, pool(writer.strings, utf8=utf8) + junk + ids + body)


def manifest(*children: E, application: dict[str, Any] | None = None, **attributes: Any) -> E:
    """Return a manifest of package ``com.example.lamp``; ``children`` go into the application."""
    root = {"package": "com.example.lamp", **attributes}
    return E("manifest", root, [E("application", application or {}, list(children))])


Texts = dict[str, dict[str, dict[str, Any]]]
"""Type -> name -> locale -> text, ``Ref`` or list of texts."""


def arsc(
    types: Texts, *, mode: str = "plain", utf8: bool = True, links: dict[int, str] | None = None
) -> bytes:
    """Write a resource table with one package, 0x7f; ids follow the order of ``types``.

    Args:
        types: the resources.
        mode: ``plain``, ``sparse``, ``offset16`` or ``compact``: how entries are stored.
        utf8: encoding of the pool.
        links: index of a string in the order of appearance -> target of a link in its style.
    """
    values: list[str] = []
    names = sorted({name for entries in types.values() for name in entries})
    chunks = b""
    for number, entries in enumerate(types.values(), 1):
        chunks += chunk(0x0202, b"\0" * 4 * len(entries), struct.pack("<BBHL", number, 0, 0, 0))
        locales = sorted({locale for texts in entries.values() for locale in texts})
        for locale in locales:
            chunks += _type(number, entries, locale, names, values, mode)
    type_pool, name_pool = pool(list(types)), pool(names)
    header = struct.pack("<L", 0x7F) + "com.example.lamp".encode("utf-16-le").ljust(256, b"\0")
    header += struct.pack("<5L", 288, 0, 288 + len(type_pool), 0, 0)
    package = chunk(0x0200, type_pool + name_pool + chunks, header)
    return chunk(0x0002, pool(values, utf8=utf8, links=links) + package, struct.pack("<L", 1))


def _type(  # noqa: PLR0913, PLR0917 - the parts of the format
    number: int, entries: dict[str, dict[str, Any]], locale: str, names: list[str],
    values: list[str], mode: str,
) -> bytes:  # fmt: skip
    body, offsets = b"", []
    for name, texts in entries.items():
        offsets.append(len(body) if locale in texts else None)
        if locale in texts:
            body += _entry(names.index(name), texts[locale], values, mode)
    language, _, region = locale.partition("-")
    config = struct.pack("<2L2s2s", 52, 0, language.encode(), region.encode()).ljust(52, b"\0")
    present = [(i, o) for i, o in enumerate(offsets) if o is not None]
    if mode == "sparse":
        table = b"".join(struct.pack("<2H", i, o // 4) for i, o in present)
        flags, count = 1, len(present)
    elif mode == "offset16":
        table = b"".join(struct.pack("<H", 0xFFFF if o is None else o // 4) for o in offsets)
        flags, count = 2, len(offsets)
    else:
        table = b"".join(struct.pack("<L", NONE if o is None else o) for o in offsets)
        flags, count = 0, len(offsets)
    table += b"\0" * (-len(table) % 4)
    start = 20 + len(config) + len(table)
    head = struct.pack("<BBH2L", number, flags, 0, count, start) + config
    return chunk(0x0201, table + body, head)


def _entry(name: int, value: Any, values: list[str], mode: str) -> bytes:
    if isinstance(value, list):
        items = [struct.pack("<L", NONE) + _value(item, values) for item in value]
        return struct.pack("<2H3L", 16, 1, name, 0, len(items)) + b"".join(items)
    if mode == "compact":
        kind, data = struct.unpack("<xxxBL", _value(value, values))
        return struct.pack("<2HL", name, 8 | kind << 8, data)
    return struct.pack("<2HL", 8, 0, name) + _value(value, values)


def _value(value: Any, values: list[str]) -> bytes:
    if isinstance(value, Ref):
        return struct.pack("<HBBL", 8, 0, 1, value.id)
    if isinstance(value, int):
        return struct.pack("<HBBL", 8, 0, 0x10, value)
    values.append(value)
    return struct.pack("<HBBL", 8, 0, 3, len(values) - 1)


@dataclass
class M:
    """A member of a ZIP; whatever is given is written as it is, true or false."""

    name: str
    content: bytes = b""
    method: int = 8
    """What the headers say; stored unless 8."""
    flags: int = 0
    size: int | None = None
    packed: int | None = None
    crc: int | None = None
    body: bytes | None = None
    """Written instead of the packed content."""


def zipped(*members: M, block: bytes = b"", comment: bytes = b"", zip64: bool = False) -> bytes:
    """Write a ZIP; ``block`` goes before the central directory."""
    out, directory = b"", b""
    for member in members:
        local, central = _member(member, len(out), zip64=zip64)
        out += local
        directory += central
    out += block
    start, count = len(out), len(members)
    out += directory
    if not zip64:
        tail = (0, 0, count & 0xFFFF, count & 0xFFFF, len(directory), start, len(comment))
        return out + struct.pack("<4s4H2LH", b"PK\5\6", *tail) + comment
    record = (44, 45, 45, 0, 0, count, count, len(directory), start)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, len(out), 1)
    out += struct.pack("<4sQ2H2L4Q", b"PK\6\6", *record) + locator
    return out + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, NONE, NONE, 0)


def _member(member: M, offset: int, *, zip64: bool) -> tuple[bytes, bytes]:
    name, content = member.name.encode(), member.content
    stream = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = stream.compress(content) + stream.flush() if member.method == 8 else content
    body = body if member.body is None else member.body
    size = len(content) if member.size is None else member.size
    packed = len(body) if member.packed is None else member.packed
    crc = zlib.crc32(content) if member.crc is None else member.crc
    extra = b""
    if zip64:
        extra = struct.pack("<2H3Q", 1, 24, size, packed, offset)
        size = packed = offset = NONE
    common = (member.flags, member.method, 0, 0, crc, packed, size, len(name))
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, *common, 0) + name + body
    rest = (len(extra), 0, 0, 0, 0, offset)
    central = struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, *common, *rest) + name + extra
    return local, central


def signing_block(parts: dict[int, bytes]) -> bytes:
    """Write an APK Signing Block."""
    pairs = b"".join(struct.pack("<QL", len(v) + 4, k) + v for k, v in parts.items())
    size = struct.pack("<Q", len(pairs) + 24)
    return size + pairs + size + b"APK Sig Block 42"


def signer(*ders: bytes) -> bytes:
    """Write the value of a v2 or v3 part, signed by each of the certificates."""
    return _sized(b"".join(_sized(_sized(_sized(b"") + _sized(_sized(der)))) for der in ders))


def _sized(content: bytes) -> bytes:
    return struct.pack("<L", len(content)) + content
