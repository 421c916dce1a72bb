"""Every step of every printed path is an instruction of the caller, or a reason that holds."""

from __future__ import annotations

import numpy as np
import pytest
from tests.sensors.app.conftest import SAMPLES

from hongxian.sensors.app.analysis import (
    CALL,
    CLASS_INIT,
    DISPATCH,
    HANDED,
    MADE,
    Analysis,
    analyse,
)
from hongxian.sensors.app.catalogue import load_catalogue
from hongxian.sensors.app.dex.constants import body_of
from hongxian.sensors.app.dex.program import NAME_BITS
from hongxian.sensors.app.package import open_package

APPS = ("lantern", "lantern_clean", "lantern_legacy")


def read(name: str) -> Analysis:
    with open_package(SAMPLES / f"{name}.apk") as package:
        catalogue = load_catalogue(package.manifest.target_sdk)
        return analyse(package.dex(), package.manifest, catalogue, catalogue.gate_words())


def steps(code: Analysis) -> set[tuple[int, int, int, str]]:
    """Return the steps of all paths: method, next method, instruction, reason."""
    found = set()
    for row, _ in code.sites:
        when = code.when(row)
        if when is None:
            continue
        path = code.path(row, when)
        searched = code.early if when == "before_prompt" else code.late
        reasons = code.reasons(path, when)
        for one, other, reason in zip(path, path[1:], reasons, strict=False):
            found.add((one, other, int(searched.row[other]), reason))
    return found


class Truth:
    """What an instruction says by its own units, read apart from the columns of the program."""

    def __init__(self, code: Analysis, row: int) -> None:
        program = code.program
        self.code, self.program = code, program
        number = int(program.row_body[row])
        self.method = int(program.body_method[number])
        place = int(program.row_at[row]) - int(program.body_start[number])
        units = body_of(program, number).units
        self.opcode = units[place] & 0xFF
        self.dex = program.dexes[int(program.body_dex[number])]
        self.index = units[place + 1]

    @property
    def called(self) -> tuple[bytes, bytes]:
        """Class and name of the method that an invoke names."""
        entry = self.dex.methods[self.index]
        owner = self.dex.string_bytes(int(self.dex.types[entry["owner"]]))
        return owner, self.dex.string_bytes(int(entry["name"]))

    @property
    def parameters(self) -> list[bytes]:
        proto = self.dex.protos[self.dex.methods[self.index]["proto"]]
        kinds = self.dex.type_list(int(proto["parameters"]))
        return [self.dex.string_bytes(int(self.dex.types[kind])) for kind in kinds]

    @property
    def touched(self) -> bytes:
        """The class that an instruction touches."""
        if 0x60 <= self.opcode <= 0x6D:
            kind = self.dex.fields[self.index]["owner"]
        elif 0x6E <= self.opcode <= 0x78:
            kind = self.dex.methods[self.index]["owner"]
        else:
            kind = self.index
        return self.dex.string_bytes(int(self.dex.types[kind]))


def above(code: Analysis, own: int) -> set[bytes]:
    _, found = code.hierarchy.ancestors(np.array([own], dtype=np.int64))
    return {code.program.class_names[one] for one in found.tolist()}


def holds(code: Analysis, method: int, row: int, reason: str) -> bool:
    """Whether the step to a method is what the instruction does."""
    program, truth = code.program, Truth(code, row)
    own = int(program.method_class[method])
    name = program.names[int(program.method_signature[method]) >> NAME_BITS]
    below = {program.class_names[one] for one in code.hierarchy.subtypes(own)}
    if reason == CALL:
        return truth.called[1] == name and truth.called[0] in below
    if reason == DISPATCH:
        kin = {kind for one in code.hierarchy.subtypes(own) for kind in above(code, one)}
        return truth.called[1] == name and truth.called[0] in kin
    if reason == CLASS_INIT:
        return name == b"<clinit>" and truth.touched in below
    if reason == HANDED:
        return bool({*truth.parameters} & above(code, own))
    if reason == MADE:
        return truth.opcode == 0x22 and truth.touched in below
    edge = next(edge for edge in code.catalogue.edges if edge.key == reason)
    return name.decode() in edge.enters and truth.called[1].decode() in {n for _, n in edge.trigger}


@pytest.mark.parametrize("name", APPS)
def test_every_step_of_a_printed_path_holds(name: str) -> None:
    code = read(name)
    found = steps(code)
    wrong = [
        (code.program.method_name(one), reason, code.program.method_name(other))
        for one, other, row, reason in found
        if Truth(code, row).method != one or not holds(code, other, row, reason)
    ]
    assert wrong == []


def test_the_samples_have_steps_of_most_kinds() -> None:
    kinds = {reason for name in APPS for *_, reason in steps(read(name))}
    assert {CALL, CLASS_INIT, "executor", "click"} <= kinds


@pytest.mark.parametrize("name", APPS)
def test_a_path_begins_with_what_the_system_calls_and_has_no_loop(name: str) -> None:
    code = read(name)
    for row, _ in code.sites:
        if (when := code.when(row)) is not None:
            path = code.path(row, when)
            assert path[0] in code.kinds
            assert path[-1] == code.method_of(row)
            assert len(set(path)) == len(path)
