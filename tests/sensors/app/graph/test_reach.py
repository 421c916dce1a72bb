from __future__ import annotations

import numpy as np
from tests.sensors.app.graph.conftest import entries

from hongxian.sensors.app.dex.program import Program
from hongxian.sensors.app.graph.gates import closed_rows
from hongxian.sensors.app.graph.reach import REASON_IMPLICIT, ROOT, Reached, reach

APP = "cn.hongxian.lantern.LanternApp"


def names(program: Program, reached: Reached) -> set[str]:
    return {program.method_name(int(m)) for m in np.flatnonzero(reached.method)}


def path_to(program: Program, reached: Reached, name: str) -> list[str]:
    (method,) = [m for m in np.flatnonzero(reached.method) if program.method_name(int(m)) == name]
    return [program.method_name(m) for m in reached.path(int(method))]


def test_calls_static_initialisers_and_tasks_are_followed(lantern: Program, graph) -> None:
    tree, implicit = graph(lantern)
    found = reach(tree, entries(tree, APP), implicit)
    assert {
        "com.umeng.commonsdk.UMConfigure.init",
        "com.kwad.sdk.core.AppCensus.<clinit>",
        "cn.hongxian.lantern.MacTask.run",
        "cn.hongxian.lantern.probe.AccountProbe.look",
    } <= names(lantern, found)
    assert path_to(lantern, found, "com.kwad.sdk.core.AppCensus.<clinit>") == [
        f"{APP}.onCreate", "com.kwad.sdk.KsAdSDK.init", "com.kwad.sdk.core.AppCensus.<clinit>",
    ]  # fmt: skip


def test_each_method_knows_where_it_was_reached_from(lantern: Program, graph) -> None:
    tree, implicit = graph(lantern)
    roots = entries(tree, APP)
    found = reach(tree, roots, implicit)
    assert (found.parent[roots] == ROOT).all()
    others = np.setdiff1d(np.flatnonzero(found.method), roots)
    assert found.method[found.parent[others]].all()
    assert (found.row[others] >= 0).all()
    task = next(m for m in others if lantern.method_name(int(m)).endswith("MacTask.run"))
    assert found.reason[task] == REASON_IMPLICIT


def test_what_a_click_does_is_not_reached(lantern: Program, graph) -> None:
    tree, implicit = graph(lantern)
    found = names(lantern, reach(tree, entries(tree, "cn.hongxian.lantern.MainActivity"), implicit))
    assert "cn.hongxian.lantern.MainActivity.clip" in found
    assert "cn.hongxian.lantern.ContactSync.contacts" not in found


def test_closed_instructions_are_not_followed(lantern_clean: Program, graph, words) -> None:
    tree, implicit = graph(lantern_clean)
    roots = entries(tree, APP, "cn.hongxian.lantern.MainActivity")
    open_ = reach(tree, roots, implicit)
    closed = closed_rows(lantern_clean, open_.method, words)
    guarded = reach(tree, roots, implicit, closed)
    sdk = "com.umeng.commonsdk.UMConfigure.init"
    assert sdk in names(lantern_clean, open_)
    assert sdk not in names(lantern_clean, guarded)
    assert not (guarded.method & ~open_.method).any()


def test_no_entry_reaches_nothing(lantern: Program, graph) -> None:
    tree, implicit = graph(lantern)
    assert not reach(tree, np.zeros(0, dtype=np.int64), implicit).method.any()
