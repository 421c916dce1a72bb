"""Our side of the comparison with dexllm: who calls the APIs of dangerous permissions.

    python callers_ours.py APK FOLDER

FOLDER holds dexllm's permission map (perm_api.json, perm_levels.json): the same table for both.
"""

from __future__ import annotations

import json
import os
import sys
from bisect import bisect_left
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as `hongxian audit` does

import numpy as np
from dexfiles import dex_files

from hongxian.sensors.app.dex.classes import read_definitions
from hongxian.sensors.app.dex.code import read_code
from hongxian.sensors.app.dex.opcodes import METHOD_REF
from hongxian.sensors.app.dex.tables import Dex, read_dex

if TYPE_CHECKING:
    from collections.abc import Iterator

_PRIMITIVES = {
    "I": "int", "J": "long", "Z": "boolean", "D": "double", "F": "float", "B": "byte",
    "S": "short", "C": "char", "V": "void",
}  # fmt: skip

Types = tuple[str, ...]
Hit = tuple[str, str]
"""A permission, and the entry of the map that names it."""


class Table:
    """Which overload of a method needs which dangerous permission."""

    def __init__(self, folder: Path) -> None:
        """Read the map; an entry without parameters is a constant, not a call."""
        apis = json.loads((folder / "perm_api.json").read_text())
        levels = json.loads((folder / "perm_levels.json").read_text())
        self.wanted: dict[Hit, list[tuple[Hit, str]]] = defaultdict(list)
        self.overloads: dict[Hit, set[str]] = defaultdict(set)
        for permission, entries in apis.items():
            dangerous = levels.get(permission) == "dangerous"
            for entry in entries:
                where, paren, rest = entry.partition("(")
                if not paren:
                    continue
                owner, _, name = where.partition("#")
                key = owner.replace("$", "."), "<init>" if owner.endswith(f".{name}") else name
                self.overloads[key].add(rest[:-1])
                if dangerous:
                    self.wanted[key].append(((permission, entry), rest[:-1]))
        self.owners = {owner for owner, _ in self.wanted}
        self.roots = {f"L{owner.split('.', maxsplit=1)[0]}/".encode() for owner in self.owners}

    def matches(self, owner: str, name: str, found: Types) -> Iterator[Hit]:
        """Yield what a method needs: told apart by types only where there are overloads."""
        key = _java_name(owner), name
        if key not in self.wanted:
            return
        overloads = [_kinds(text) for text in self.overloads[key]]
        for hit, text in self.wanted[key]:
            types = _kinds(text)
            alike = {one for one in overloads if len(one) == len(types)}
            if len(overloads) == 1 or (
                len(found) == len(types) and (len(alike) == 1 or found == types)
            ):
                yield hit


def answer(apk: Path, table: Table) -> set[tuple[str, str, str]]:
    """Return (permission, API, caller) of every call."""
    dexes = [dex for name, raw in dex_files(apk) for dex in read_dex(raw, name)]
    return {row for place, dex in enumerate(dexes) for row in _calls(dex, table, dexes[:place])}


def _calls(dex: Dex, table: Table, earlier: list[Dex]) -> Iterator[tuple[str, str, str]]:
    hits = dict(_targets(dex, table))
    if not hits:
        return
    seen = {
        one.string_bytes(index)
        for one in earlier
        for index in one.types[one.classes["type"]].tolist()
    }
    made = read_definitions(dex)
    code = read_code(dex, made.code)
    rows = np.flatnonzero(METHOD_REF[code.opcode])
    rows = rows[np.isin(code.index[rows], list(hits))]
    owner = np.zeros(code.offsets.size, dtype=np.int64)
    has = np.flatnonzero(made.code > 0)
    owner[np.searchsorted(code.offsets, made.code[has])] = made.method[has]
    for row in rows.tolist():
        caller = int(owner[code.item[row]])
        if _owner(dex, caller).encode() in seen:
            continue  # a device loads the copy in the earlier file
        for hit in hits[int(code.index[row])]:
            yield (*hit, _descriptor(dex, caller))


def _targets(dex: Dex, table: Table) -> Iterator[tuple[int, list[Hit]]]:
    """Yield the methods that the map names, by their index."""
    types = [kind for root in table.roots for kind in _types_from(dex, root)
             if _java_name(_type(dex, kind)) in table.owners]  # fmt: skip
    for method in np.flatnonzero(np.isin(dex.methods["owner"], types)).tolist():
        kinds = tuple(map(_java, _parameters(dex, method)))
        if found := list(table.matches(_owner(dex, method), _name(dex, method), kinds)):
            yield method, found


def _types_from(dex: Dex, root: bytes) -> range:
    """Return the types that begin so; a DEX keeps them sorted."""
    types = range(len(dex.types))

    def text(kind: int) -> bytes:
        return dex.string_bytes(int(dex.types[kind]))

    return range(bisect_left(types, root, key=text), bisect_left(types, root + b"\xff", key=text))


def _type(dex: Dex, kind: int) -> str:
    return dex.string(int(dex.types[kind]))


def _java_name(descriptor: str) -> str:
    return descriptor[1:-1].replace("/", ".").replace("$", ".")


def _owner(dex: Dex, method: int) -> str:
    return _type(dex, int(dex.methods["owner"][method]))


def _name(dex: Dex, method: int) -> str:
    return dex.string(int(dex.methods["name"][method]))


def _parameters(dex: Dex, method: int) -> list[str]:
    proto = dex.protos[int(dex.methods["proto"][method])]
    return [_type(dex, kind) for kind in dex.type_list(int(proto["parameters"]))]


def _descriptor(dex: Dex, method: int) -> str:
    proto = dex.protos[int(dex.methods["proto"][method])]
    returns = _type(dex, int(proto["returns"]))
    kinds = "".join(_parameters(dex, method))
    return f"{_owner(dex, method)}->{_name(dex, method)}({kinds}){returns}"


def _kinds(text: str) -> Types:
    """Return simple type names; ``5args`` stands for five of any type."""
    if text.endswith("args") and text[:-4].isdigit():
        return ("*",) * int(text[:-4])
    return tuple(map(_simple, _parts(text)))


def _parts(text: str) -> list[str]:
    """Split parameters at the commas that stand in no angle brackets."""
    parts, depth = [""], 0
    for char in text:
        depth += (char == "<") - (char == ">")
        if char == "," and depth == 0:
            parts.append("")
        elif depth == 0 and char != ">":
            parts[-1] += char
    return [part.strip() for part in parts if part.strip()]


def _simple(kind: str) -> str:
    arrays = kind.count("[]") + kind.endswith("...")
    return kind.replace("[]", "").removesuffix("...").rsplit(".", 1)[-1] + "[]" * arrays


def _java(descriptor: str) -> str:
    plain = descriptor.lstrip("[")
    arrays = "[]" * (len(descriptor) - len(plain))
    kind = _PRIMITIVES.get(plain) or plain[1:-1].replace("$", "/").rsplit("/", 1)[-1]
    return kind + arrays


if __name__ == "__main__":
    result = answer(Path(sys.argv[1]), Table(Path(sys.argv[2])))
    sys.stdout.writelines("\t".join(line) + "\n" for line in sorted(result))
