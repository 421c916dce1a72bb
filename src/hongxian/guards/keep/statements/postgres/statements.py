"""Each statement of PostgreSQL by its kind: what is not handled here or listed is unknown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hongxian.guards.keep.statements.verdict import Verdict

from . import alters, bodies, creates, later, query, rights, writes
from .case import Case, Scope
from .elements import elements
from .known import fixed
from .nodes import constant, dotted, inside, options, qualified, ranged, typed

if TYPE_CHECKING:
    from .judge import Judge
    from .parse import Node

Handler = "Callable[[Judge, Node, Scope, Case], None]"

_QUERIES = frozenset({"SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt"})
_RUN = _QUERIES | {"TruncateStmt", "CallStmt", "DoStmt", "ExecuteStmt", "CopyStmt", "PrepareStmt",
                   "DeclareCursorStmt", "CreateTableAsStmt"}  # fmt: skip
"""What runs by names that an earlier statement may have given another meaning."""

_NO_DEFINITION = _RUN | {
    "TransactionStmt", "VariableSetStmt", "VariableShowStmt", "ExplainStmt", "ListenStmt",
    "NotifyStmt", "UnlistenStmt", "FetchStmt", "ClosePortalStmt", "DeallocateStmt", "DiscardStmt",
    "LockStmt", "CheckPointStmt", "VacuumStmt", "ConstraintsSetStmt", "ReturnStmt", "LoadStmt",
    "DropdbStmt", "CreatedbStmt", "CreateRoleStmt", "AlterRoleStmt", "GrantRoleStmt",
    "DropRoleStmt", "AlterRoleSetStmt", "AlterSystemStmt", "AlterDatabaseSetStmt",
    "AlterDatabaseStmt", "CreateTableSpaceStmt", "DropTableSpaceStmt", "ReindexStmt",
}  # fmt: skip
"""What fires no event trigger."""

_OFF = frozenset({"false", "off", "0"})


def judge(  # noqa: PLR0913 - a statement, where it stands, where it is noted
    judge: Judge, kind: str, node: Node, scope: Scope, case: Case, *, text: str
) -> None:
    """Judge a statement into a case; ``text`` is that of a top one, for the row estimate."""
    if judge.catalog.tainted and kind in _RUN:
        case.add(Verdict.UNKNOWN, "changed_before")
    if kind not in _NO_DEFINITION:
        judge.definition_changes(case)
    if kind in _QUERIES:
        judge.query({kind: node}, scope, case)
        _estimated(judge, kind, node, case, text)
    elif kind in _HANDLERS:
        _HANDLERS[kind](judge, node, scope, case)
    else:
        verdict, code = fixed().get(kind, (Verdict.UNKNOWN, "kind_unknown"))
        case.add(verdict, code, "" if code != "kind_unknown" else kind)
        if verdict is not Verdict.SAFE:
            _touch(kind, node, case)
        if kind in ("RenameStmt", "AlterObjectSchemaStmt"):
            later.renamed(judge, node, case)


def _touch(kind: str, node: Node, case: Case) -> None:
    if "relation" in node:
        case.touch("table", dotted(ranged(node["relation"])), "alter")
    elif "dbname" in node:
        case.touch("database", node["dbname"], "drop" if kind == "DropdbStmt" else "alter")
    for one in node.get("roles", ()):
        case.touch("role", one.get("RoleSpec", {}).get("rolename", ""), "alter")


def _estimated(judge: Judge, kind: str, node: Node, case: Case, text: str) -> None:
    """Take the doubt back when the planner says that few rows of a counted table are taken."""
    reasons = set(case.unproven)
    if not text or not reasons:
        return
    tables = judge.find(ranged(node.get("relation", {})))
    counts = [judge.rows(writes.base(judge, one)) for one in tables]
    if len(tables) != 1 or counts[0] is None or kind == "SelectStmt":
        return
    count = judge.estimate(text)
    if count is None:
        return
    if judge.limits.mass(count, counts[0]):
        case.add(Verdict.DESTRUCTIVE, "mass_estimated", tables[0].full)
        return
    for one in reasons:
        del case.reasons[one]
        case.unproven.discard(one)
    case.literal = True
    case.verdict = max([Verdict.SAFE, *case.reasons.values()])
    event = writes.EVENTS.get(kind, "delete")
    writes.cascade(judge, writes.base(judge, tables[0]), event, count, case)


def _explain(judge: Judge, node: Node, scope: Scope, case: Case) -> None:
    ((kind, inner),) = node["query"].items()
    elements = [one["DefElem"] for one in node.get("options", ())]
    runs = [one for one in elements if one.get("defname", "").lower() == "analyze"]
    case.literal = case.literal or bool(runs)
    if any((constant(one.get("arg")) or "true").lower() not in _OFF for one in runs):
        judge.statement(kind, inner, scope, case)
    else:
        query.planned(judge, node["query"], scope, case)


def _prepare(judge: Judge, node: Node, scope: Scope, case: Case) -> None:
    ((kind, inner),) = node["query"].items()
    case.literal = True  # the text itself is kept by the session
    judge.statement(kind, inner, scope, case)


def _execute(judge: Judge, node: Node, scope: Scope, case: Case) -> None:
    name = node.get("name", "")
    given = {place: elements(one, {}) for place, one in enumerate(node.get("params", ()), 1)}
    case.literal = True
    for made in judge.catalog.prepared.get(name, ()):
        ((kind, inner),) = made.items()
        replace(judge, given=given).statement(kind, inner, scope, case)
    if name not in judge.catalog.prepared:
        case.add(Verdict.UNKNOWN, "prepared_unknown", name)
    judge.query(node.get("params", []), scope, case)


def _cursor(judge: Judge, node: Node, scope: Scope, case: Case) -> None:
    judge.query(node["query"], scope, case)


def _copy(judge: Judge, node: Node, scope: Scope, case: Case) -> None:
    if node.get("is_program"):
        case.add(Verdict.UNKNOWN, "program")
    elif "filename" in node:
        verdict = Verdict.REVERSIBLE if node.get("is_from") else Verdict.DESTRUCTIVE
        case.add(verdict, "server_file")
    name = ranged(node.get("relation", {}))
    if node.get("is_from"):
        found = judge.find(name)
        for one in found:
            writes.write(judge, one, "insert", case, many=True)
        if not found:
            case.add(Verdict.UNKNOWN, "relation_unknown", dotted(name))
    elif "relation" in node:
        judge.query({"RangeVar": node["relation"]}, scope, case)
    judge.query(node.get("query"), scope, case)
    judge.query(node.get("whereClause"), scope._replace(many=True), case)


def _call(judge: Judge, node: Node, scope: Scope, case: Case) -> None:
    judge.query({"FuncCall": node["funccall"]}, scope, case)


def _truncate(judge: Judge, node: Node, scope: Scope, case: Case) -> None:  # noqa: ARG001 - as all handlers
    writes.truncate(judge, node, case)


def _transaction(judge: Judge, node: Node, scope: Scope, case: Case) -> None:  # noqa: ARG001 - as all handlers
    kind = node.get("kind", "")
    if kind == "TRANS_STMT_PREPARE":
        case.add(Verdict.REVERSIBLE, "prepared_transaction")
    elif kind in ("TRANS_STMT_COMMIT_PREPARED", "TRANS_STMT_ROLLBACK_PREPARED"):
        case.add(Verdict.DESTRUCTIVE, "prepared_transaction")


def _maintenance(judge: Judge, node: Node, scope: Scope, case: Case) -> None:
    """Judge VACUUM, ANALYZE, CLUSTER, REINDEX: they run the functions of indexes."""
    given = options(node.get("options", node.get("params")))
    if "full" in given and (constant(given["full"]) or "true").lower() not in _OFF:
        case.add(Verdict.REVERSIBLE, "rewritten")
    named = [node.get("relation"), *(fields.get("relation") for kind, fields in
             inside(node.get("rels", [])) if kind == "VacuumRelation")]  # fmt: skip
    tables = [found for one in named if one for found in judge.find(ranged(one))]
    if not any(named):
        tables = list(judge.catalog.all_relations())
    for one in tables:
        for expression in one.indexed:
            judge.expression(expression, Scope(many=True, depth=scope.depth + 1), case)


def _cluster(judge: Judge, node: Node, scope: Scope, case: Case) -> None:
    case.add(Verdict.REVERSIBLE, "rewritten")
    _maintenance(judge, node, scope, case)


def _refresh(judge: Judge, node: Node, scope: Scope, case: Case) -> None:
    name = ranged(node["relation"])
    found = judge.find(name)
    if not found:
        case.add(Verdict.UNKNOWN, "relation_unknown", dotted(name))
    for one in found:
        case.touch("view", one.full, "update")
        judge.text(one.definition, Scope(many=True, depth=scope.depth + 1), case)
    if node.get("skipData"):
        case.add(Verdict.REVERSIBLE, "emptied_view", dotted(name))


def _return(judge: Judge, node: Node, scope: Scope, case: Case) -> None:
    judge.query(node.get("returnval"), scope, case)


def _sequence(judge: Judge, node: Node, scope: Scope, case: Case) -> None:  # noqa: ARG001 - as all handlers
    case.add(Verdict.REVERSIBLE, "sequence", dotted(ranged(node["sequence"])))


def _schema(judge: Judge, node: Node, scope: Scope, case: Case) -> None:
    for one in node.get("schemaElts", ()):
        judge.statement(*typed(one), scope, case)


def _event_trigger(judge: Judge, node: Node, scope: Scope, case: Case) -> None:
    case.add(Verdict.REVERSIBLE, "event_trigger_made", node.get("trigname", ""))
    judge.named((qualified(node.get("funcname")),), scope, case)


_HANDLERS: dict[str, Any] = {
    "ExplainStmt": _explain, "PrepareStmt": _prepare, "ExecuteStmt": _execute,
    "DeclareCursorStmt": _cursor, "CopyStmt": _copy, "CallStmt": _call,
    "DoStmt": bodies.do_block, "TruncateStmt": _truncate, "TransactionStmt": _transaction,
    "VacuumStmt": _maintenance, "ReindexStmt": _maintenance, "ClusterStmt": _cluster,
    "RefreshMatViewStmt": _refresh, "ReturnStmt": _return, "AlterSeqStmt": _sequence,
    "CreateSchemaStmt": _schema, "CreateEventTrigStmt": _event_trigger,
    **creates.HANDLERS, **alters.HANDLERS, **rights.HANDLERS,
}  # fmt: skip
