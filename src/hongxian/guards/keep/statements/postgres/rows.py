"""Proves that a WHERE clause can take few rows only: those whose key or value it names.

Proved is what equates a column of the target with values that stand in the text or come with it,
alone, joined by AND to anything, or joined by OR to the like. Everything else is not proved: a
range, a pattern, a subquery, a function of users. How many rows an equality takes is told by the
table's keys and statistics; without any, one in two hundred, as PostgreSQL's planner takes it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .elements import elements
from .nodes import qualified, strings, typed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongxian.guards.keep.statements.catalog import Catalog, Relation
    from hongxian.guards.keep.statements.verdict import Limits

    from .parse import Node

EQUAL = 0.005
"""Part of the rows that an equality takes when there are no statistics (``DEFAULT_EQ_SEL``)."""

FEW_VALUES = {"boolean": 0.5}
"""Types of so few values that without statistics each takes a large part."""

Alternative = dict[str, int]
"""Columns that are equated, and with how many values each."""


@dataclass(frozen=True, slots=True)
class Target:
    """A table under a name, and what in the statement stands for given values.

    Attributes:
        relation: the table.
        alias: the name under which the statement speaks of it.
        names: variables of the body around.
        listed: aliases of lists of values in the statement, with their lengths.
        given: how many values each parameter lists, by its number; one where nobody has seen it.
    """

    relation: Relation
    alias: str
    names: frozenset[str] = frozenset()
    listed: Mapping[str, int] = field(default_factory=dict)
    given: Mapping[int, int] = field(default_factory=dict)

    def column(self, node: Any) -> str | None:
        """Return the column of the table that an expression is, ``None`` for anything else."""
        kind, fields = typed(node)
        if kind == "TypeCast":
            return None  # a cast column can equal by chance
        if kind != "ColumnRef":
            return None
        parts = strings(fields.get("fields"))
        if len(parts) != len(fields.get("fields", ())) or not parts:
            return None
        if len(parts) > 1 and parts[-2] != self.alias:
            return None
        return parts[-1] if self.relation.column(parts[-1]) else None


def alternatives(where: Any, target: Target, catalog: Catalog) -> list[Alternative] | None:
    """Return the equalities of which each row must fulfil one; ``None`` when it is not proved."""
    kind, fields = typed(where)
    if kind == "BoolExpr":
        parts = [alternatives(one, target, catalog) for one in fields.get("args", ())]
        if fields.get("boolop") == "AND_EXPR":
            return _all(parts)
        if fields.get("boolop") == "OR_EXPR" and all(parts):
            return [one for part in parts for one in part or ()]
        return None
    if kind == "CurrentOfExpr":
        return [{"": 1}]
    if kind == "A_Expr" and not _shadowed(fields, catalog):
        return _equality(fields, target, catalog)
    return None


def rows(found: list[Alternative], target: Target, limits: Limits) -> tuple[float, bool]:
    """Return about how many rows the alternatives take, and whether that is mass."""
    relation = target.relation
    total, listed = 0.0, True
    for one in found:
        if "" in one:
            total += 1
            continue
        key = next((key for key in relation.keys if set(key) <= set(one)), None)
        if key:
            total += _product(one[name] for name in key)
            continue
        listed = False
        part = min([1.0, *(_part(relation, name) * count for name, count in one.items())])
        if relation.rows is None:
            if part >= 0.5:
                return float(limits.rows) + 1, True
            continue
        total += part * relation.rows
    if listed and total <= limits.few:
        return total, False
    return total, limits.mass(total, relation.rows)


_GIVEN = frozenset(
    {"A_Const", "ParamRef", "SQLValueFunction", "String", "Integer", "Float", "Boolean"}
)
_PARTS = {"TypeCast": "arg", "A_ArrayExpr": "elements", "RowExpr": "args", "CoalesceExpr": "args",
          "MinMaxExpr": "args", "FuncCall": "args"}  # fmt: skip
"""What is given when its parts are, and where they stand."""


def is_value(node: Any, target: Target, catalog: Catalog) -> bool:
    """Return whether an expression is given with the statement, the same for every row."""
    kind, fields = typed(node)
    if kind in _GIVEN:
        return True
    if kind == "ColumnRef":
        return _is_variable(fields, target)
    if kind == "A_Expr" and not _shadowed(fields, catalog):
        parts = [fields[side] for side in ("lexpr", "rexpr") if side in fields]
    elif kind in _PARTS and (kind != "FuncCall" or _steady(fields, catalog)):
        below = fields.get(_PARTS[kind], ())
        parts = below if isinstance(below, list) else [below]
    else:
        return False
    return all(is_value(one, target, catalog) for one in parts)


def _is_variable(fields: Node, target: Target) -> bool:
    parts = strings(fields.get("fields"))
    if len(parts) != len(fields.get("fields", ())) or not parts:
        return False
    if len(parts) > 1:
        given = parts[-2] in target.listed or parts[-2].lower() in target.names
        return given and parts[-2] != target.alias
    return parts[0].lower() in target.names and not target.relation.column(parts[0])


def _steady(call: Node, catalog: Catalog) -> bool:
    """Return whether every function of that name is the server's own and gives one value."""
    same = catalog.functions.get(qualified(call.get("funcname"))[1], ())
    return bool(same) and all(
        one.builtin and one.kind == "f" and one.volatility != "v" and one.returns != "setof record"
        for one in same
    )


