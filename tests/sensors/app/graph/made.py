"""Small programs made for a test, searched with the real edge table."""

from __future__ import annotations

import numpy as np
from tests.sensors.app.dex.maker import Class, dex

from hongxian.sensors.app.catalogue.edges import function_types, load_edges, platform_types
from hongxian.sensors.app.dex.program import Program, read_program
from hongxian.sensors.app.graph.hierarchy import Hierarchy
from hongxian.sensors.app.graph.implicit import Implicit
from hongxian.sensors.app.graph.reach import (
    REASON_DISPATCH,
    REASON_HANDED,
    REASON_IMPLICIT,
    REASON_MADE,
    Reached,
    reach,
)

NOW = frozenset({"now"})
ALL = frozenset({"now", "user"})
FUNCTION = "Lkotlin/jvm/functions/Function0;"
INVOKE = f"{FUNCTION}->invoke()Ljava/lang/Object;"
WORDS = {0: "calls", REASON_DISPATCH: "dispatches", 2: "initialises", REASON_HANDED: "hands over",
         REASON_MADE: "makes"}  # fmt: skip


def program_of(*classes: Class) -> Program:
    return read_program([("classes.dex", dex(*classes))])


def tree_of(*classes: Class) -> Hierarchy:
    return Hierarchy(program_of(*classes), platform_types())


def search(moments: frozenset[str], *classes: Class, entry: str = "app.Main.onCreate") -> Found:
    """Search from one method."""
    tree = tree_of(*classes)
    implicit = Implicit(tree, load_edges(), function_types()).during(moments)
    start = number_of(tree.program, entry)
    return Found(tree.program, reach(tree, np.array([start]), implicit))


def number_of(program: Program, name: str) -> int:
    (found,) = [
        m
        for m in range(program.method_key.size)
        if program.method_name(m) == name and program.method_body[m] >= 0
    ]
    return found


class Found:
    """What a search found, by names."""

    def __init__(self, program: Program, reached: Reached) -> None:
        self.program, self.reached = program, reached

    def __contains__(self, name: str) -> bool:
        return bool(self.reached.method[number_of(self.program, name)])

    def path(self, name: str) -> list[str]:
        """Return the path to a method, each step with its reason before it."""
        path = self.reached.path(number_of(self.program, name))
        said = [self.program.method_name(path[0])]
        for method in path[1:]:
            reason = int(self.reached.reason[method])
            word = WORDS.get(reason) or load_edges()[reason - REASON_IMPLICIT].key
            said.append(f"{word} {self.program.method_name(method)}")
        return said


def function(name: str, kind: str = FUNCTION, method: str = "invoke()Ljava/lang/Object;") -> Class:
    """Return the class of a lambda without content."""
    return Class(name, {"<init>()V": [], method: []}, interfaces=(kind,))


def new(name: str, register: int = 0) -> list[tuple]:
    """Return the instructions that make an object."""
    return [("new", name, register), ("direct", f"{name}-><init>()V", register)]
