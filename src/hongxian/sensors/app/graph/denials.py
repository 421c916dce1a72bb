"""What an app does only after the person denied a permission.

In the method that gets the answers, ``results[i]`` is 0 for a grant and -1 for a denial; that
``shouldShowRequestPermissionRationale`` holds says that the person denied before. What runs through
the branch of a denial alone happens only after one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.sensors.app.dex.constants import body_of, literal
from hongxian.sensors.app.dex.flow import IF_EQZ, IF_NEZ
from hongxian.sensors.app.dex.opcodes import METHOD_REF

if TYPE_CHECKING:
    from hongxian.sensors.app.dex.flow import Body
    from hongxian.sensors.app.dex.program import Program

ANSWERS = "onRequestPermissionsResult"
RATIONALE = "shouldShowRequestPermissionRationale"
_AGET, _MOVE_RESULT = 0x44, 0x0A
_IF_EQ, _IF_NE = 0x32, 0x33
_NEAR = 8
DENIED = -1


def denied_rows(program: Program, number: int) -> list[int]:
    """Return the instructions of a body that run only after a denial.

    Args:
        program: the program.
        number: body of the method that gets the answers.
    """
    body = body_of(program, number, tries=True)
    start = int(program.body_start[number])
    rows = range(int(program.body_first[number]), int(program.body_first[number + 1]))
    asked = {int(program.row_at[row]) - start for row in rows if _named(program, row) == RATIONALE}
    cut = set()
    at, constants = 0, dict[int, int | None]()
    while at < len(body.units):
        if (register := body.written(at)) is not None:
            constants[register] = literal(body, at)
        if body.opcode(at) == _AGET and register is not None:
            cut |= _steps(body, at, register, constants)
        elif at in asked:
            behind = body.next_place(at)
            if body.opcode(behind) == _MOVE_RESULT:
                cut |= _steps(body, behind, body.units[behind] >> 8, {})
        at = body.next_place(at)
    if not cut:
        return []
    running = body.running(cut)
    return [row for row in rows if int(program.row_at[row]) - start not in running]


def _steps(
    body: Body, place: int, register: int, constants: dict[int, int | None]
) -> set[tuple[int, int]]:
    """Return the steps that the branch on a value takes when it is not zero."""
    at = place
    for _ in range(_NEAR):
        at = body.next_place(at)
        if at >= len(body.units):
            break
        opcode, unit = body.opcode(at), body.units[at]
        if opcode in (IF_EQZ, IF_NEZ) and unit >> 8 == register:
            return {(at, body.next_place(at) if opcode == IF_EQZ else body.jump(at))}
        if opcode in (_IF_EQ, _IF_NE) and register in (pair := (unit >> 8 & 15, unit >> 12)):
            other = pair[pair[0] == register]
            return _compared(body, at, constants.get(other))
        written = body.written(at)
        if written == register or len(list(body.successors(at))) != 1:
            break
        if written is not None:
            constants = constants | {written: literal(body, at)}
    return set()


def _compared(body: Body, at: int, value: int | None) -> set[tuple[int, int]]:
    if value not in (0, DENIED):
        return set()
    denied_when_equal = value == DENIED
    jumps = (body.opcode(at) == _IF_EQ) == denied_when_equal
    return {(at, body.jump(at) if jumps else body.next_place(at))}


def _named(program: Program, row: int) -> str:
    if not METHOD_REF[program.row_opcode[row]] or program.row_target[row] < 0:
        return ""
    return program.method_name(int(program.row_target[row])).rpartition(".")[2]
