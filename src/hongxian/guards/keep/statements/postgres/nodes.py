"""Small questions to nodes of the parser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .parse import Node


def typed(node: Any) -> tuple[str, Any]:
    """Return type and fields of a typed node; an empty type when it is none."""
    if isinstance(node, dict) and len(node) == 1:
        ((kind, fields),) = node.items()
        if kind[:1].isupper():
            return kind, fields
    return "", node


def strings(nodes: Iterable[Node] | None) -> list[str]:
    """Return the texts of a list of ``String`` nodes, as the parts of a qualified name."""
    return [one["String"].get("sval", "") for one in nodes or () if "String" in one]


def qualified(nodes: Iterable[Node] | None) -> tuple[str, str]:
    """Return schema (empty when not given) and name; a database in front is left out."""
    parts = ["", "", *strings(nodes)]
    return parts[-2], parts[-1]


def ranged(relation: Node) -> tuple[str, str]:
    """Return schema (empty when not given) and name of the fields of a ``RangeVar``."""
    return relation.get("schemaname", ""), relation.get("relname", "")


def dotted(name: tuple[str, str]) -> str:
    """Return a name as people write it."""
    return ".".join(part for part in name if part)


def constant(node: Any) -> str | None:
    """Return the value of a constant or a cast one as text, ``None`` when it is none."""
    kind, fields = typed(node)
    if kind == "TypeCast":
        return constant(fields.get("arg"))
    if kind == "A_Const" and not fields.get("isnull"):
        kind, fields = next(((_CONSTANTS[name], fields[name]) for name in _CONSTANTS
                             if name in fields), ("", {}))  # fmt: skip
    if kind not in _ABSENT:
        return None
    value = next(iter(fields.values()), _ABSENT[kind])
    return str(value).lower() if kind == "Boolean" else str(value)


_CONSTANTS = {"sval": "String", "ival": "Integer", "fval": "Float", "boolval": "Boolean",
              "bsval": "BitString"}  # fmt: skip
_ABSENT = {"String": "", "Integer": "0", "Float": "0", "Boolean": "false", "BitString": ""}
"""Constants by type, with the value that libpg_query leaves out."""


def options(nodes: Iterable[Node] | None) -> dict[str, Any]:
    """Return the arguments of ``DefElem`` nodes by their names in small letters; the last wins."""
    found = {}
    for one in nodes or ():
        element = one.get("DefElem", {})
        found[str(element.get("defname", "")).lower()] = element.get("arg")
    return found


def inside(node: Any) -> Iterator[tuple[str, Any]]:
    """Walk through all typed nodes below a node and itself, without recursion."""
    stack = [node]
    while stack:
        one = stack.pop()
        if isinstance(one, list):
            stack.extend(one)
        elif isinstance(one, dict):
            kind, fields = typed(one)
            if kind:
                yield kind, fields
            stack.extend(one.values())


def has(node: Any, *kinds: str) -> bool:
    """Return whether a node of one of these types is below a node."""
    return any(kind in kinds for kind, _ in inside(node))
