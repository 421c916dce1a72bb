from __future__ import annotations

import pytest
from tests.sensors.app.dex.maker import Class
from tests.sensors.app.graph.made import number_of, program_of

from hongxian.sensors.app.dex.program import Program
from hongxian.sensors.app.graph.denials import ANSWERS, RATIONALE, denied_rows

A = "Lapp/A;"
FINISH = ("virtual", "Landroid/app/Activity;->finish()V", 0)
GO_ON = ("virtual", f"{A}->go()V", 0)
RETURN = ("units", 0x0E)
RESULT = ("units", 0x0144, 2 | 3 << 8)
"""``aget v1, v2, v3``: an answer."""
ASKED = ("virtual", f"{A}->{RATIONALE}(Ljava/lang/String;)Z", 0, 1)


def denied(*steps: tuple) -> list[str]:
    """Return the names of what runs only after a denial."""
    program = program_of(Class(A, {f"{ANSWERS}(I)V": list(steps), "go()V": []}))
    body = int(program.method_body[number_of(program, f"app.A.{ANSWERS}")])
    return [
        program.method_name(int(program.row_target[row])).rpartition(".")[2]
        for row in denied_rows(program, body)
    ]


@pytest.mark.parametrize(
    "branch",
    [
        [("units", 0x0138, 6)],  # if-eqz v1: granted
        [("number", 4, 0), ("units", 0x4132, 6)],  # if-eq v1, v4 with 0: granted
        [("number", 4, -1 & 0xF), ("units", 0x4133, 6)],  # if-ne v1, v4 with -1: granted
    ],
)
def test_what_stands_before_the_jump_of_a_grant(branch: list[tuple]) -> None:
    assert denied(RESULT, *branch, FINISH, RETURN, GO_ON) == ["finish"]


@pytest.mark.parametrize(
    "branch",
    [
        [("units", 0x0139, 6)],  # if-nez v1: denied
        [("number", 4, -1 & 0xF), ("units", 0x4132, 6)],
        [("number", 4, 0), ("units", 0x4133, 6)],
    ],
)
def test_what_the_jump_of_a_denial_leads_to(branch: list[tuple]) -> None:
    assert denied(RESULT, *branch, GO_ON, RETURN, FINISH) == ["finish"]


def test_that_a_rationale_is_due_says_that_the_person_denied() -> None:
    steps = [ASKED, ("units", 0x010A), ("units", 0x0138, 6), GO_ON, RETURN, FINISH]
    assert denied(*steps) == ["go"]
    assert denied(ASKED, GO_ON) == []


def test_what_follows_on_both_branches_is_not_told() -> None:
    assert denied(RESULT, ("units", 0x0138, 5), GO_ON, FINISH) == ["go"]
    assert denied(FINISH) == []


@pytest.mark.parametrize(
    "steps",
    [
        [RESULT, ("number", 4, 5), ("units", 0x4132, 6)],  # compared with another number
        [RESULT, ("number", 1, 0), ("units", 0x0138, 6)],  # overwritten
        [RESULT, *[("number", 5, 0)] * 9, ("units", 0x0138, 6)],  # too far away
        [RESULT],
    ],
)
def test_an_answer_that_is_not_compared_in_a_known_way(steps: list[tuple]) -> None:
    assert denied(*steps, FINISH, RETURN, GO_ON) == []


def test_an_answer_compared_with_a_constant_made_behind_it() -> None:
    steps = [RESULT, ("number", 4, 0), ("units", 0x4132, 6), FINISH, RETURN, GO_ON]
    assert denied(*steps) == ["finish"]


def test_the_sample_asks_again_or_leaves(lantern: Program) -> None:
    body = int(
        lantern.method_body[number_of(lantern, f"cn.hongxian.lantern.MainActivity.{ANSWERS}")]
    )
    names = {
        lantern.method_name(int(lantern.row_target[row])).rpartition(".")[2]
        for row in denied_rows(lantern, body)
    }
    assert {"finish", "requestPermissions"} <= names
