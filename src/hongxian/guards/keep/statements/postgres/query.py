"""What queries and expressions do: all that is in them is visited, whatever wraps it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.guards.keep.statements.catalog import bare, pick
from hongxian.guards.keep.statements.verdict import Verdict

from . import writes
from .case import TOP, Case, Scope
from .known import setting, words_as_functions
from .nodes import constant, dotted, inside, qualified, ranged, strings, typed

if TYPE_CHECKING:
    from hongxian.guards.keep.statements.catalog import Relation

    from .judge import Judge
    from .parse import Node

Stack = list[tuple[Any, Scope]]

_COMPARED = ("=", "<>", "<", "<=", ">", ">=")
"""Operators that are used without being written: by IN, CASE, BETWEEN, JOIN USING, ORDER BY."""


def walk(judge: Judge, node: object, scope: Scope, case: Case) -> None:
    """Judge everything below a node into a case."""
    _hidden_operators(judge, case)
    stack: Stack = [(node, scope)]
    while stack:
        one, here = stack.pop()
        if isinstance(one, list):
            stack.extend((part, here) for part in one)
        elif isinstance(one, dict):
            kind, fields = typed(one)
            if kind in _HANDLERS:
                _HANDLERS[kind](judge, fields, here, case, stack)
            elif kind in words_as_functions():
                _word(judge, kind, here, case)
                _deeper(judge, fields, here, case, stack)
            elif isinstance(fields, dict):
                _deeper(judge, fields, here, case, stack)
            else:
                stack.append((fields, here))


def planned(judge: Judge, node: object, scope: Scope, case: Case) -> None:
    """Judge what planning a statement does, without running it: constant calls are made."""
    _hidden_operators(judge, case)
    tables = {one["ctename"] for kind, one in inside(node) if kind == "CommonTableExpr"}
    scope = scope._replace(tables=scope.tables | tables)
    for kind, fields in inside(node):
        if kind in _HANDLERS and not kind.endswith("Stmt"):
            _HANDLERS[kind](judge, fields, scope, case, [])
        elif kind in words_as_functions():
            _word(judge, kind, scope, case)


def _deeper(judge: Judge, fields: Node, scope: Scope, case: Case, stack: Stack) -> None:
    for key, value in fields.items():
        if key == "typeName":
            _type(judge, value, scope, case, stack)
        elif isinstance(value, (dict, list)):
            stack.append((value, scope))


def _select(judge: Judge, fields: Node, scope: Scope, case: Case, stack: Stack) -> None:
    scope = with_tables(fields, scope)
    tables = fields.get("fromClause", [])
    many = scope.many or bool(tables) or _spreads(judge, fields)
    inner = scope._replace(many=many)
    if "intoClause" in fields:
        case.touch("table", dotted(ranged(fields["intoClause"].get("rel", {}))), "create")
        judge.definition_changes(case)
    for key, value in fields.items():
        if key in ("larg", "rarg"):
            stack.append(({"SelectStmt": value}, scope))
        elif key == "fromClause":
            once = len(tables) == 1 and typed(tables[0])[0] in ("RangeFunction", "RangeSubselect")
            stack.append((value, scope if once else inner))
        elif key in ("withClause", "valuesLists"):
            stack.append((value, scope))
        elif key not in ("intoClause", "lockingClause") and isinstance(value, (dict, list)):
            stack.append((value, inner))


def with_tables(fields: Node, scope: Scope) -> Scope:
    """Return the scope of a statement with the names of its common table expressions."""
    clause = fields.get("withClause")
    if not clause:
        return scope
    names = {one["CommonTableExpr"]["ctename"] for one in clause.get("ctes", ())}
    # a recursive one runs its part again and again
    many = scope.many or bool(clause.get("recursive"))
    return scope._replace(tables=scope.tables | names, many=many)


def _spreads(judge: Judge, fields: Node) -> bool:
    """Return whether a query without FROM calls a function for each row that another gives."""
    calls = [one for kind, one in inside(fields) if kind == "FuncCall"]
    return len(calls) > 1 and any(
        found.returns == "setof record"
        for one in calls
        for found in pick(judge.catalog.functions, *qualified(one.get("funcname")))
    )


def _call(judge: Judge, fields: Node, scope: Scope, case: Case, stack: Stack) -> None:
    name = qualified(fields.get("funcname"))
    given = fields.get("args", [])
    ordered = len(fields.get("agg_order", ())) if fields.get("agg_within_group") else 0
    # unnest takes any number of arrays, by the grammar
    any_number = fields.get("func_variadic") or name[1] == "unnest"
    found = judge.call(name, None if any_number else len(given) + ordered, scope, case)
    for one in found:
        if not one.builtin:
            named_type(judge, one.result, scope, case)
    if not found and not pick(judge.catalog.types, *name):
        case.add(Verdict.UNKNOWN, "function_unknown", dotted(name))
    if name[1] == "set_config":
        _set_config(given, case)
    _deeper(
        judge, {key: one for key, one in fields.items() if key != "funcname"}, scope, case, stack
    )


def _set_config(given: list[Any], case: Case) -> None:
    case.literal = True
    values = [constant(one) for one in given[:2]]
    if len(values) < 2 or values[0] is None:
        case.add(Verdict.UNKNOWN, "setting_unknown")
        return
    verdict, code = setting(values[0], values[1])
    case.add(verdict, code, values[0])


def _word(judge: Judge, kind: str, scope: Scope, case: Case) -> None:
    for name in words_as_functions()[kind]:
        for one in judge.catalog.functions.get(name, ()):
            if not one.builtin:
                judge.function(one, scope, case)


def _column(judge: Judge, fields: Node, scope: Scope, case: Case, stack: Stack) -> None:  # noqa: ARG001 - as all handlers
    parts = strings(fields.get("fields"))
    if len(parts) > 1:
        _functional(judge, parts[-1], scope, case)


def _indirection(judge: Judge, fields: Node, scope: Scope, case: Case, stack: Stack) -> None:
    for name in strings(one for one in fields.get("indirection", ()) if "String" in one):
        _functional(judge, name, scope, case)
    _deeper(judge, fields, scope, case, stack)


def _functional(judge: Judge, name: str, scope: Scope, case: Case) -> None:
    """Judge ``row.name``, which calls a function of that name on the row if there is one."""
    for one in judge.catalog.functions.get(name, ()):
        if one.of_row:
            judge.function(one, scope, case)


def _operator(judge: Judge, fields: Node, scope: Scope, case: Case, stack: Stack) -> None:
    for key in ("name", "operName", "useOp"):
        for name in strings(fields.get(key))[-1:]:
            for one in judge.catalog.operators.get(name, ()):
                judge.named((one.function,), scope, case)
    _deeper(judge, {key: one for key, one in fields.items() if key != "name"}, scope, case, stack)


def _hidden_operators(judge: Judge, case: Case) -> None:
    for name in _COMPARED:
        for one in judge.catalog.operators.get(name, ()):
            judge.named((one.function,), TOP._replace(many=True), case)


def named_type(judge: Judge, name: str, scope: Scope, case: Case, schema: str = "") -> None:
    """Judge using a type: checks of a domain, functions of casts."""
    for one in pick(judge.catalog.types, schema, name):
        for check in one.checks:
            judge.expression(check, Scope(depth=scope.depth + 1), case)
        judge.named(one.functions, scope, case)


def _type(judge: Judge, fields: Node, scope: Scope, case: Case, stack: Stack) -> None:
    schema, name = qualified(fields.get("names"))
    named_type(judge, name, scope, case, schema)
    for part in fields.get("typmods", ()):
        stack.append((part, scope))


def _sample(judge: Judge, fields: Node, scope: Scope, case: Case, stack: Stack) -> None:
    name = qualified(fields.get("method"))
    if not judge.call(name, None, scope, case):
        case.add(Verdict.UNKNOWN, "function_unknown", dotted(name))
    _deeper(judge, {key: one for key, one in fields.items() if key != "method"}, scope, case, stack)


def _range(judge: Judge, fields: Node, scope: Scope, case: Case, stack: Stack) -> None:  # noqa: ARG001 - as all handlers
    name = ranged(fields)
    found = judge.find(name)
    if not found and not (not name[0] and name[1] in scope.tables):
        case.add(Verdict.UNKNOWN, "relation_unknown", dotted(name))
    for one in found:
        read(judge, one, scope, case)


def read(judge: Judge, one: Relation, scope: Scope, case: Case) -> None:
    """Judge reading a relation: a view by its query, a foreign table by where it reaches."""
    case.touch("view" if one.kind in ("v", "m") else "table", one.full, "read")
    if one.builtin:
        return
    if one.kind == "v":
        judge.text(one.definition, Scope(many=True, depth=scope.depth + 1), case)
    elif one.kind == "f":  # what is read there may be a view that calls anything
        case.add(Verdict.UNKNOWN, "foreign", one.full)
    for expression in one.policies:
        judge.expression(expression, Scope(many=True, depth=scope.depth + 1), case)
    if judge.catalog.casts:
        for column in one.columns:
            named_type(judge, bare(column.type), scope, case)
    for child in one.children:
        below = judge.catalog.relation(child)
        if below and below.kind == "f":
            read(judge, below, scope, case)


def _write(kind: str) -> Any:
    def handle(judge: Judge, fields: Node, scope: Scope, case: Case, stack: Stack) -> None:
        writes.judge(judge, kind, fields, with_tables(fields, scope), case, stack)

    return handle


_HANDLERS = {
    "SelectStmt": _select, "FuncCall": _call, "ColumnRef": _column, "A_Indirection": _indirection,
    "A_Expr": _operator, "SubLink": _operator, "SortBy": _operator, "TypeName": _type,
    "RangeTableSample": _sample, "RangeVar": _range,
    **{kind: _write(kind) for kind in ("InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt")},
}  # fmt: skip
