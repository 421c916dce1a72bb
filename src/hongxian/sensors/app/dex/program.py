"""All DEX files of a package as one program: one number per class, method and signature.

Numbers of different DEX files become one by name; where two files define the same class, the
first one counts, as on a device.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from hongxian.sensors.app.dex.classes import Definitions, read_definitions, spread
from hongxian.sensors.app.dex.code import Code, read_code
from hongxian.sensors.app.dex.opcodes import METHOD_REF, STRING_REF, TYPE_REF
from hongxian.sensors.app.dex.tables import NO_INDEX, Dex, read_dex
from hongxian.sensors.app.package.faults import PackageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Ints = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int32]

NAME_BITS = 20
"""A signature key is name number and proto number, so many bits for the latter."""


@dataclass(slots=True, kw_only=True)
class Program:
    """Columns of the whole program. A *body* is a code item; a *method* is a (class, signature)."""

    dexes: list[Dex] = field(default_factory=list)
    class_names: list[bytes] = field(default_factory=list)
    """Descriptors, such as ``b"Lcom/example/A;"``; the place is the class number."""
    class_numbers: dict[bytes, int] = field(default_factory=dict)
    names: list[bytes] = field(default_factory=list)
    """Method names."""
    name_numbers: dict[bytes, int] = field(default_factory=dict)
    protos: list[tuple[int, bytes]] = field(default_factory=list)
    """Class number of the return type; class numbers of the parameter types, as 32-bit bytes."""
    parent: Numbers
    """Superclass by class number; -1 where the program does not define the class."""
    class_defined: npt.NDArray[np.bool_]
    """Whether the program defines the class, or only names it."""
    interfaces: list[tuple[int, int]]
    """(class, interface) pairs."""
    method_class: Numbers
    method_signature: Ints
    """Per method: name number << NAME_BITS | proto number."""
    method_key: Ints
    """Per method, ascending: class number << 40 | signature."""
    method_body: Numbers
    """Per method: its body, -1 when the program has none for it."""
    method_access: Numbers
    """Access flags of defined methods, -1 of others."""
    body_method: Numbers
    """Per body: a method that has it."""
    body_dex: Numbers
    body_start: Ints
    """Per body: place of its first instruction in its DEX, in 16-bit units."""
    body_first: Ints
    """Per body, and one more: its first row in the instruction columns."""
    row_body: Numbers
    row_at: Numbers
    """Per kept instruction: its place in its DEX, in 16-bit units."""
    row_opcode: npt.NDArray[np.uint8]
    row_target: Ints
    """Method, class, string or field number, by opcode; -1 for call sites made at run time."""
    string_base: Ints
    """Per DEX: number of its first string."""
    field_base: Ints
    """Per DEX: number of its first field."""
    field_class: Numbers
    """Per field: the class that the reference names."""
    field_type: Numbers
    """Per field: the class of what it holds."""
    broken: int = 0
    """Bodies that could not be read to their end."""

    def class_name(self, number: int) -> str:
        """Return a class as Java writes it: ``com.example.A``."""
        text = self.class_names[number].decode("utf-8", "replace")
        return text[1:-1].replace("/", ".") if text.startswith("L") else text

    def method_name(self, method: int) -> str:
        """Return ``com.example.A.run``."""
        name = self.names[int(self.method_signature[method]) >> NAME_BITS]
        owner = self.class_name(int(self.method_class[method]))
        return f"{owner}.{name.decode('utf-8', 'replace')}"

    def proto_of(self, method: int) -> list[int]:
        """Return the class numbers of a method's return type and parameter types."""
        signature = int(self.method_signature[method])
        returns, parameters = self.protos[signature & ((1 << NAME_BITS) - 1)]
        return [returns, *np.frombuffer(parameters, dtype=np.int32).tolist()]

    def string(self, number: int) -> str:
        """Return a string constant; an empty one when the reference led nowhere."""
        if number < 0:
            return ""
        dex = int(np.searchsorted(self.string_base, number, side="right")) - 1
        return self.dexes[dex].string(number - int(self.string_base[dex]))

    def field_name(self, number: int) -> str:
        """Return a field as ``android.os.Build.SERIAL``; empty when the reference led nowhere."""
        if number < 0:
            return ""
        index = int(np.searchsorted(self.field_base, number, side="right")) - 1
        dex = self.dexes[index]
        row = dex.fields[number - int(self.field_base[index])]
        owner = dex.string_bytes(int(dex.types[row["owner"]])).decode("utf-8", "replace")
        return f"{owner[1:-1].replace('/', '.')}.{dex.string(int(row['name']))}"

    def locate(self, row: int) -> str:
        """Return where an instruction stands: file, method and offset in its code."""
        body = int(self.row_body[row])
        dex = self.dexes[int(self.body_dex[body])]
        offset = int(self.row_at[row]) - int(self.body_start[body])
        return f"{dex.name} {self.method_name(int(self.body_method[body]))} +0x{offset:x}"

    def find_method(self, owner: int, signature: int) -> int:
        """Return the number of a method, -1 when nothing names it."""
        key = (owner << 40) | signature
        place = int(np.searchsorted(self.method_key, key))
        found = place < self.method_key.size and int(self.method_key[place]) == key
        return place if found else -1


