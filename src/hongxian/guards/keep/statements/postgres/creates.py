"""What CREATE does: what it makes is judged by what it will run, and replaces what was there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hongxian.guards.keep.statements.catalog import Column, Function, Relation
from hongxian.guards.keep.statements.verdict import Verdict

from . import later
from .bodies import created_body
from .case import Case, Scope
from .known import known
from .nodes import constant, dotted, has, inside, options, qualified, ranged, strings, typed
from .rights import judge_setting

if TYPE_CHECKING:
    from hongxian.guards.keep.statements.catalog import Catalog

    from .judge import Judge
    from .parse import Node

_UNIQUE = ("CONSTR_PRIMARY", "CONSTR_UNIQUE")
_TAINTING = frozenset({
    "DefineStmt", "CreateCastStmt", "CreateOpClassStmt", "AlterFunctionStmt", "CreateDomainStmt",
    "AlterDomainStmt", "CreateExtensionStmt", "RenameStmt", "AlterObjectSchemaStmt",
    "CreateForeignTableStmt",
})  # fmt: skip
"""After them names can mean something else."""

_ROWS = frozenset({"trigger", "event_trigger", "void"})


def _table(judge: Judge, node: Node, scope: Scope, case: Case) -> None:
    name, found = ranged(node["relation"]), Case()
    case.touch("table", dotted(name), "create")
    judge.query(node.get("partbound"), scope, case)  # it is computed at once
    judge.query([node.get(part) for part in ("tableElts", "constraints", "partspec")],
                scope, found)  # fmt: skip
    later.defined(judge, found, scope, case, dotted(name))


def _table_as(judge: Judge, node: Node, scope: Scope, case: Case) -> None:
    case.touch("table", dotted(ranged(node["into"]["rel"])), "create")
    kind, fields = typed(node["query"])
    if not node["into"].get("skipData"):
        judge.statement(kind, fields, scope, case)
        return
    found = Case()
    judge.statement(kind, fields, scope, found)
    later.defined(judge, found, scope, case, dotted(ranged(node["into"]["rel"])))


def _view(judge: Judge, node: Node, scope: Scope, case: Case) -> None:
    name = ranged(node["view"])
    case.touch("view", dotted(name), "create")
    if node.get("replace") and judge.find(name):
        case.add(Verdict.REVERSIBLE, "replaced", dotted(name))
    found = Case()
    judge.query(node["query"], scope._replace(many=True), found)
    later.defined(judge, found, scope, case, dotted(name))


def _expressions(judge: Judge, node: Node, scope: Scope, case: Case) -> None:
    """Judge a definition by the expressions in it, which run when rows are read or written."""
    judge.query({key: one for key, one in node.items() if key != "relations"}, scope, case)


def _domain(judge: Judge, node: Node, scope: Scope, case: Case) -> None:
    found = Case()
    _expressions(judge, node, scope, found)
    later.defined(judge, found, scope, case, dotted(qualified(node.get("domainname"))))


def _policy(judge: Judge, node: Node, scope: Scope, case: Case) -> None:
    name, found = node.get("policy_name", ""), Case()
    case.add(Verdict.REVERSIBLE, "policy", name)
    judge.query([node.get("qual"), node.get("with_check")], scope, found)
    later.defined(judge, found, scope, case, name)


def _foreign_table(judge: Judge, node: Node, scope: Scope, case: Case) -> None:
    case.add(Verdict.REVERSIBLE, "foreign_made")
    _table(judge, node.get("base", node), scope, case)


def _function(judge: Judge, node: Node, scope: Scope, case: Case) -> None:
    made = made_function(node)
    case.touch("function", dotted((made.schema, made.name)), "create")
    case.literal = True
    if judge.catalog.functions.get(made.name):
        case.add(Verdict.REVERSIBLE, "replaced", made.name)
    for one in node.get("options", ()):
        element = one["DefElem"]
        if element.get("defname") == "set":
            judge_setting(judge, typed(element.get("arg"))[1], case)
    inner = Scope(names=frozenset(name.lower() for name in made.arguments if name),
                  depth=scope.depth + 1)  # fmt: skip
    found = Case()
    if "sql_body" in node:
        created_body(judge, node, inner, found)
    elif made.language in ("sql", "plpgsql"):
        within = judge.catalog.with_function(made)  # it may call itself
        alone = replace(judge, catalog=within, kept={}, running=set(), circled=set())
        alone.function(made, inner, found)
    else:  # making it runs code already
        case.add(Verdict.UNKNOWN, "language", made.language)
    new = later.is_new(judge.catalog, node, made)
    later.defined(judge, found, scope, case, dotted((made.schema, made.name)), new=new)
    defaults = [one["FunctionParameter"].get("defexpr") for one in node.get("parameters", ())]
    judge.query(defaults, scope, case)


def made_function(node: Node) -> Function:
    """Return the function that a ``CreateFunctionStmt`` makes."""
    schema, name = qualified(node["funcname"])
    given = options(node.get("options"))
    arguments = [one["FunctionParameter"] for one in node.get("parameters", ())]
    taken = [
        one for one in arguments if one.get("mode") not in ("FUNC_PARAM_OUT", "FUNC_PARAM_TABLE")
    ]
    variadic = any(one.get("mode") == "FUNC_PARAM_VARIADIC" for one in arguments)
    result = node.get("returnType", {})
    plain = strings(result.get("names"))[-1:] or ["void"]
    table = any(one.get("mode") == "FUNC_PARAM_TABLE" for one in arguments)
    kind = plain[0] if plain[0] in _ROWS else "text"
    returns = "setof record" if result.get("setof") or table else kind
    body = given.get("as", {}).get("List", {}).get("items", []) if "as" in given else []
    language = (constant(given.get("language")) or "sql").lower()
    return Function(
        schema or "", name, "p" if node.get("is_procedure") else "f", language,
        (constant(given.get("volatility")) or "volatile")[0],
        sum("defexpr" not in one for one in taken) if not variadic else 0,
        None if variadic else len(taken), (strings(body) or [""])[0], parsed=False,
        arguments=tuple(one.get("name") for one in arguments),
        composite=tuple(len(strings(one.get("argType", {}).get("names"))) > 1
                        and strings(one["argType"]["names"])[0] != "pg_catalog"
                        for one in arguments),
        returns=returns, of_row=len(taken) >= 1,
    )  # fmt: skip


def made_relation(node: Node, relation: Node) -> Relation:
    """Return the table that a statement makes: of this text's own."""
    schema, name = ranged(relation)
    columns, keys = [], []
    for kind, fields in inside(node.get("tableElts", [])):
        if kind == "ColumnDef":
            type_ = strings(fields.get("typeName", {}).get("names"))
            columns.append(Column(fields["colname"], (type_ or [""])[-1]))
        elif kind == "Constraint" and fields.get("contype") in _UNIQUE:
            keys.append(tuple(strings(fields.get("keys"))))
    keys = [key for key in keys if key]
    return Relation(schema, name, columns=tuple(columns), keys=tuple(keys), rows=0.0, own=True)


