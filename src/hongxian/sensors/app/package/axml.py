"""Binary XML of Android packages (``ResXMLTree`` in AOSP's ``ResourceTypes.h``).

As on a device, an attribute is known by its resource id first and by its name second: tools
against analysis rename, empty or double the names, and the system never looks at them.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

import numpy as np

from hongxian.sensors.app.package.faults import PackageError
from hongxian.sensors.app.package.pool import NONE, StringPool

_POOL, _RESOURCE_MAP, _START, _END, _TEXT = 0x0001, 0x0180, 0x0102, 0x0103, 0x0104
_XML = 0x0003
_NODES = range(0x0100, 0x0180)
_CHUNK = struct.Struct("<2HL")
_ELEMENT = struct.Struct("<2L6H")
_ATTRIBUTE = struct.Struct("<3LHBBL")

TYPE_REFERENCE, TYPE_STRING, TYPE_BOOLEAN = 0x01, 0x03, 0x12
"""Types of a value; 0x10 and above are integers of some kind."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute: its id (0 when it has none), name, and typed value."""

    id: int
    name: str
    kind: int
    data: int
    text: str | None
    """The string, when the value is one."""


@dataclass(slots=True)
class Element:
    """One element with its attributes, children and text."""

    tag: str
    attributes: list[Attribute] = field(default_factory=list)
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def find(self, name: str, identifier: int = 0) -> Attribute | None:
        """Return the attribute with an id, or else the one without id that has the name."""
        by_name = None
        for attribute in self.attributes:
            if identifier and attribute.id == identifier:
                return attribute
            if by_name is None and not attribute.id and attribute.name == name:
                by_name = attribute
        return by_name

    def all(self, *tags: str) -> list[Element]:
        """Return the children that have one of the tags."""
        return [child for child in self.children if child.tag in tags]


@dataclass(slots=True)
class Document:
    """A parsed file: the root, the tricks that were met, and where it broke off."""

    root: Element
    tricks: list[str] = field(default_factory=list)
    """Words for what is not as the tools write it, such as ``junk chunk``."""
    broken_at: int | None = None


def parse(data: bytes, where: str) -> Document:
    """Parse binary XML.

    Args:
        data: the whole file.
        where: its name, for the error line.

    Raises:
        PackageError: there is not one element in it.
    """
    if len(data) < _CHUNK.size:
        raise PackageError(where, "xml_short")
    reader = _Reader(data)
    reader.run()
    if not reader.root.children:
        raise PackageError(where, "xml_no_root")
    return Document(reader.root.children[0], reader.tricks, reader.broken_at)


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.pool = StringPool(data, 0, 0)
        self.ids: list[int] = []
        self.root = Element("")
        self.stack = [self.root]
        self.tricks: list[str] = []
        self.broken_at: int | None = None

    def run(self) -> None:
        kind, header, size = _CHUNK.unpack_from(self.data)
        if kind != _XML:
            self._trick("wrong magic")
        if size != len(self.data):
            self._trick("wrong file size")
        end = min(size, len(self.data)) if size > _CHUNK.size else len(self.data)
        place = header if _CHUNK.size <= header < end else _CHUNK.size
        while place + _CHUNK.size <= end:
            kind, header, size = _CHUNK.unpack_from(self.data, place)
            if size < _CHUNK.size or header < _CHUNK.size or place + size > end:
                self.broken_at = place
                return
            self._chunk(kind, place, header, size)
            place += size

    def _chunk(self, kind: int, place: int, header: int, size: int) -> None:
        if kind == _START:
            self._start(place + header, place + size)
        elif kind == _END:
            if len(self.stack) > 1:
                self.stack.pop()
        elif kind == _TEXT:
            if header + 4 <= size:
                index = struct.unpack_from("<L", self.data, place + header)[0]
                self.stack[-1].text += self.pool.get(index)
        elif kind == _POOL:
            self._strings(place, size)
        elif kind == _RESOURCE_MAP:
            first = min(place + header, place + size)
            count = (place + size - first) // 4
            self.ids = np.frombuffer(self.data, "<u4", count, first).tolist()
        elif kind not in _NODES:
            self._trick("junk chunk")

    def _strings(self, place: int, size: int) -> None:
        if len(self.pool):
            self._trick("second string pool")
            return
        self.pool = StringPool(self.data, place, place + size)
        if self.pool.damaged:
            self._trick("string pool out of range")

    def _start(self, place: int, end: int) -> None:
        if place + _ELEMENT.size > end:
            self._trick("short element")
            return
        _, name, first, stride, count, *_ = _ELEMENT.unpack_from(self.data, place)
        if count and stride != _ATTRIBUTE.size:
            self._trick("attribute size")
        element = Element(self.pool.get(name))
        place, stride = place + first, max(stride, _ATTRIBUTE.size)
        fitting = max(0, (end - place - _ATTRIBUTE.size) // stride + 1)
        if fitting < count:
            self._trick("attributes out of range")
        for _ in range(min(count, fitting)):
            element.attributes.append(self._attribute(place))
            place += stride
        self.stack[-1].children.append(element)
        self.stack.append(element)

    def _attribute(self, place: int) -> Attribute:
        _, name, raw, _, _, kind, data = _ATTRIBUTE.unpack_from(self.data, place)
        identifier = self.ids[name] if name < len(self.ids) else 0
        text = None
        if kind == TYPE_STRING:
            text = self.pool.get(data)
        elif raw != NONE and kind == 0:
            text = self.pool.get(raw)
        return Attribute(identifier, self.pool.get(name), kind, data, text)

    def _trick(self, word: str) -> None:
        if word not in self.tricks:
            self.tricks.append(word)