def read_program(files: Iterable[tuple[str, bytes]]) -> Program:
    """Read DEX files to one program.

    Raises:
        PackageError: a file is no DEX or its tables are broken.
    """
    merge = _Merge()
    for name, raw in files:
        for dex in read_dex(raw, name):
            merge.add(dex)
    return merge.program()


class _Merge:
    """Gathers the DEX files, then makes the columns."""

    def __init__(self) -> None:
        self.dexes: list[Dex] = []
        self.classes: dict[bytes, int] = {}
        self.names: dict[bytes, int] = {}
        self.protos: dict[tuple[int, bytes], int] = {}
        self.types: list[Numbers] = []
        self.keys: list[Ints] = []
        self.definitions: list[Definitions] = []
        self.codes: list[Code] = []
        self.parents: dict[int, int] = {}
        self.interfaces: list[tuple[int, int]] = []

    def add(self, dex: Dex) -> None:
        types = np.array(_numbers(self.classes, texts(dex, dex.types)), dtype=np.int32)
        first = self._hierarchy(dex, types)
        definitions = read_definitions(dex)
        own = first[definitions.class_def]
        if not own.all():
            definitions = _choose(definitions, own)
        self.dexes.append(dex)
        self.types.append(types)
        self.keys.append(self._method_keys(dex, types))
        self.definitions.append(definitions)
        self.codes.append(read_code(dex, definitions.code))

    def _hierarchy(self, dex: Dex, types: Numbers) -> npt.NDArray[np.bool_]:
        """Take super classes and interfaces; say which class definitions are the first ones."""
        first = np.ones(len(dex.classes), dtype=bool)
        columns = (dex.classes[name].tolist() for name in ("type", "super", "interfaces"))
        for row, (own, parent, interfaces) in enumerate(zip(*columns, strict=True)):
            number = int(types[own])
            if number in self.parents:
                first[row] = False
                continue
            self.parents[number] = -1 if parent == NO_INDEX else int(types[parent])
            self.interfaces += [
                (number, int(types[i])) for i in dex.type_list(interfaces) if i < len(types)
            ]
        return first

    def _method_keys(self, dex: Dex, types: Numbers) -> Ints:
        used, place = np.unique(dex.methods["name"], return_inverse=True)
        names = np.array(_numbers(self.names, texts(dex, used)), dtype=np.int64)[place]
        protos = np.array(self._protos(dex, types), dtype=np.int64)
        owners = types[dex.methods["owner"]].astype(np.int64)
        proto = protos[dex.methods["proto"]] if protos.size else np.zeros(0, np.int64)
        keys: Ints = (owners << 40) | (names << NAME_BITS) | proto
        return keys

    def _protos(self, dex: Dex, types: Numbers) -> list[int]:
        """Return the number of each proto: its return type and parameter types, all at once."""
        offsets, place = np.unique(dex.protos["parameters"], return_inverse=True)
        flat, ends = _type_lists(dex, offsets.astype(np.int64))
        packed = types[flat].tobytes()
        size = types.itemsize
        starts = [0, *ends]
        lists = [packed[size * a : size * b] for a, b in zip(starts, ends, strict=False)]
        numbers, returns = self.protos, types[dex.protos["returns"]].tolist()
        return [
            numbers.setdefault((own, lists[i]), len(numbers))
            for own, i in zip(returns, place.tolist(), strict=True)
        ]

    def program(self) -> Program:
        keys = np.concatenate([*self.keys, np.zeros(0, np.int64)])
        method_key, number = np.unique(keys, return_inverse=True)
        maps = np.split(number, np.cumsum([key.size for key in self.keys])[:-1])
        body = np.full(method_key.size, -1, dtype=np.int32)
        access = np.full(method_key.size, -1, dtype=np.int32)
        bodies = _offsets([code.offsets.size for code in self.codes])
        owner = np.full(int(bodies[-1]), -1, dtype=np.int32)
        for base, methods, made, code in zip(
            bodies.tolist(), maps, self.definitions, self.codes, strict=False
        ):
            _place_bodies(base, methods, made, code, (body, access, owner))
        rows = _Rows(self, maps, bodies)
        parent = np.full(len(self.classes), -1, dtype=np.int32)
        defined = np.zeros(len(self.classes), dtype=bool)
        if self.parents:
            parent[list(self.parents)] = list(self.parents.values())
            defined[list(self.parents)] = True
        return Program(
            dexes=self.dexes, class_names=list(self.classes), class_numbers=self.classes,
            names=list(self.names), name_numbers=self.names, protos=list(self.protos),
            parent=parent, class_defined=defined, interfaces=self.interfaces,
            method_class=(method_key >> 40).astype(np.int32),
            method_signature=method_key & ((1 << 40) - 1), method_key=method_key,
            method_body=body, method_access=access, body_method=owner,
            body_dex=np.repeat(np.arange(len(self.codes), dtype=np.int32), np.diff(bodies)),
            body_start=_join([code.start for code in self.codes], np.int64),
            body_first=rows.body_first, row_body=rows.body, row_at=rows.at,
            row_opcode=rows.opcode, row_target=rows.target,
            string_base=rows.string_base[:-1], field_base=rows.field_base[:-1],
            field_class=self._of_fields("owner"), field_type=self._of_fields("type"),
            broken=sum(code.broken for code in self.codes),
        )  # fmt: skip

    def _of_fields(self, column: str) -> Numbers:
        pairs = zip(self.dexes, self.types, strict=True)
        return _join([types[dex.fields[column]] for dex, types in pairs], np.int32)


