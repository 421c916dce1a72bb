"""Sensitive call sites: every instruction that can read PI, found by the columns."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from hongxian.sensors.app.dex.constants import constant_arguments
from hongxian.sensors.app.dex.opcodes import FIELD_REF, METHOD_REF, STRING_REF
from hongxian.sensors.app.graph.asked import Asked

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hongxian.sensors.app.dex.program import Program
    from hongxian.sensors.app.dex.tables import Dex
    from hongxian.sensors.app.graph.hierarchy import Hierarchy

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One thing to look for."""

    key: str
    owner: str | None = None
    """Class of the methods or the field, by its Java name."""
    methods: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    """Constant strings, by their beginning or ``whole``."""
    whole: bool = False
    argument: tuple[str, ...] = ()
    """The call counts only when it is handed one of these texts; a URI by its beginning."""

    def takes(self, text: str) -> bool:
        """Whether a constant argument makes the call count."""
        return any(
            text.startswith(one) if one.startswith("content://") else text == one
            for one in self.argument
        )


def find_sites(hierarchy: Hierarchy, wanted: Sequence[Wanted]) -> list[tuple[int, int]]:
    """Find all instructions that are one of the wanted things.

    Returns:
        Pairs (instruction row, place in ``wanted``), by row.
    """
    program = hierarchy.program
    pairs = [
        *_method_sites(hierarchy, wanted),
        *_field_sites(program, wanted),
        *_text_sites(program, wanted),
    ]
    return sorted(set(pairs))


def _method_sites(hierarchy: Hierarchy, wanted: Sequence[Wanted]) -> Iterable[tuple[int, int]]:
    program = hierarchy.program
    of_method = _wanted_of(hierarchy, wanted)
    words = {word for want in wanted for word in want.argument}
    asked = Asked(hierarchy, lambda text: text in words or text.startswith("content://"))
    for row in _rows_to(program, METHOD_REF, of_method):
        handed: list[tuple[int, Sequence[str]]] | None = None
        for place in of_method[int(program.row_target[row])]:
            if not wanted[place].argument:
                yield row, place
                continue
            handed = _handed(program, asked, row) if handed is None else handed
            for at, texts in handed:
                if any(map(wanted[place].takes, texts)):
                    yield at, place


def _wanted_of(hierarchy: Hierarchy, wanted: Sequence[Wanted]) -> dict[int, list[int]]:
    """Return, per method, the places of the things wanted that a call of it can be."""
    names = {name for want in wanted for name in want.methods}
    by_name = {
        name: np.array(methods, dtype=np.int64)
        for name, methods in hierarchy.methods_named(names).items()
    }
    of_method: dict[int, list[int]] = defaultdict(list)
    for place, want in enumerate(wanted):
        if want.owner is None or (owner := hierarchy.find(want.owner)) < 0:
            continue
        if want.argument and not any(_stands(hierarchy.program, one) for one in want.argument):
            continue
        for name in by_name.keys() & want.methods:
            for method in hierarchy.below(by_name[name], owner):
                of_method[method].append(place)
    return of_method


def _stands(program: Program, text: str) -> bool:
    """Whether a text, or one that goes on after it, is among the constants."""
    return any(len(strings_from(dex, text.encode())) for dex in program.dexes)


def _handed(program: Program, asked: Asked, row: int) -> list[tuple[int, Sequence[str]]]:
    """Return the texts that a call is handed, with the call that does: itself, or a helper's.

    A helper that passes its parameter on reads what its callers name: they are the sites.
    """
    texts = constant_arguments(program, row)
    return [(row, texts)] if texts else list(asked.handed(row))


def _field_sites(program: Program, wanted: Sequence[Wanted]) -> Iterable[tuple[int, int]]:
    owners: dict[int, list[int]] = defaultdict(list)
    for place, want in enumerate(wanted):
        if want.fields and want.owner is not None:
            number = program.class_numbers.get(b"L" + want.owner.replace(".", "/").encode() + b";")
            if number is not None:
                owners[number].append(place)
    of_field: dict[int, list[int]] = defaultdict(list)
    for field in np.flatnonzero(np.isin(program.field_class, list(owners))).tolist():
        name = program.field_name(field).rsplit(".", 1)[1]
        for place in owners[int(program.field_class[field])]:
            if name in wanted[place].fields:
                of_field[field].append(place)
    for row in _rows_to(program, FIELD_REF, of_field):
        for place in of_field[int(program.row_target[row])]:
            yield row, place


def _text_sites(program: Program, wanted: Sequence[Wanted]) -> Iterable[tuple[int, int]]:
    of_string: dict[int, list[int]] = defaultdict(list)
    for place, want in enumerate(wanted):
        for text in want.texts:
            for base, dex in zip(program.string_base.tolist(), program.dexes, strict=True):
                for index in strings_from(dex, text.encode()):
                    if not want.whole or dex.string_bytes(index) == text.encode():
                        of_string[base + index].append(place)
    for row in _rows_to(program, STRING_REF, of_string):
        for place in of_string[int(program.row_target[row])]:
            yield row, place


def strings_from(dex: Dex, beginning: bytes) -> range:
    """Return the indices of the strings that begin so; a DEX keeps its strings sorted."""

    def first(after: bytes, low: int) -> int:
        high = len(dex.strings)
        while low < high:
            middle = (low + high) // 2
            if dex.string_bytes(middle) < after:
                low = middle + 1
            else:
                high = middle
        return low

    start = first(beginning, 0)
    if start == len(dex.strings) or not dex.string_bytes(start).startswith(beginning):
        return range(0)
    return range(start, first(beginning + b"\xff", start))


def _rows_to(
    program: Program, form: npt.NDArray[np.bool_], targets: dict[int, list[int]]
) -> list[int]:
    """Return the instructions of a form that refer to one of the targets."""
    if not targets:
        return []
    flags = np.zeros(int(program.row_target.max(initial=0)) + 2, dtype=bool)
    flags[list(targets)] = True
    hit = np.flatnonzero(flags[program.row_target])
    found: list[int] = hit[form[program.row_opcode[hit]]].tolist()
    return found
