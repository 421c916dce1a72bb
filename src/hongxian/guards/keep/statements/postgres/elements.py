"""How many values an array lists, as far as the statement itself tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .nodes import constant, inside, qualified, strings, typed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

UNSEEN = 1 << 30
"""Values of an array that nobody can count."""

_PARTS = {"A_ArrayExpr": "elements", "CoalesceExpr": "args"}
_CUT = frozenset({"string_to_array", "regexp_split_to_array"})
_JOINED = frozenset({"array_cat", "array_append", "array_prepend", "array_remove"})


def elements(array: Any, given: Mapping[int, int]) -> int:
    """Return how many values an expression lists: one for a variable, whose values nobody sees.

    Args:
        array: the expression.
        given: how many values each parameter lists; one counts as one until somebody has seen it.
    """
    text = constant(array)
    if text is not None:
        return written(text)
    kind, fields = typed(array)
    if kind in ("ParamRef", "ColumnRef"):
        return given.get(fields.get("number", 0), 1)
    if kind == "FuncCall":
        return _called(fields, given)
    if kind == "A_Expr":
        joined = strings(fields.get("name")) == ["||"]
        return _sum((fields.get("lexpr"), fields.get("rexpr")), given) if joined else UNSEEN
    if kind == "TypeCast":
        return elements(fields.get("arg"), given)
    return _sum(fields.get(_PARTS[kind], ()), given) if kind in _PARTS else UNSEEN


def written(text: str) -> int:
    """Return how many values a text lists; one that is no array counts as its letters.

    It can be cut into as many values.
    """
    return text.count(",") + 1 if text[:1] in ("{", "[") else max(1, len(text))


def literal(where: Any) -> bool:
    """Return whether a clause compares with an array whose length hangs on a literal."""
    return any(
        fields.get("kind") == "AEXPR_OP_ANY"
        and any(kind == "A_Const" for kind, _ in inside(fields.get("rexpr")))
        and typed(fields.get("rexpr"))[0] != "A_ArrayExpr"
        for kind, fields in inside(where)
        if kind == "A_Expr"
    )


def _sum(parts: Iterable[Any], given: Mapping[int, int]) -> int:
    return max(1, sum(1 if _single(one) else elements(one, given) for one in parts))


def _single(one: Any) -> bool:
    """Return whether an element is one value, as a number or a text that is no array."""
    text = constant(one)
    return text is not None and text[:1] not in ("{", "[")


def _called(fields: Mapping[str, Any], given: Mapping[int, int]) -> int:
    name, args = qualified(fields.get("funcname"))[1], fields.get("args", [])
    if name in _JOINED:
        return _sum(args, given)
    if name not in _CUT or not args:
        return UNSEEN
    text, between = constant(args[0]), constant(args[1]) if len(args) > 1 else None
    if text is None:
        return (
            elements(args[0], given) if typed(args[0])[0] in ("ParamRef", "ColumnRef") else UNSEEN
        )
    if between and name == "string_to_array":
        return text.count(between) + 1
    return max(1, len(text))