class _Rows:
    """The instruction columns of all DEX files, one behind the other."""

    def __init__(self, merge: _Merge, methods: list[Ints], bodies: Ints) -> None:
        self.string_base = _offsets([len(dex.strings) for dex in merge.dexes])
        self.field_base = _offsets([len(dex.fields) for dex in merge.dexes])
        self.at = _join([code.at for code in merge.codes], np.int32)
        self.opcode = _join([code.opcode for code in merge.codes], np.uint8)
        self.body = _join(
            [code.item + base for code, base in zip(merge.codes, bodies.tolist(), strict=False)],
            np.int32,
        )
        count = np.bincount(self.body, minlength=int(bodies[-1]))
        self.body_first = np.concatenate([[0], np.cumsum(count)])
        self.target = _join(
            [
                _targets(
                    code,
                    (methods[i], merge.types[i]),
                    range(*self.string_base[i : i + 2].tolist()),
                    range(*self.field_base[i : i + 2].tolist()),
                )
                for i, code in enumerate(merge.codes)
            ],
            np.int64,
        )


def _targets(code: Code, maps: tuple[Ints, Numbers], strings: range, fields: range) -> Ints:
    target = code.index.astype(np.int64)
    chosen = np.full(target.size, -1, dtype=np.int64)
    for wanted, numbers in ((METHOD_REF, maps[0]), (TYPE_REF, maps[1])):
        rows = np.flatnonzero(wanted[code.opcode])
        rows = rows[target[rows] < numbers.size]
        chosen[rows] = numbers[target[rows]]
    is_field = (code.opcode >= 0x52) & (code.opcode <= 0x6D)
    for kind, place in ((STRING_REF[code.opcode], strings), (is_field, fields)):
        rows = np.flatnonzero(kind)
        rows = rows[target[rows] < len(place)]
        chosen[rows] = target[rows] + place.start
    return chosen


