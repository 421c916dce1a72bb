from __future__ import annotations

from dataclasses import replace

import pytest

from hongxian.judge.run import Ruling
from hongxian.judge.settle import SENSORS, settle
from hongxian.rules.load import load_rules


def ruling(verdict: str, *missing: tuple[str, ...]) -> Ruling:
    return Ruling(rule="method.3.1", subject="app:a@1#0", verdict=verdict, missing=missing)


def test_each_sensor_is_told_once_and_the_answer_last() -> None:
    steps = settle(
        ruling("unclear", ("session.start",), ("session.hooks", "session.network")),
        "en",
    )
    assert len(steps) == 2
    assert "--session" in steps[0]
    assert "hongxian answer" in steps[1]
    assert "app:a@1#0" in steps[1]


def test_a_suspicion_is_cleared_by_what_nobody_looked_at() -> None:
    one = replace(ruling("suspected"), unlooked=("session.hooks",))
    assert "--session" in settle(one, "zh")[0]
    [answer] = settle(ruling("suspected"), "zh")
    assert "hongxian answer" in answer


@pytest.mark.parametrize("verdict", ["violated", "satisfied", "not_applicable"])
def test_nothing_settles_what_stands(verdict: str) -> None:
    assert settle(ruling(verdict), "en") == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_need_of_every_rule_has_its_command(lang: str) -> None:
    for rule in load_rules():
        for need in rule.needs:
            assert {scope.split(".", 1)[0] for scope in need} <= set(SENSORS)
            assert len(settle(ruling("unclear", tuple(need)), lang)) >= 2
