"""What the body of a function or a DO block does: SQL and PL/pgSQL are read, others unknown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from hongxian.guards.keep.statements.verdict import Verdict

from .nodes import constant, options, strings, typed
from .parse import Argument, Node, UnreadableError, parse, parse_body

if TYPE_CHECKING:
    from hongxian.guards.keep.statements.catalog import Function

    from .case import Case, Scope
    from .judge import Judge

_LOOPS = frozenset({
    "PLpgSQL_stmt_loop", "PLpgSQL_stmt_while", "PLpgSQL_stmt_fori", "PLpgSQL_stmt_fors",
    "PLpgSQL_stmt_forc", "PLpgSQL_stmt_dynfors", "PLpgSQL_stmt_foreach_a",
})  # fmt: skip
_DYNAMIC = {
    "PLpgSQL_stmt_dynexecute": "query", "PLpgSQL_stmt_dynfors": "query",
    "PLpgSQL_stmt_return_query": "dynquery", "PLpgSQL_stmt_open": "dynquery",
}  # fmt: skip
"""Statements of PL/pgSQL that run a text, and where it stands in them."""

_ASSIGNED = re.compile(r":?=")
_STATEMENT, _EXPRESSION = 0, 2
"""``RawParseMode`` of an expression of PL/pgSQL; above: an assignment."""


def judge(judge: Judge, one: Function, scope: Scope, case: Case) -> None:
    """Judge what a function with a body does when it is called once."""
    names = frozenset(name.lower() for name in one.arguments if name)
    scope = scope._replace(names=names)
    if one.parsed:
        _parsed(judge, one.body, scope, case)
    elif one.language == "sql":
        judge.text(one.body, scope, case)
    elif one.language == "plpgsql":
        composite = (*one.composite, *([False] * len(one.arguments)))
        arguments = tuple(
            Argument(name or "", row) for name, row in zip(one.arguments, composite, strict=False)
        )
        block(judge, one.body, scope, case, arguments=arguments, returns=one.returns)
    else:
        case.add(Verdict.UNKNOWN, "language", one.language)


def block(  # noqa: PLR0913 - a body has a place and a shape
    judge: Judge,
    body: str,
    scope: Scope,
    case: Case,
    *,
    arguments: tuple[Argument, ...] = (),
    returns: str = "void",
) -> None:
    """Judge a text of PL/pgSQL."""
    try:
        function = parse_body(body, arguments, returns)
    except UnreadableError as error:
        case.add(Verdict.UNKNOWN, str(error.args[0]))
        return
    declared = {
        str(fields["refname"]).lower()
        for one in function.get("datums", ())
        for _, fields in [typed(one)]
        if "refname" in fields
    }
    _walk(judge, function, scope._replace(names=scope.names | declared), case)


def _parsed(judge: Judge, definition: str, scope: Scope, case: Case) -> None:
    """Judge a body that is kept as a parsed one: ``BEGIN ATOMIC``, ``RETURN``."""
    try:
        (made,) = parse(definition)
    except (UnreadableError, ValueError):
        case.add(Verdict.UNKNOWN, "unparsable")
        return
    created_body(judge, made.node, scope, case)


def created_body(judge: Judge, node: Node, scope: Scope, case: Case) -> None:
    """Judge the parsed body of a ``CreateFunctionStmt``."""
    stack: list[Any] = [node.get("sql_body")]
    while stack:
        kind, fields = typed(stack.pop())
        if kind == "List":
            stack.extend(fields.get("items", ()))
        elif kind:
            judge.statement(kind, fields, scope, case)


def _walk(judge: Judge, function: Node, scope: Scope, case: Case) -> None:
    stack: list[tuple[Any, Scope]] = [(function, scope)]
    while stack:
        node, here = stack.pop()
        if isinstance(node, list):
            stack.extend((one, here) for one in node)
            continue
        if not isinstance(node, dict):
            continue
        kind, fields = typed(node)
        if kind == "PLpgSQL_expr":
            _expression(judge, fields, here, case)
            continue
        text = fields.get(_DYNAMIC[kind]) if kind in _DYNAMIC else None
        if text:
            _dynamic(judge, text["PLpgSQL_expr"]["query"], here, case)
        inner = here._replace(many=True) if kind in _LOOPS else here
        stack.extend((one, inner) for one in node.values())


def _expression(judge: Judge, fields: Node, scope: Scope, case: Case) -> None:
    text, mode = fields.get("query", ""), fields.get("parseMode", _STATEMENT)
    if mode == _STATEMENT:
        judge.text(text, scope, case)
    elif mode == _EXPRESSION:
        judge.expression(text, scope, case)
    else:
        target, *value = _ASSIGNED.split(text, maxsplit=1)
        if "(" in target or not value:  # an index that is computed may hold any sign
            case.add(Verdict.UNKNOWN, "assignment")
        else:
            judge.expression(value[0], scope, case)
            if "[" in target:
                judge.expression(target, scope, case)


def _dynamic(judge: Judge, expression: str, scope: Scope, case: Case) -> None:
    """Judge a text that is run: only one that stands there in full can be."""
    try:
        (found,) = parse(f"select {expression}")
        (target,) = found.node["targetList"]
        text = _joined(target["ResTarget"]["val"])
    except (UnreadableError, ValueError, KeyError):
        text = None
    if text is None:
        case.add(Verdict.UNKNOWN, "dynamic")
    else:
        judge.text(text, scope, case)


def _joined(node: Any) -> str | None:
    """Return the text of a constant, or of constants joined by ``||``."""
    kind, fields = typed(node)
    if kind == "A_Const" and "sval" in fields:
        return constant(node)
    if kind == "A_Expr" and strings(fields.get("name")) == ["||"]:
        left, right = _joined(fields.get("lexpr")), _joined(fields.get("rexpr"))
        return None if left is None or right is None else left + right
    return None


def do_block(judge: Judge, node: Node, scope: Scope, case: Case) -> None:
    """Judge a DO statement."""
    given = options(node.get("args"))
    language = constant(given.get("language")) or "plpgsql"
    if language.lower() != "plpgsql":
        case.add(Verdict.UNKNOWN, "language", language)
        return
    case.literal = True
    block(judge, constant(given.get("as")) or "", scope, case)
