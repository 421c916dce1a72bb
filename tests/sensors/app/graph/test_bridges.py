from __future__ import annotations

import numpy as np
from tests.sensors.app.dex.maker import Class
from tests.sensors.app.graph.made import tree_of

from hongxian.sensors.app.dex.opcodes import METHOD_REF
from hongxian.sensors.app.dex.program import Program
from hongxian.sensors.app.graph.bridges import bridge_methods
from hongxian.sensors.app.graph.hierarchy import Hierarchy

OPEN = "addJavascriptInterface"


def openers(program: Program) -> list[int]:
    rows = np.flatnonzero(METHOD_REF[program.row_opcode]).tolist()
    return [r for r in rows if program.method_name(int(program.row_target[r])).endswith(OPEN)]


def test_the_methods_that_pages_may_call(lantern: Program) -> None:
    (opener,) = openers(lantern)
    found = bridge_methods(Hierarchy(lantern), [opener])
    names = {lantern.method_name(method): row for method, row in found.items()}
    assert names == {"cn.hongxian.lantern.Bridge.phone": opener}


def test_an_object_that_the_class_makes_elsewhere(lantern: Program) -> None:
    (opener,) = openers(lantern)
    body = int(lantern.row_body[opener])
    hidden = lantern.row_opcode.copy()
    first, last = int(lantern.body_first[body]), int(lantern.body_first[body + 1])
    made = [r for r in range(first, last) if lantern.row_opcode[r] == 0x22]
    lantern.row_opcode[made] = 0x23  # no object is made in the method any more
    try:
        found = bridge_methods(Hierarchy(lantern), [opener])
    finally:
        lantern.row_opcode[:] = hidden
    assert found == {}


def test_a_program_without_the_mark_has_no_bridges() -> None:
    page = "Landroid/webkit/WebView;"
    opens = ("virtual", f"{page}->{OPEN}(Ljava/lang/Object;Ljava/lang/String;)V", 0, 1, 2)
    tree = tree_of(Class("Lapp/A;", {"go()V": [opens]}))
    assert bridge_methods(tree, openers(tree.program)) == {}