def _all(parts: list[list[Alternative] | None]) -> list[Alternative] | None:
    """Return what holds when all parts hold: simple equalities together, else the first proof."""
    proved = [one for one in parts if one]
    simple = [one[0] for one in proved if len(one) == 1]
    if simple:
        return [{name: count for one in reversed(simple) for name, count in one.items()}]
    return proved[0] if proved else None


def _equality(fields: Node, target: Target, catalog: Catalog) -> list[Alternative] | None:
    if strings(fields.get("name"))[-1:] != ["="]:
        return None
    left, right = fields.get("lexpr"), fields.get("rexpr")
    how = fields.get("kind")
    if how == "AEXPR_OP":
        pairs = _pairs(left, right)
        equal = [_compared(one, other, target, catalog) for one, other in pairs]
        found = {name: count for one in equal if one for name, count in one.items()}
        return [found] if found else None
    if how == "AEXPR_IN":
        listed = right.get("List", {}).get("items", []) if isinstance(right, dict) else []
        return _within(left, listed, target, catalog)
    if how == "AEXPR_OP_ANY":
        kind, array = typed(right)
        if kind == "A_ArrayExpr":
            return _within(left, array.get("elements", []), target, catalog)
        name = target.column(left)
        if name and is_value(right, target, catalog):
            return [{name: elements(right, target.given)}]
    return None


def _pairs(left: Any, right: Any) -> list[tuple[Any, Any]]:
    one, other = typed(left), typed(right)
    if one[0] == other[0] == "RowExpr":
        return list(zip(one[1].get("args", ()), other[1].get("args", ()), strict=False))
    return [(left, right)]


def _compared(left: Any, right: Any, target: Target, catalog: Catalog) -> Alternative | None:
    for column, value in ((left, right), (right, left)):
        name = target.column(column)
        if name and is_value(value, target, catalog):
            return {name: _length(value, target)}
    return None


def _within(
    left: Any, listed: list[Any], target: Target, catalog: Catalog
) -> list[Alternative] | None:
    kind, fields = typed(left)
    columns = fields.get("args", ()) if kind == "RowExpr" else [left]
    names = [name for name in map(target.column, columns) if name]
    if not names or not listed or not all(is_value(one, target, catalog) for one in listed):
        return None
    if len(names) == 1:
        return [{names[0]: len(listed)}]
    return [dict.fromkeys(names, 1) for _ in listed]


def _length(value: Any, target: Target) -> int:
    """Return how many values stand behind one: those of the list whose column it is."""
    kind, fields = typed(value)
    parts = strings(fields.get("fields")) if kind == "ColumnRef" else []
    return target.listed.get(parts[-2], 1) if len(parts) > 1 else 1


def _part(relation: Relation, name: str) -> float:
    column = relation.column(name)
    if column is None:
        return 1.0
    if column.common is not None:
        return column.common
    return FEW_VALUES.get(column.type, EQUAL)


def _product(counts: Any) -> float:
    total = 1.0
    for one in counts:
        total *= one
    return total


def _shadowed(fields: Node, catalog: Catalog) -> bool:
    """Return whether users have made an operator of that name for the server's own types."""
    same = catalog.operators.get((strings(fields.get("name")) or [""])[-1], ())
    return any(one.plain for one in same)
