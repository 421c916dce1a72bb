"""What INSERT, UPDATE, DELETE, MERGE and TRUNCATE do: rows, triggers, rules, foreign keys."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hongxian.guards.keep.statements.catalog import SYSTEM, TRASH, bare
from hongxian.guards.keep.statements.verdict import Verdict

from . import query, rows
from .case import Case, Scope
from .elements import literal
from .nodes import dotted, has, inside, ranged, strings, typed
from .parse import Node, UnreadableError, parse
from .rows import Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hongxian.guards.keep.statements.catalog import ForeignKey, Relation

    from .judge import Judge

EVENTS = {"InsertStmt": "insert", "UpdateStmt": "update", "DeleteStmt": "delete"}
_DEEPEST = 32
"""Foreign keys and partitions in a row that are followed."""


def judge(  # noqa: PLR0913, PLR0917 - as all handlers of the walk
    judge: Judge, kind: str, fields: Node, scope: Scope, case: Case, stack: list[Any]
) -> None:
    """Judge a statement that writes rows, and put what is in it on the stack of the walk."""
    name = ranged(fields.get("relation", {}))
    found = judge.find(name)
    if not found:
        case.add(Verdict.UNKNOWN, "relation_unknown", dotted(name))
    for one in found:
        if kind == "InsertStmt":
            _insert(judge, one, fields, scope, case)
        elif kind == "MergeStmt":
            _merge(judge, one, fields, scope, case)
        else:
            _change(judge, EVENTS[kind], one, fields, scope, case)
    inner = scope if kind == "InsertStmt" else scope._replace(many=True)
    for key, value in fields.items():
        if key == "selectStmt":
            stack.append((value, scope))
        elif key != "relation" and isinstance(value, (dict, list)):
            stack.append((value, inner))


def _insert(judge: Judge, one: Relation, fields: Node, scope: Scope, case: Case) -> None:
    values = fields.get("selectStmt", {}).get("SelectStmt", {})
    listed = len(values.get("valuesLists", ())) if values else 1
    many = scope.many or not listed or _has_rows(values)
    write(judge, one, "insert", case, many=many)
    conflict = fields.get("onConflictClause", {})
    if conflict.get("action") != "ONCONFLICT_UPDATE":
        return
    case.takes_rows = True
    write(judge, one, "update", case, many=many)
    if (many or listed > judge.limits.rows) and not one.own:
        unproven = listed == 0
        case.add(Verdict.DESTRUCTIVE, "mass_upsert", one.full, unproven=unproven)


def _has_rows(values: Node) -> bool:
    return any(has(one, "SelectStmt") for one in values.get("valuesLists", ()))


def _change(  # noqa: PLR0913, PLR0917 - what, where, and where it is noted
    judge: Judge, event: str, one: Relation, fields: Node, scope: Scope, case: Case
) -> None:
    """Judge an UPDATE or DELETE of one table."""
    relation = base(judge, one)
    if relation.children:  # keys of a table do not hold for those that inherit from it
        keys = relation.keys if relation.kind == "p" else ()
        relation = replace(relation, keys=keys, rows=judge.rows(relation))
    alias = fields["relation"].get("alias", {}).get("aliasname") or one.name
    sources = [*fields.get("fromClause", ()), *fields.get("usingClause", ())]
    target = Target(relation, alias, scope.names, dict(_lists(sources)), _given(judge, scope))
    where = fields.get("whereClause")
    # the column of a view that is no plain one of a table can be the same in every row
    plain = where is not None and relation.kind != "v"
    found = rows.alternatives(where, target, judge.catalog) if plain else None
    columns = _assigned(fields) if event == "update" else None
    write(judge, one, event, case, many=scope.many or found is None)
    if one.own:
        return
    case.takes_rows = True
    if scope.many:
        case.add(Verdict.DESTRUCTIVE, "mass_loop", one.full)
    elif found is None:
        _not_proved(one, where, target, case)
        cascade(judge, relation, event, None, case, columns=columns)
    else:
        count, mass = rows.rows(found, target, judge.limits)
        if mass:
            case.add(Verdict.DESTRUCTIVE, "mass_rows", one.full)
        if any(len(entry) and max(entry.values()) > 1 for entry in found) or literal(where):
            case.literal = True
        cascade(judge, relation, event, max(count, 1.0), case, columns=columns)


def _not_proved(one: Relation, where: Any, target: Target, case: Case) -> None:
    if where is None:
        case.add(Verdict.DESTRUCTIVE, "mass_all", one.full)
    elif not any(target.column({"ColumnRef": ref}) for ref in _columns(where)):
        case.add(Verdict.DESTRUCTIVE, "mass_constant", one.full)
    else:
        case.add(Verdict.DESTRUCTIVE, "mass_unproven", one.full, unproven=True)


def _columns(node: Any) -> Iterable[Node]:
    return (fields for kind, fields in inside(node) if kind == "ColumnRef")


def _merge(judge: Judge, one: Relation, fields: Node, scope: Scope, case: Case) -> None:
    clauses = [typed(part)[1] for part in fields.get("mergeWhenClauses", ())]
    commands = {part.get("commandType") for part in clauses}
    for command, event in (("CMD_INSERT", "insert"), ("CMD_UPDATE", "update"),
                           ("CMD_DELETE", "delete")):  # fmt: skip
        if command in commands:
            write(judge, one, event, case, many=True)
    taking = commands & {"CMD_UPDATE", "CMD_DELETE"}
    if not taking or one.own:
        return
    case.takes_rows = True
    alias = fields["relation"].get("alias", {}).get("aliasname") or one.name
    target = Target(base(judge, one), alias, scope.names,
                    dict(_lists([fields.get("sourceRelation", {})])),
                    _given(judge, scope))  # fmt: skip
    found = rows.alternatives(fields.get("joinCondition"), target, judge.catalog)
    by_source = any("NOT_MATCHED_BY_SOURCE" in part.get("matchKind", "") for part in clauses)
    if found is None or by_source or scope.many:
        case.add(Verdict.DESTRUCTIVE, "mass_merge", one.full, unproven=not by_source)
    elif rows.rows(found, target, judge.limits)[1]:
        case.add(Verdict.DESTRUCTIVE, "mass_rows", one.full)
    event = "delete" if "CMD_DELETE" in taking else "update"
    cascade(judge, one, event, None, case)


def _given(judge: Judge, scope: Scope) -> Mapping[int, int]:
    """Return how many values each parameter lists; those of a body are its own."""
    return judge.given if scope.depth == 0 else {}


def _lists(sources: Iterable[Any]) -> Iterable[tuple[str, int]]:
    """Give the aliases of lists of values in a FROM clause, and how long they are."""
    for one in sources:
        kind, fields = typed(one)
        alias = fields.get("alias", {}).get("aliasname", "") if isinstance(fields, dict) else ""
        values = fields.get("subquery", {}).get("SelectStmt", {}).get("valuesLists", ()) \
            if kind == "RangeSubselect" else ()  # fmt: skip
        if alias and values and not any(has(row, "SelectStmt", "ColumnRef") for row in values):
            yield alias, len(values)


def _assigned(fields: Node) -> frozenset[str]:
    """Return the columns that SET names."""
    return frozenset(one["ResTarget"].get("name", "") for one in fields.get("targetList", ()))


def base(judge: Judge, one: Relation, depth: int = 0) -> Relation:
    """Return the table behind a view that only picks columns of one table; else the relation."""
    if one.kind != "v" or depth > _DEEPEST:
        return one
    try:
        (made,) = parse(one.definition)
    except (UnreadableError, ValueError):
        return one
    tables = made.node.get("fromClause", [])
    if len(tables) != 1 or typed(tables[0])[0] != "RangeVar" or has(made.node, "FuncCall"):
        return one
    names = {}
    for target in made.node.get("targetList", ()):
        entry = target.get("ResTarget", {})
        source = strings(entry.get("val", {}).get("ColumnRef", {}).get("fields"))
        if not source or entry.get("name", source[-1]) != source[-1]:
            return one  # a column under another name
        names[source[-1]] = True
    below = judge.find(ranged(tables[0]["RangeVar"]))
    return base(judge, below[0], depth + 1) if len(below) == 1 else one


def write(  # noqa: PLR0913 - what happens to what, how often
    judge: Judge,
    one: Relation,
    event: str,
    case: Case,
    *,
    many: bool,
    depth: int = 0,
) -> None:
    """Judge what runs when rows of a relation are written: triggers, rules, defaults, checks."""
    case.touch("view" if one.kind == "v" else "table", one.full, event)
    if one.builtin or one.schema in SYSTEM:
        case.add(Verdict.DESTRUCTIVE, "system_table", one.full)
        return
    if one.schema.startswith(TRASH):
        case.add(Verdict.DESTRUCTIVE, "trash", one.full)
    if depth > _DEEPEST:
        case.add(Verdict.UNKNOWN, "too_deep", one.full)
        return
    key = ("write", id(one), event, many)
    found = judge.once(key, lambda made: _runs(judge, one, event, made, many=many, depth=depth))
    case.join(found)


def _runs(  # noqa: PLR0913 - as above
    judge: Judge, one: Relation, event: str, case: Case, *, many: bool, depth: int
) -> None:
    scope, once = Scope(many=many, depth=depth + 1), Scope(depth=depth + 1)
    if one.kind == "f":
        case.add(Verdict.UNKNOWN, "foreign", one.full)
    for trigger in one.triggers:
        if event in trigger.events:
            judge.trigger(trigger, scope, case)
    for rule in one.rules:
        if rule.event == event and rule.enabled not in ("D", "R"):
            judge.text(rule.definition, scope, case)
    expressions = one.policies
    if event in ("insert", "update"):
        expressions = (*one.policies, *one.expressions, *one.indexed)
        for column in one.columns:
            query.named_type(judge, bare(column.type), once, case)
    for expression in expressions:
        judge.expression(expression, once, case)
    for below in _below(judge, one, case):
        write(judge, below, event, case, many=many, depth=depth + 1)


def _below(judge: Judge, one: Relation, case: Case) -> list[Relation]:
    """Return the tables that are written when a relation is: behind a view, or that inherit."""
    children = [judge.catalog.relation(child) for child in one.children]
    if one.kind == "v":
        table = base(judge, one)
        children = [table] if table is not one else _behind(judge, one, case)
    return [table for table in children if table is not None]


def _behind(judge: Judge, one: Relation, case: Case) -> list[Relation | None]:
    """Return whatever tables stand in a view that is no plain pick of columns."""
    try:
        (made,) = parse(one.definition)
    except (UnreadableError, ValueError):
        case.add(Verdict.UNKNOWN, "unparsable", one.full)
        return []
    return [
        below
        for kind, fields in map(typed, made.node.get("fromClause", ()))
        if kind == "RangeVar"
        for below in judge.find(ranged(fields))
    ]


def cascade(  # noqa: PLR0913 - as above
    judge: Judge,
    one: Relation,
    event: str,
    count: float | None,
    case: Case,
    *,
    columns: frozenset[str] | None = None,
    seen: frozenset[str] = frozenset(),
) -> None:
    """Count the rows of other tables that go with rows of this one, by foreign keys.

    Args:
        judge: what knows the catalog.
        one: the table whose rows go.
        event: update or delete.
        count: about how many; ``None``: nobody knows, the statement itself is judged by that.
        case: where it is noted.
        columns: that an UPDATE assigns.
        seen: keys that were followed already.
    """
    for key in judge.catalog.references.get((one.schema, one.name), ()):
        action = key.on_delete if event == "delete" else key.on_update
        assigned = event == "delete" or columns is None or bool(columns & set(key.to_columns))
        if action not in ("c", "n", "d") or not assigned or key.name in seen:
            continue
        child = judge.catalog.relation(key.table)
        if child is None:
            case.add(Verdict.UNKNOWN, "relation_unknown", dotted(key.table))
            continue
        then = "delete" if event == "delete" and action == "c" else "update"
        write(judge, child, then, case, many=True)
        going = _going(judge, one, child, key, count)
        if count is not None and (going is None or going > judge.limits.cascade):
            case.add(Verdict.DESTRUCTIVE, "cascade", child.full, unproven=False)
        if then == "delete" and len(seen) < _DEEPEST:
            cascade(judge, child, "delete", going if count is not None else None, case,
                    seen=seen | {key.name})  # fmt: skip


def _going(
    judge: Judge, one: Relation, child: Relation, key: ForeignKey, count: float | None
) -> float | None:
    """Return about how many rows of a child go with so many rows of its parent."""
    below, above = judge.rows(child), judge.rows(one)
    if count is None or below is None:
        return None
    column = child.column(key.columns[0])
    if column is not None and column.common is not None:
        return below * min(1.0, column.common * count)
    return below * min(1.0, count / above) if above else below


def truncate(judge: Judge, node: Node, case: Case) -> None:
    """Judge TRUNCATE: each table, those that inherit from it, and with CASCADE those that refer."""
    cascading = node.get("behavior") == "DROP_CASCADE"
    for one in node.get("relations", ()):
        name = ranged(one.get("RangeVar", {}))
        found = judge.find(name)
        if not found:
            case.add(Verdict.UNKNOWN, "relation_unknown", dotted(name))
        for table in found:
            _truncated(judge, table, case, cascading=cascading, seen=set())


def _truncated(judge: Judge, one: Relation, case: Case, *, cascading: bool, seen: set[str]) -> None:
    if one.full in seen:
        return
    seen.add(one.full)
    write(judge, one, "truncate", case, many=True)
    if not one.own:
        case.takes_rows = True
        case.add(Verdict.DESTRUCTIVE, "truncate", one.full)
    below = [judge.catalog.relation(child) for child in one.children]
    if cascading:
        keys = judge.catalog.references.get((one.schema, one.name), ())
        below += [judge.catalog.relation(key.table) for key in keys]
    for table in below:
        if table is not None:
            _truncated(judge, table, case, cascading=cascading, seen=seen)
