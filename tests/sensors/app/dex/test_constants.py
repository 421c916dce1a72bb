from __future__ import annotations

import numpy as np

from hongxian.sensors.app.dex.constants import argument_registers, body_of, constant_arguments
from hongxian.sensors.app.dex.flow import Body
from hongxian.sensors.app.dex.opcodes import METHOD_REF
from hongxian.sensors.app.dex.program import Program


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
