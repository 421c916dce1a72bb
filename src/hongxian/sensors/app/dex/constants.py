"""Constant arguments of a call, as far as the same body shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.sensors.app.dex.flow import Body, read_tries
from hongxian.sensors.app.dex.opcodes import (
    CONST_STRING,
    CONST_STRING_JUMBO,
    INVOKE_POLYMORPHIC_RANGE,
    INVOKE_RANGE,
)

_RANGES = (0x25, *range(INVOKE_RANGE, INVOKE_RANGE + 5), INVOKE_POLYMORPHIC_RANGE)
_STATIC = (0x71, 0x77)
_CONST_4 = 0x12
_LITERAL = {0x13: (1, 0), 0x14: (2, 0), 0x15: (1, 16), 0x16: (1, 0), 0x17: (2, 0), 0x18: (4, 0),
            0x19: (1, 48)}  # fmt: skip
"""Opcode -> (units of the literal, bits that it is shifted by)."""

if TYPE_CHECKING:
    from hongxian.sensors.app.dex.program import Program


def body_of(program: Program, body: int, *, tries: bool = False) -> Body:
    """Return the units of a body, with its try blocks when asked."""
    dex = program.dexes[int(program.body_dex[body])]
    start = 2 * int(program.body_start[body])
    head = dex.raw[start - 16 : start]
    size = int.from_bytes(head[12:16], "little")
    raw = dex.raw[start : start + 2 * size]
    units = memoryview(raw[: len(raw) // 2 * 2]).cast("H").tolist()
    count = int.from_bytes(head[6:8], "little") if tries else 0
    return Body(units, read_tries(dex.raw, start, size, count))


def argument_registers(body: Body, place: int) -> list[int]:
    """Return the registers that an invoke passes, the receiver first, or a filled array takes."""
    unit = body.units[place]
    opcode = unit & 0xFF
    if opcode in _RANGES:
        first = body.units[place + 2]
        return list(range(first, first + (unit >> 8)))
    count, fifth = unit >> 12, (unit >> 8) & 0xF
    packed = body.units[place + 2]
    registers = [(packed >> shift) & 0xF for shift in (0, 4, 8, 12)] + [fifth]
    return registers[:count]


def constant_arguments(program: Program, row: int) -> list[str]:
    """Return the string constants that an invoke is handed.

    A register counts when the nearest ``const-string`` before the call in the same body put the
    text there and nothing wrote to it in between.

    Args:
        program: the program.
        row: the invoke.
    """
    number = int(program.row_body[row])
    body = body_of(program, number)
    start = int(program.body_start[number])
    call = int(program.row_at[row]) - start
    registers = set(argument_registers(body, call))
    found = []
    first = int(program.body_first[number])
    for earlier in range(row - 1, first - 1, -1):
        if not registers:
            break
        if program.row_opcode[earlier] not in (CONST_STRING, CONST_STRING_JUMBO):
            continue
        place = int(program.row_at[earlier]) - start
        register = body.units[place] >> 8
        if register in registers:
            registers.discard(register)
            if not _overwritten(body, place, call, register):
                found.append(program.string(int(program.row_target[earlier])))
    return found


def constant_numbers(program: Program, row: int) -> list[int | None]:
    """Return the whole numbers that an invoke is handed, parameter by parameter.

    ``None`` stands for what is no number, or none that the same body writes last before the call.
    """
    number = int(program.row_body[row])
    body = body_of(program, number)
    call = int(program.row_at[row]) - int(program.body_start[number])
    written: dict[int, int | None] = {}
    at = 0
    while at < call:
        if (target := body.written(at)) is not None:
            written[target] = literal(body, at)
        at = body.next_place(at)
    registers = argument_registers(body, call)[body.opcode(call) not in _STATIC :]
    values = []
    for kind in program.proto_of(int(program.row_target[row]))[1:]:
        register, wide = registers[:1], program.class_names[kind] in (b"J", b"D")
        values.append(written.get(register[0]) if register else None)
        registers = registers[1 + wide :]
    return values


def literal(body: Body, place: int) -> int | None:
    """Return the number that an instruction puts into a register; ``None`` for any other."""
    opcode = body.opcode(place)
    if opcode == _CONST_4:
        return _signed(body.units[place] >> 12, 4)
    if opcode not in _LITERAL:
        return None
    size, shift = _LITERAL[opcode]
    units = body.units[place + 1 : place + 1 + size]
    value = sum(unit << 16 * position for position, unit in enumerate(units))
    return _signed(value, 16 * size) << shift


def _signed(value: int, bits: int) -> int:
    return value - (1 << bits) if value >> (bits - 1) else value


def _overwritten(body: Body, place: int, call: int, register: int) -> bool:
    at = body.next_place(place)
    while at < call:
        if body.written(at) == register:
            return True
        at = body.next_place(at)
    return False
