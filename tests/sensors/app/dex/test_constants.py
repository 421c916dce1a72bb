from __future__ import annotations

import numpy as np
import pytest
from tests.sensors.app.dex.maker import Class, dex

from hongxian.sensors.app.dex.constants import (
    argument_registers,
    body_of,
    constant_arguments,
    constant_numbers,
    literal,
)
from hongxian.sensors.app.dex.flow import Body
from hongxian.sensors.app.dex.opcodes import METHOD_REF
from hongxian.sensors.app.dex.program import Program, read_program


def calls(program: Program, name: str) -> list[int]:
    rows = np.flatnonzero(METHOD_REF[program.row_opcode])
    return [r for r in rows.tolist() if program.method_name(int(program.row_target[r])) == name]


def test_registers_of_both_forms() -> None:
    assert argument_registers(Body([0x206E, 7, 0x0021]), 0) == [1, 2]
    assert argument_registers(Body([0x546E, 7, 0x3210]), 0) == [0, 1, 2, 3, 4]
    assert argument_registers(Body([0x0374, 7, 20]), 0) == [20, 21, 22]


def test_the_text_that_a_call_is_handed(lantern: Program) -> None:
    rows = calls(lantern, "android.provider.Settings$Secure.getString")
    assert rows
    assert [constant_arguments(lantern, row) for row in rows] == [["android_id"]] * len(rows)


def test_a_call_without_texts(lantern: Program) -> None:
    row = calls(lantern, "com.kwad.sdk.KsAdSDK.init")[0]
    assert "android_id" not in constant_arguments(lantern, row)


def test_a_body_with_its_tries(lantern: Program) -> None:
    sizes = [len(body_of(lantern, b, tries=True).tries) for b in range(lantern.body_start.size)]
    assert max(sizes) > 0
    assert body_of(lantern, int(np.argmax(sizes))).tries == []


@pytest.mark.parametrize(
    ("units", "value"),
    [
        ((0x12 | 0x1 << 8 | 0xF << 12,), -1),
        ((0x13 | 1 << 8, 0x8000), -0x8000),
        ((0x14 | 1 << 8, 0x5678, 0x1234), 0x12345678),
        ((0x15 | 1 << 8, 0x7F00), 0x7F000000),
        ((0x01 | 1 << 8,), None),
    ],
)
def test_whole_numbers_are_read_in_every_form(units: tuple[int, ...], value: int | None) -> None:
    call = ("static", "Lx/B;->wait(I)V", 1)
    program = read_program([("x", dex(Class("Lx/A;", {"go()V": [("units", *units), call]})))])
    assert constant_numbers(program, 0) == [value]


def test_a_wide_number_takes_two_registers() -> None:
    steps = [
        ("units", 0x16 | 1 << 8, 3000), ("number", 3, 7),
        ("virtual", "Lx/B;->wait(JILjava/lang/Object;)V", 0, 1, 2, 3),
    ]  # fmt: skip
    program = read_program([("x", dex(Class("Lx/A;", {"go()V": steps})))])
    assert constant_numbers(program, 0) == [3000, 7, None]


def test_the_numbers_that_a_call_is_handed(lantern: Program) -> None:
    (row,) = [
        row
        for row in calls(lantern, "android.os.Handler.postDelayed")
        if "LocateLoop" in lantern.locate(row)
    ]
    assert constant_numbers(lantern, row) == [None, 2000]


def test_literals_of_every_width() -> None:
    assert literal(Body([0xF112]), 0) == -1
    assert literal(Body([0x0013, 0xFFFE]), 0) == -2
    assert literal(Body([0x0014, 0x5678, 0x1234]), 0) == 0x12345678
    assert literal(Body([0x0015, 0x7F04]), 0) == 0x7F040000
    assert literal(Body([0x0018, 1, 0, 0, 0x8000]), 0) == 1 - (1 << 63)
    assert literal(Body([0x0019, 1]), 0) == 1 << 48
    assert literal(Body([0x000E]), 0) is None
