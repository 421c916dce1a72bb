from __future__ import annotations

import numpy as np
import pytest
from tests.sensors.app.graph.made import FUNCTION, function, tree_of

from hongxian.sensors.app.graph import holders
from hongxian.sensors.app.graph.hierarchy import Hierarchy
from hongxian.sensors.app.graph.holders import Holders, held_at
from hongxian.sensors.app.graph.moves import ANY, Edges, Moves


@pytest.fixture
def tree() -> Hierarchy:
    return tree_of(function("Lapp/L;"), function("Lapp/M;"))


def held(tree, *edges: tuple[int, int, int]) -> Holders:
    flags = np.zeros(len(tree.program.class_names), dtype=bool)
    flags[tree.program.class_numbers[FUNCTION.encode()]] = True
    found = Holders(Moves(tree, flags))
    own = tree.find("app.L")
    steps = Edges(*np.array(edges, dtype=np.int64).T)
    found.add([steps], np.array([10 << 32 | own]))
    return found


def test_objects_go_on_from_node_to_node_whatever_comes_first(tree) -> None:
    own, kind = tree.find("app.L"), tree.find("kotlin.jvm.functions.Function0")
    found = held(tree, (10, 11, kind), (12, 13, ANY))
    assert [one.tolist() for one in held_at(found.held, np.array([10, 11, 12, 13]))] == [
        [0, 1],
        [own, own],
    ]
    found.add([Edges(*np.array([[11, 12, kind]]).T)], np.zeros(0, dtype=np.int64))
    assert held_at(found.held, np.array([13]))[1].tolist() == [own]


def test_an_object_does_not_pass_where_another_type_is_taken(tree) -> None:
    found = held(tree, (10, 11, tree.find("app.M")))
    assert held_at(found.held, np.array([11]))[1].tolist() == []


def test_a_loop_ends(tree) -> None:
    found = held(tree, (10, 11, ANY), (11, 10, ANY))
    assert found.held.size == 2


def test_a_program_made_to_exhaust_its_reader_is_not_followed(
    tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holders, "MOST", 0)
    found = held(tree, (10, 11, ANY))
    assert held_at(found.held, np.array([10, 11]))[1].tolist() == []
    assert found.held.size == 1
