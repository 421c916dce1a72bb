from __future__ import annotations

import numpy as np
import pytest

from hongxian.errors import ArtefactError
from hongxian.sensors.app.dex.opcodes import METHOD_REF, STRING_REF
from hongxian.sensors.app.dex.program import NAME_BITS, Program, read_program


def method(program: Program, name: str) -> int:
    for number in range(program.method_key.size):
        if program.method_name(number) == name and program.method_body[number] >= 0:
            return number
    raise AssertionError(name)


def callees(program: Program, name: str) -> set[str]:
    body = int(program.method_body[method(program, name)])
    rows = range(int(program.body_first[body]), int(program.body_first[body + 1]))
    return {
        program.method_name(int(program.row_target[row]))
        for row in rows
        if METHOD_REF[program.row_opcode[row]]
    }


def test_calls_are_those_of_the_source(lantern: Program) -> None:
    called = callees(lantern, "cn.hongxian.lantern.LanternApp.onCreate")
    assert "com.umeng.commonsdk.UMConfigure.init" in called


def test_strings_and_places_can_be_named(lantern: Program) -> None:
    rows = np.flatnonzero(STRING_REF[lantern.row_opcode])
    texts = {lantern.string(int(lantern.row_target[row])) for row in rows}
    assert any(text.startswith("http://") for text in texts)
    located = lantern.locate(int(rows[0]))
    assert located.startswith("classes.dex ")
    assert "+0x" in located


def test_two_files_share_their_numbers_and_the_first_definition_counts(lantern_dex: bytes) -> None:
    one = read_program([("classes.dex", lantern_dex)])
    two = read_program([("classes.dex", lantern_dex), ("classes2.dex", lantern_dex)])
    assert two.class_names == one.class_names
    assert (two.method_key == one.method_key).all()
    assert (two.method_body == one.method_body).all()
    assert set(two.body_dex[two.body_method >= 0]) == {0}
    row = int(two.row_at.size) - 1
    field = int(two.field_base[1])
    assert two.field_name(field) == one.field_name(0)
    assert two.string(int(two.string_base[1])) == one.string(0)
    assert row >= 0


def test_a_method_is_found_by_class_and_signature(lantern: Program) -> None:
    number = method(lantern, "cn.hongxian.lantern.LanternApp.onCreate")
    owner = int(lantern.method_class[number])
    assert lantern.find_method(owner, int(lantern.method_signature[number])) == number
    assert lantern.find_method(owner, (1 << NAME_BITS) * 10**6) == -1


def test_no_file_is_an_empty_program() -> None:
    program = read_program([])
    assert program.method_key.size == program.row_at.size == 0


def test_a_broken_file_names_itself() -> None:
    with pytest.raises(ArtefactError, match=r"classes7\.dex"):
        read_program([("classes7.dex", b"dex\n035\0")])


def test_a_proto_names_its_types(lantern: Program) -> None:
    number = method(lantern, "cn.hongxian.lantern.LanternApp.attachBaseContext")
    kinds = [lantern.class_name(kind) for kind in lantern.proto_of(number)]
    assert kinds == ["V", "android.content.Context"]
