"""Consent gates: a check of the person's consent that guards a part of a body.

A *check* is a call that returns a truth value and is handed a constant text that names consent
(``getBoolean("privacy_agreed", false)``), a method or field whose own name does (``isAgreed()``),
a method that makes such a check and returns a truth value, or one that the configuration names.
What runs only through the branch where consent was given is *closed*: a search for what happens
before consent does not follow it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from hongxian.sensors.app.dex.classes import spread
from hongxian.sensors.app.dex.constants import body_of, constant_arguments
from hongxian.sensors.app.dex.flow import IF_EQZ, IF_NEZ, Body
from hongxian.sensors.app.dex.opcodes import METHOD_REF, STRING_REF
from hongxian.sensors.app.dex.program import NAME_BITS

if TYPE_CHECKING:
    from collections.abc import Collection

    from hongxian.sensors.app.dex.program import Program
    from hongxian.sensors.app.graph.gate_words import GateWords
    from hongxian.sensors.app.graph.reach import Flags

MOVE_RESULT, XOR_LITERAL = 0x0A, (0xD7, 0xDF)
READS_BOOLEAN = (0x55, 0x63)
"""``iget-boolean`` and ``sget-boolean``."""
SMALL = 24
"""A method with more kept instructions does more than answer whether consent was given."""
NEAR = 12
"""So many instructions behind the check at most the branch on it is looked for."""


def closed_rows(program: Program, reached: Flags, words: GateWords) -> Flags:
    """Return the instructions that run only after consent was found given.

    Args:
        program: the program.
        reached: methods to look at (those that run before consent when nothing is closed).
        words: what names a check.
    """
    closed = np.zeros(program.row_at.size, dtype=bool)
    bodies = np.unique(program.method_body[np.flatnonzero(reached)])
    rows = _rows(program, bodies[bodies >= 0])
    checks = _direct_checks(program, rows, words)
    checks |= _method_checks(program, rows, checks, words)
    by_body: dict[int, list[tuple[int, bool]]] = {}
    for row, meaning in checks.items():
        by_body.setdefault(int(program.row_body[row]), []).append((row, meaning))
    for number, found in by_body.items():
        _close(program, number, found, closed)
    return closed


def agree_handlers(program: Program, words: GateWords) -> Flags:
    """Return the methods whose name says that they run when the person agrees."""
    numbers = [program.name_numbers.get(name.encode(), -1) for name in words.handlers]
    found: Flags = np.isin(program.method_signature >> NAME_BITS, numbers)
    return found


def _rows(program: Program, bodies: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
    first = program.body_first[bodies]
    count = program.body_first[bodies + 1] - first
    return np.repeat(first, count) + spread(count)


def _direct_checks(
    program: Program, rows: npt.NDArray[np.int64], words: GateWords
) -> dict[int, bool]:
    """Find calls handed a consent key, and reads of consent-named boolean fields."""
    opcode = program.row_opcode[rows]
    checks: dict[int, bool] = {}
    keyed = rows[STRING_REF[opcode]]
    bodies = {
        int(program.row_body[row])
        for row in keyed.tolist()
        if words.meaning(program.string(int(program.row_target[row]))) is not None
    }
    calls = rows[METHOD_REF[opcode]]
    calls = calls[np.isin(program.row_body[calls], list(bodies))] if bodies else calls[:0]
    for row in calls[_returns_boolean(program, program.row_target[calls])].tolist():
        for text in constant_arguments(program, row):
            if (meaning := words.meaning(text)) is not None:
                checks[row] = meaning
    for row in rows[np.isin(opcode, READS_BOOLEAN)].tolist():
        name = program.field_name(int(program.row_target[row]))
        if (meaning := words.meaning(name.rpartition(".")[2])) is not None:
            checks[row] = meaning
    return checks


def _method_checks(
    program: Program,
    rows: npt.NDArray[np.int64],
    direct: dict[int, bool],
    words: GateWords,
) -> dict[int, bool]:
    """Find calls of methods that are named as checks, or make one and return a truth value."""
    calls = rows[METHOD_REF[program.row_opcode[rows]]]
    calls = calls[_returns_boolean(program, program.row_target[calls])]
    size = np.diff(program.body_first)
    makers = {
        int(program.body_method[body]): meaning
        for row, meaning in direct.items()
        if size[body := int(program.row_body[row])] <= SMALL
    }
    meanings: dict[int, bool | None] = {}
    found: dict[int, bool] = {}
    for row in calls.tolist():
        target = int(program.row_target[row])
        if target not in meanings:
            meanings[target] = _method_meaning(program, target, makers, words)
        meaning = meanings[target]
        if meaning is not None:
            found.setdefault(row, meaning)
    return found


def _method_meaning(
    program: Program, method: int, makers: dict[int, bool], words: GateWords
) -> bool | None:
    full = program.method_name(method)
    if full in words.configured:
        return True
    if method in makers:
        return makers[method]
    owner, _, name = full.rpartition(".")
    if owner.startswith(("java.", "android.", "androidx.", "kotlin.")):
        return None
    return words.meaning(name)


def _returns_boolean(program: Program, methods: npt.NDArray[np.int64]) -> Flags:
    boolean = program.class_numbers.get(b"Z", -1)
    flags = np.array([proto[0] == boolean for proto in program.protos], dtype=bool)
    if not methods.size:
        return np.zeros(0, dtype=bool)
    proto = program.method_signature[methods] & ((1 << NAME_BITS) - 1)
    picked: Flags = flags[proto] & (methods >= 0)
    return picked


def _close(
    program: Program, number: int, checks: Collection[tuple[int, bool]], closed: Flags
) -> None:
    """Mark the rows of a body that run only through the branches where consent was given."""
    body = body_of(program, number, tries=True)
    start = int(program.body_start[number])
    cut = set()
    for row, meaning in checks:
        cut |= _given_steps(body, int(program.row_at[row]) - start, meaning=meaning)
    if not cut:
        return
    open_places = body.running(cut)
    first, last = int(program.body_first[number]), int(program.body_first[number + 1])
    for row in range(first, last):
        if int(program.row_at[row]) - start not in open_places:
            closed[row] = True


def _given_steps(body: Body, place: int, *, meaning: bool) -> set[tuple[int, int]]:
    """Return the steps out of the branch on a check that are taken when consent was given."""
    register = body.written(place)
    at = place
    for _ in range(NEAR):
        at = body.next_place(at)
        opcode = body.opcode(at)
        if at >= len(body.units):
            break
        if register is None:
            if opcode != MOVE_RESULT:
                return set()
            register = body.units[at] >> 8
        elif opcode in XOR_LITERAL and _flips(body, at, register):
            meaning = not meaning
        elif opcode in (IF_EQZ, IF_NEZ) and body.units[at] >> 8 == register:
            when_true = body.next_place(at) if opcode == IF_EQZ else body.jump(at)
            when_false = body.jump(at) if opcode == IF_EQZ else body.next_place(at)
            return {(at, when_true if meaning else when_false)}
        elif body.written(at) == register or len(list(body.successors(at))) != 1:
            break
    return set()


def _flips(body: Body, at: int, register: int) -> bool:
    """Whether an xor turns the truth value of a register round, in place."""
    unit = body.units[at]
    if unit & 0xFF == 0xDF:
        return unit >> 8 == register and body.units[at + 1] == 0x0100 | register
    return (unit >> 8) & 0xF == register and unit >> 12 == register and body.units[at + 1] == 1
