"""Methods that an app opens to the web pages that it shows (``@JavascriptInterface``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.sensors.app.dex.annotations import annotated_methods
from hongxian.sensors.app.dex.opcodes import CONST_CLASS, NEW_INSTANCE
from hongxian.sensors.app.graph.implicit import methods_named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hongxian.sensors.app.graph.hierarchy import Hierarchy

MARKS = (b"Landroid/webkit/JavascriptInterface;", b"Lcom/tencent/smtt/sdk/JavascriptInterface;")
_DEPTH = 8


def bridge_methods(hierarchy: Hierarchy, openers: Iterable[int]) -> dict[int, int]:
    """Return the methods that pages may call, each with the instruction that opens it to them.

    The object that is opened is one that the calling body makes or, when it makes none that pages
    may call, the caller itself or one that its class makes.

    Args:
        hierarchy: of the program.
        openers: calls of ``addJavascriptInterface``.
    """
    program = hierarchy.program
    if not any(mark in program.class_numbers for mark in MARKS):
        return {}
    found: dict[int, int] = {}
    for row in openers:
        body = int(program.row_body[row])
        own = int(program.method_class[int(program.body_method[body])])
        methods = _opened(hierarchy, _made(hierarchy, [body]))
        if not methods:
            methods = _opened(hierarchy, [own, *_made(hierarchy, _bodies(hierarchy, own))])
        for method in methods:
            found.setdefault(method, row)
    return found


def _opened(hierarchy: Hierarchy, classes: Iterable[int]) -> list[int]:
    return [method for own in dict.fromkeys(classes) for method in _marked(hierarchy, own)]


def _marked(hierarchy: Hierarchy, own: int) -> list[int]:
    """Return the marked methods of a class and of its superclasses in the program."""
    program, found, at = hierarchy.program, list[int](), own
    for _ in range(_DEPTH):
        if at < 0 or not program.class_defined[at]:
            break
        names = {
            name
            for dex in program.dexes
            for mark in MARKS
            for name in annotated_methods(dex, program.class_names[at], mark)
        }
        found += methods_named(hierarchy, at, names) if names else []
        at = int(hierarchy.parent[at])
    return found


def _made(hierarchy: Hierarchy, bodies: Iterable[int]) -> list[int]:
    program = hierarchy.program
    return [
        int(program.row_target[row])
        for body in bodies
        for row in range(int(program.body_first[body]), int(program.body_first[body + 1]))
        if program.row_opcode[row] in (NEW_INSTANCE, CONST_CLASS) and program.row_target[row] >= 0
    ]


def _bodies(hierarchy: Hierarchy, own: int) -> list[int]:
    program = hierarchy.program
    low, high = program.method_class.searchsorted([own, own + 1]).tolist()
    found: list[int] = [body for body in program.method_body[low:high].tolist() if body >= 0]
    return found
