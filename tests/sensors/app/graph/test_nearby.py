from __future__ import annotations

import pytest
from tests.sensors.app.dex.maker import Class
from tests.sensors.app.graph.made import number_of, tree_of

from hongxian.sensors.app.graph import nearby
from hongxian.sensors.app.graph.nearby import Nearby, way

A = "Lapp/A;"
FINISH = ("virtual", "Landroid/app/Activity;->finish()V", 0)
CHAIN = Class(A, {
    "one()V": [("virtual", f"{A}->two()V", 0)],
    "two()V": [("virtual", f"{A}->three()V", 0), FINISH],
    "three()V": [("virtual", f"{A}->one()V", 0)],
})  # fmt: skip


def test_methods_a_few_calls_away_and_the_way_to_them() -> None:
    near = Nearby(tree_of(CHAIN))
    one, two, three = (number_of(near.program, f"app.A.{name}") for name in ("one", "two", "three"))
    assert set(near.within(one, 1)) == {one, two}
    found = near.within(one, 5)
    assert set(found) == {one, two, three}
    assert way(found, three) == [one, two, three]


def test_what_the_platform_defines_has_no_body_to_enter() -> None:
    near = Nearby(tree_of(CHAIN))
    two = number_of(near.program, "app.A.two")
    assert len(near.rows(two)) == 2
    assert near.entered(near.rows(two)) == [number_of(near.program, "app.A.three")]
    finish = [m for m in range(near.program.method_key.size) if near.program.method_body[m] < 0]
    assert all(len(near.rows(method)) == 0 for method in finish)


def test_a_method_that_leads_to_too_many_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearby, "MOST", 2)
    near = Nearby(tree_of(CHAIN))
    one = number_of(near.program, "app.A.one")
    assert near.within(one, 3) == {one: -1}
