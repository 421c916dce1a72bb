from __future__ import annotations

import numpy as np
import pytest
from tests.sensors.app.graph.conftest import entries

from hongxian.sensors.app.dex.flow import Body
from hongxian.sensors.app.dex.program import Program
from hongxian.sensors.app.graph.gate_words import GateWords
from hongxian.sensors.app.graph.gates import _given_steps, agree_handlers, closed_rows
from hongxian.sensors.app.graph.reach import reach

INVOKE = [0x1071, 7, 0]
MOVE_RESULT = [0x000A]
RETURN = [0x000E]


def given(*units: int, meaning: bool = True) -> set[tuple[int, int]]:
    return _given_steps(Body([*INVOKE, *units, *RETURN * 12]), 0, meaning=meaning)


def test_the_branch_where_consent_was_given() -> None:
    assert given(*MOVE_RESULT, 0x0038, 4) == {(4, 6)}  # if-eqz: goes on when true
    assert given(*MOVE_RESULT, 0x0039, 4) == {(4, 8)}  # if-nez: jumps when true
    assert given(*MOVE_RESULT, 0x0038, 4, meaning=False) == {(4, 8)}


def test_a_negation_turns_the_branch_round() -> None:
    assert given(*MOVE_RESULT, 0x00DF, 0x0100, 0x0038, 4) == {(6, 10)}
    assert given(*MOVE_RESULT, 0x00D7, 0x0001, 0x0038, 4) == {(6, 10)}


@pytest.mark.parametrize(
    "units",
    [
        [0x0000],  # the result is not taken
        [*MOVE_RESULT, 0x0138, 4],  # another register is checked
        [*MOVE_RESULT, 0x0012, 0x0038, 4],  # the register is written before the check
        [*MOVE_RESULT, *RETURN],
        [*MOVE_RESULT, *[0x0000] * 20],
    ],
)
def test_no_branch_no_gate(units: list[int]) -> None:
    assert given(*units) == set()


def closed_in(program: Program, graph, words: GateWords, name: str) -> int:
    tree, implicit = graph(program)
    roots = entries(
        tree, "cn.hongxian.lantern.LanternApp", "cn.hongxian.lantern.MainActivity",
        "cn.hongxian.lantern.BootReceiver",
    )  # fmt: skip
    closed = closed_rows(program, reach(tree, roots, implicit).method, words)
    owners = program.body_method[program.row_body[np.flatnonzero(closed)]]
    return sum(program.method_name(int(m)).endswith(name) for m in owners)


def test_the_clean_twin_has_gates_and_the_other_none(
    lantern: Program, lantern_clean: Program, graph, words: GateWords
) -> None:
    assert closed_in(lantern_clean, graph, words, "") > 0
    assert closed_in(lantern, graph, words, "") == 0


def test_a_configured_check_closes_like_a_named_one(lantern_clean: Program, graph) -> None:
    plain = GateWords()
    assert closed_in(lantern_clean, graph, plain, "") == 0
    names = {
        lantern_clean.method_name(m)
        for m in range(lantern_clean.method_key.size)
        if "agree" in lantern_clean.method_name(m).lower()
    }
    told = GateWords(configured=frozenset(names))
    assert closed_in(lantern_clean, graph, told, "") > 0


def test_what_runs_when_the_person_agrees_is_named(lantern_clean: Program) -> None:
    found = agree_handlers(lantern_clean, GateWords(handlers=frozenset({"onClick", "nothing"})))
    assert {lantern_clean.method_name(int(m)).rsplit(".", 1)[1] for m in np.flatnonzero(found)} == {
        "onClick"
    }
