"""A call graph of each sample, with a small edge table and word list."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from hongxian.sensors.app.dex.program import Program
from hongxian.sensors.app.graph.gate_words import GateWords
from hongxian.sensors.app.graph.hierarchy import Hierarchy
from hongxian.sensors.app.graph.implicit import Edge, Implicit, methods_named

LIFECYCLE = ("<init>", "<clinit>", "attachBaseContext", "onCreate", "onResume", "onReceive")
EXECUTORS = {b"Ljava/util/concurrent/ExecutorService;": [b"Ljava/util/concurrent/Executor;"]}

EDGES = [
    Edge(
        key="executor", callback="java.lang.Runnable", enters=("run",), when="now", reason="",
        trigger=(
            ("java.util.concurrent.Executor", "execute"), ("android.os.Handler", "postDelayed"),
        ),
    ),
    Edge(
        key="click", callback="android.view.View$OnClickListener", enters=("onClick",), when="user",
        reason="", trigger=(("android.view.View", "setOnClickListener"),),
    ),
    Edge(
        key="absent", callback="java.lang.Thread", enters=("run",), when="now", reason="",
        trigger=(("java.lang.Thread", "start"),), needs="com.example.Nowhere",
    ),
]  # fmt: skip


@pytest.fixture(scope="session")
def words() -> GateWords:
    return GateWords(
        given_alone=frozenset({"agreed", "isAgreed", "hasAgreed"}), asked_alone=frozenset({"first"})
    )


def entries(tree: Hierarchy, *classes: str) -> np.ndarray:
    found = [m for name in classes for m in methods_named(tree, tree.find(name), LIFECYCLE)]
    return np.array(sorted(found))


@pytest.fixture(scope="session")
def graph() -> Callable[[Program], tuple[Hierarchy, Implicit]]:
    def build(program: Program) -> tuple[Hierarchy, Implicit]:
        tree = Hierarchy(program, EXECUTORS)
        return tree, Implicit(tree, EDGES)

    return build
