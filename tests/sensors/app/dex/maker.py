"""Writes small DEX files, so that a test can show what it is about: a few classes and calls."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field

Units = list[int]

STATIC, CONSTRUCTOR = 0x9, 0x10001
_INVOKE = {"virtual": 0x6E, "super": 0x6F, "direct": 0x70, "static": 0x71, "interface": 0x72}
_REFERS = {
    "iget": (0x54, "field"), "iput": (0x5B, "field"), "sget": (0x62, "field"),
    "sput": (0x69, "field"), "text": (0x1A, "text"), "new": (0x22, "type"), "cast": (0x1F, "type"),
    "class": (0x1C, "type"), "array": (0x23, "type"),
}  # fmt: skip
_PLAIN = {"result": 0x0C, "return": 0x11, "move": 0x07, "number": 0x12}


@dataclass
class Class:
    """A class: descriptor, methods by ``name(parameters)result``, supertypes."""

    name: str
    methods: dict[str, list[tuple]] = field(default_factory=dict)
    above: str = "Ljava/lang/Object;"
    interfaces: tuple[str, ...] = ()
    static: tuple[str, ...] = ()
    """Names of the methods that are static."""


class Maker:
    """Gathers what instructions refer to, then writes the file."""

    def __init__(self, classes: list[Class]) -> None:
        self.classes = classes
        self.texts: dict[str, int] = {}
        self.types: dict[str, int] = {}
        self.protos: dict[str, int] = {}
        self.fields: dict[str, int] = {}
        self.methods: dict[str, int] = {}
        self._gather()

    def _gather(self) -> None:
        for one in self.classes:
            for name in (one.name, one.above, *one.interfaces):
                self.type(name)
            for signature, code in one.methods.items():
                self.method(f"{one.name}->{signature}")
                for step in code:
                    self.units(step)
        order = sorted(self.texts, key=str.encode)
        self.texts = {text: number for number, text in enumerate(order)}

    def text(self, text: str) -> int:
        return self.texts.setdefault(text, len(self.texts))

    def type(self, name: str) -> int:
        self.text(name)
        return self.types.setdefault(name, len(self.types))

    def proto(self, signature: str) -> int:
        self.text("V")
        for name in split(signature):
            self.type(name)
        return self.protos.setdefault(signature, len(self.protos))

    def method(self, full: str) -> int:
        owner, _, rest = full.partition("->")
        name, _, proto = rest.partition("(")
        self.type(owner)
        self.text(name)
        self.proto("(" + proto)
        return self.methods.setdefault(full, len(self.methods))

    def field(self, full: str) -> int:
        owner, name, kind = re.split("->|:", full)
        self.type(owner)
        self.text(name)
        self.type(kind)
        return self.fields.setdefault(full, len(self.fields))

    def units(self, step: tuple) -> Units:
        """Return the units of one instruction: ``("virtual", "La;->run()V", 0)`` and so on."""
        name, *rest = step
        if name in _INVOKE:
            return self._many(_INVOKE[name], self.method(rest[0]), rest[1:])
        if name == "filled":
            return self._many(0x24, self.type(rest[0]), rest[1:])
        if name == "aput":
            return [0x4D | rest[0] << 8, rest[1] | rest[2] << 8]
        if name == "units":
            return rest
        if name in _PLAIN:
            return [_PLAIN[name] | _packed(rest) << 8]
        opcode, refer = _REFERS[name]
        return [opcode | _packed(rest[1:]) << 8, getattr(self, refer)(rest[0])]

    def _many(self, opcode: int, index: int, registers: list[int]) -> Units:
        packed = sum(one << 4 * place for place, one in enumerate(registers[:4]))
        return [opcode | len(registers) << 12, index, packed]

    def write(self) -> bytes:
        """Return the file."""
        tables = (self.texts, self.types, self.protos, self.fields, self.methods, self.classes)
        sizes = list(zip(map(len, tables), (4, 4, 12, 8, 8, 32), strict=True))
        places, at = [], 0x70
        for count, size in sizes:
            places.append(at)
            at += count * size
        data = _Data(at)
        strings = [data.put(bytes([len(text)]) + text.encode() + b"\0") for text in self.texts]
        written = [
            b"".join(struct.pack("<I", one) for one in strings),
            b"".join(struct.pack("<I", self.texts[name]) for name in self.types),
            b"".join(self._proto(data, signature) for signature in self.protos),
            b"".join(self._member(*re.split("->|:", full)) for full in self.fields),
            b"".join(self._method(full) for full in self.methods),
            b"".join(self._class(data, one) for one in self.classes),
        ]
        end = data.put(struct.pack("<I", 0), 4)
        head = b"dex\n035\0" + bytes(24)
        head += struct.pack("<3I", data.end, 0x70, 0x12345678) + struct.pack("<3I", 0, 0, end)
        for (count, _), place in zip(sizes, places, strict=True):
            head += struct.pack("<2I", count, place if count else 0)
        return (head + struct.pack("<2I", data.end - at, at)) + b"".join(written) + data.bytes

    def _proto(self, data: _Data, signature: str) -> bytes:
        result, *parameters = split(signature)
        place = 0
        if parameters:
            kinds = [self.types[name] for name in parameters]
            place = data.put(struct.pack(f"<I{len(kinds)}H", len(kinds), *kinds), 4)
        return struct.pack("<3I", self.texts["V"], self.types[result], place)

    def _member(self, owner: str, name: str, kind: str) -> bytes:
        return struct.pack("<2HI", self.types[owner], self.types[kind], self.texts[name])

    def _method(self, full: str) -> bytes:
        owner, _, rest = full.partition("->")
        name, _, proto = rest.partition("(")
        return struct.pack("<2HI", self.types[owner], self.protos["(" + proto], self.texts[name])

    def _class(self, data: _Data, one: Class) -> bytes:
        kinds = [self.types[name] for name in one.interfaces]
        interfaces = data.put(struct.pack(f"<I{len(kinds)}H", len(kinds), *kinds), 4)
        numbered = sorted((self.methods[f"{one.name}->{s}"], s) for s in one.methods)
        direct = [(n, s) for n, s in numbered if self._access(one, s) & 0x10008]
        virtual = [(n, s) for n, s in numbered if not self._access(one, s) & 0x10008]
        raw = leb(0) + leb(0) + leb(len(direct)) + leb(len(virtual))
        for group in (direct, virtual):
            before = 0
            for number, signature in group:
                code = self._code(data, one.methods[signature])
                raw += leb(number - before) + leb(self._access(one, signature)) + leb(code)
                before = number
        return struct.pack(
            "<8I", self.types[one.name], 1, self.types[one.above], interfaces if kinds else 0,
            0xFFFFFFFF, 0, data.put(raw), 0,
        )  # fmt: skip

    def _access(self, one: Class, signature: str) -> int:
        name = signature.partition("(")[0]
        if name.startswith("<"):
            return CONSTRUCTOR | (8 if name == "<clinit>" else 0)
        return STATIC if name in one.static else 1

    def _code(self, data: _Data, steps: list[tuple]) -> int:
        units = [unit for step in steps for unit in self.units(step)] + [0x0E]
        head = struct.pack("<4H2I", 16, 4, 4, 0, 0, len(units))
        return data.put(head + struct.pack(f"<{len(units)}H", *units), 4)


class _Data:
    def __init__(self, start: int) -> None:
        self.start, self.bytes = start, b""

    @property
    def end(self) -> int:
        return self.start + len(self.bytes)

    def put(self, raw: bytes, align: int = 1) -> int:
        self.bytes += bytes(-self.end % align)
        place = self.end
        self.bytes += raw
        return place


def dex(*classes: Class) -> bytes:
    """Return a DEX file with these classes."""
    return Maker(list(classes)).write()


def _packed(registers: list[int]) -> int:
    """Return one register of eight bits, or two of four."""
    return registers[0] if len(registers) == 1 else registers[0] | registers[1] << 4


def split(signature: str) -> list[str]:
    """Return result type and parameter types of ``(parameters)result``."""
    parameters, _, result = signature[1:].partition(")")
    return [result, *re.findall(r"\[*(?:L[^;]+;|[A-Z])", parameters)]


def leb(value: int) -> bytes:
    """Return a number as ULEB128."""
    out = b""
    while value > 0x7F:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])