def _trigger(judge: Judge, node: Node, scope: Scope, case: Case) -> None:
    case.touch("table", dotted(ranged(node["relation"])), "alter")
    name, found = node.get("trigname", ""), Case()
    case.add(Verdict.REVERSIBLE, "trigger_made", name)
    judge.named((qualified(node.get("funcname")),), scope, found)
    judge.query(node.get("whenClause"), scope, found)
    later.defined(judge, found, scope, case, name)


def _rule(judge: Judge, node: Node, scope: Scope, case: Case) -> None:
    if not scope.depth:
        case.touch("table", dotted(ranged(node["relation"])), "alter")
        tables = judge.find(ranged(node["relation"]))
        # one that swallows what applications write loses rows to come
        swallows = node.get("instead") and any(one.kind != "v" for one in tables)
        verdict = Verdict.DESTRUCTIVE if swallows else Verdict.REVERSIBLE
        case.add(verdict, "rule_made", node.get("rulename", ""))
    inner, found = scope._replace(names=frozenset({"new", "old"})), Case()
    for action in node.get("actions", ()):
        kind, fields = typed(action)
        if kind:
            judge.statement(kind, fields, inner, found)
    judge.query(node.get("whereClause"), inner, found)
    later.defined(judge, found, scope, case, node.get("rulename", ""))