def _place_bodies(
    base: int, methods: Ints, made: Definitions, code: Code, columns: tuple[Numbers, ...]
) -> None:
    body, access, owner = columns
    number = methods[made.method]
    access[number] = made.access
    row = np.searchsorted(code.offsets, made.code)
    row = np.minimum(row, max(code.offsets.size - 1, 0))
    has = np.flatnonzero(made.code > 0)
    if code.offsets.size:
        has = has[code.offsets[row[has]] == made.code[has]]
        body[number[has]] = base + row[has]
        owner[base + row[has]] = number[has]


def texts(dex: Dex, strings: npt.NDArray[np.uint32]) -> list[bytes]:
    """Return strings by index, as MUTF-8 bytes."""
    raw, find = dex.raw, dex.raw.find
    return [raw[start : find(b"\0", start)] for start in dex.strings[strings].tolist()]


def _numbers(numbers: dict[bytes, int], found: list[bytes]) -> list[int]:
    """Return the number of each text, new texts counted on."""
    return [numbers.setdefault(text, len(numbers)) for text in found]


def _type_lists(dex: Dex, offsets: Ints) -> tuple[Ints, list[int]]:
    """Return the type indices of many type lists, one behind the other, and where each ends."""
    where = f"{dex.name}: proto_ids"
    if offsets.size and int(offsets.max()) + 4 > dex.data.size:
        raise PackageError(where, "dex_parameters_outside")
    heads = [dex.data[offsets + i].astype(np.int64) << (8 * i) for i in range(4)]
    count = np.where(offsets > 0, sum(heads, np.zeros(offsets.size, np.int64)), 0)
    if offsets.size and int((offsets + 4 + 2 * count).max()) > dex.data.size:
        raise PackageError(where, "dex_parameters_beyond")
    at = np.repeat(offsets + 4, count) + 2 * spread(count)
    flat = dex.data[at].astype(np.int64) | dex.data[at + 1].astype(np.int64) << 8
    if flat.size and int(flat.max()) >= len(dex.types):
        raise PackageError(where, "dex_parameters_type")
    return flat, np.cumsum(count).tolist()


def _choose(made: Definitions, wanted: npt.NDArray[np.bool_]) -> Definitions:
    return Definitions(
        class_def=made.class_def[wanted], method=made.method[wanted],
        access=made.access[wanted], code=made.code[wanted], virtual=made.virtual[wanted],
    )  # fmt: skip


def _offsets(sizes: list[int]) -> Ints:
    return np.concatenate([[0], np.cumsum(np.array(sizes, dtype=np.int64))]).astype(np.int64)


def _join(parts: Sequence[npt.NDArray[Any]], dtype: type) -> npt.NDArray[Any]:
    """Return arrays one behind the other, also when there is none."""
    joined: npt.NDArray[Any] = np.concatenate([*parts, np.zeros(0, dtype=dtype)])
    return joined.astype(dtype, copy=False)
