from __future__ import annotations

import numpy as np
from tests.sensors.app.graph.conftest import EDGES

from hongxian.sensors.app.dex.program import Program
from hongxian.sensors.app.graph.implicit import Implicit, methods_named


def test_a_trigger_is_found_through_a_subtype(lantern: Program, graph) -> None:
    _, implicit = graph(lantern)
    triggers = {lantern.method_name(int(m)) for m in np.flatnonzero(implicit.is_trigger)}
    assert "android.os.Handler.postDelayed" in triggers
    assert not any(name.startswith("java.lang.Thread.") for name in triggers)


def test_edges_of_the_person_count_only_when_asked_for(lantern: Program, graph) -> None:
    tree, alone = graph(lantern)
    everything = Implicit(tree, EDGES).during(frozenset({"now", "user"}))
    clicks = [
        m for m in np.flatnonzero(everything.is_trigger)
        if lantern.method_name(int(m)).endswith(".setOnClickListener")
    ]  # fmt: skip
    assert clicks
    assert not alone.is_trigger[clicks].any()


def test_callbacks_are_handed_over_unless_their_row_does_not_count(lantern: Program, graph) -> None:
    tree, implicit = graph(lantern)
    assert implicit.handed_over[tree.find("java.lang.Runnable")]
    assert implicit.handed_over[tree.find("java.lang.Object")]
    thread = tree.find("java.lang.Thread")
    assert thread < 0 or not implicit.handed_over[thread]


def test_methods_of_a_superclass_count_when_the_class_has_none(lantern: Program, graph) -> None:
    tree, _ = graph(lantern)
    own = tree.find("cn.hongxian.lantern.MainActivity")
    found = [lantern.method_name(m) for m in methods_named(tree, own, ["onCreate", "nothing"])]
    assert found == ["cn.hongxian.lantern.MainActivity.onCreate"]


def entered(program: Program, graph, caller: str) -> set[str]:
    """Return what the trigger calls of a method enter."""
    _, implicit = graph(program)
    (owner,) = [
        m
        for m in range(program.method_key.size)
        if program.method_name(m) == caller and program.method_body[m] >= 0
    ]
    body = int(program.method_body[owner])
    targets = program.row_target[program.body_first[body] : program.body_first[body + 1]]
    calls = [int(t) for t in targets if 0 <= t < implicit.is_trigger.size]
    return {
        program.method_name(method)
        for call in calls
        if implicit.is_trigger[call]
        for method, _ in implicit.entered(owner, call)
    }


def test_a_task_that_the_caller_makes_is_entered(lantern: Program, graph) -> None:
    assert entered(lantern, graph, "cn.hongxian.lantern.LanternApp.attachBaseContext") == {
        "cn.hongxian.lantern.MacTask.run"
    }


def test_a_task_that_hands_itself_over_again_is_entered(lantern: Program, graph) -> None:
    assert entered(lantern, graph, "cn.hongxian.lantern.LocateLoop.run") == {
        "cn.hongxian.lantern.LocateLoop.run"
    }