def _extension(judge: Judge, node: Node, scope: Scope, case: Case) -> None:  # noqa: ARG001 - as all handlers
    name = node.get("extname", "")
    if name not in known()["extensions"]["safe"]:
        case.add(Verdict.UNKNOWN, "extension", name)


def _defined(judge: Judge, node: Node, scope: Scope, case: Case) -> None:
    """Judge CREATE AGGREGATE, OPERATOR, TYPE and the like by the functions that they name."""
    case.add(Verdict.REVERSIBLE, "made")
    found = Case()
    for kind, fields in inside(node):
        name = ("", "")
        if kind == "TypeName":
            name = qualified(fields.get("names"))
        elif kind == "DefElem" and "arg" in fields and "TypeName" not in fields["arg"]:
            name = ("", constant(fields["arg"]) or "")
        elif kind in ("CreateOpClassItem", "ObjectWithArgs"):
            name = qualified(fields.get("name", {}).get("objname") or fields.get("objname"))
        if name[1]:
            judge.call(name, None, scope, found)
    later.defined(judge, found, scope, case, "")


def _cast(judge: Judge, node: Node, scope: Scope, case: Case) -> None:
    case.add(Verdict.REVERSIBLE, "made")
    if "func" in node:
        judge.named((qualified(node["func"].get("objname")),), scope, case)


HANDLERS: dict[str, Any] = {
    "CreateStmt": _table, "CreateTableAsStmt": _table_as, "ViewStmt": _view,
    "IndexStmt": _expressions, "CreateDomainStmt": _domain, "CreateStatsStmt": _expressions,
    "CreatePolicyStmt": _policy, "AlterPolicyStmt": _policy,
    "CreateForeignTableStmt": _foreign_table, "CreateFunctionStmt": _function,
    "CreateTrigStmt": _trigger, "RuleStmt": _rule, "CreateExtensionStmt": _extension,
    "DefineStmt": _defined, "CreateOpClassStmt": _defined, "CreateRangeStmt": _defined,
    "CreateCastStmt": _cast,
}  # fmt: skip


def learn(catalog: Catalog, kind: str, node: Node, case: Case, text: str) -> Catalog:
    """Return the snapshot as it is after a statement, for what comes after it in its transaction.

    New tables and functions are added; what changes the meaning of names that are there already
    taints the snapshot: then nothing that runs by names can be judged until it is read anew.
    """
    into = (node.get("intoClause") or node.get("into") or {}).get("rel")
    if kind == "CreateStmt":
        if "inhRelations" in node or has(node.get("tableElts"), "TableLikeClause"):
            return catalog  # it has defaults and triggers of others: not known until it is read
        return catalog.with_relation(made_relation(node, node["relation"]))
    if into and node.get("objtype") != "OBJECT_MATVIEW":
        return catalog.with_relation(made_relation({}, into))
    if kind == "CreateFunctionStmt":
        made = made_function(node)
        # a body that the parser keeps is read from its whole definition
        return catalog.with_function(
            replace(made, body=text, parsed=True) if "sql_body" in node else made
        )
    hooked = kind in ("CreateTrigStmt", "RuleStmt")
    if kind in _TAINTING or (hooked and case.takes_rows):
        return catalog.with_taint()
    return catalog
