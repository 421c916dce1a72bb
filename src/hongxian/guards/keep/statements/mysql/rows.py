"""Which rows a statement of MySQL or MariaDB takes, by the tree that sqlglot makes of it.

A WHERE clause is proved to take few rows when it equates a column with a value of the same sort
that stands in the text: MySQL turns texts into numbers, so that ``email = 0`` is true for every
address that does not begin with a digit. Parameters are taken to be of the column's sort. How many
rows share a value is told by the cardinality of an index; without one nothing is proved.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, NamedTuple

from hongxian.guards.keep.statements.catalog import Relation, pick
from hongxian.guards.keep.statements.verdict import Limits, Verdict

from .calls import body, known, view

if TYPE_CHECKING:
    from sqlglot import exp

    from hongxian.guards.keep.statements.catalog import Catalog
    from hongxian.guards.keep.statements.postgres.case import Case

    from .lexer import Token

_MODIFIERS = frozenset({
    "LOW_PRIORITY", "HIGH_PRIORITY", "QUICK", "IGNORE", "DELAYED", "SQL_NO_CACHE", "SQL_CACHE",
    "SQL_CALC_FOUND_ROWS", "STRAIGHT_JOIN", "SQL_SMALL_RESULT", "SQL_BIG_RESULT",
    "SQL_BUFFER_RESULT",
})  # fmt: skip
_TEXTS = ("char", "text", "enum", "set", "blob", "binary")


class Ground(NamedTuple):
    """What a change of rows is judged by.

    Attributes:
        catalog: what the server holds.
        limits: from where on rows are mass.
        case: where it is noted.
        seen: routines, triggers and views that are around it.
        inside: that it stands in a body, where a name can be that of a variable.
    """

    catalog: Catalog
    limits: Limits
    case: Case
    seen: frozenset[str] = frozenset()
    inside: bool = False


def judge(  # noqa: PLR0913 - what it is judged by
    tokens: list[Token], catalog: Catalog, limits: Limits, case: Case,
    *, seen: frozenset[str] = frozenset(), inside: bool = False,
) -> None:  # fmt: skip
    """Judge what a query or a change of rows reads and takes; see :class:`Ground`."""
    words = [one.upper for one in tokens]
    if words[0] == "DO":
        return
    replacing = words[0] == "REPLACE"
    start = next((place for place, word in enumerate(words[1:], 1) if word not in _MODIFIERS), 1)
    verb = "INSERT" if replacing else words[0]
    if verb == "INSERT" and words[start : start + 1] != ["INTO"]:
        verb = "INSERT INTO"
    sql = " ".join([verb, *(one.canonical for one in tokens[start:])])
    tree = _parsed(sql)
    if tree is None:
        case.add(Verdict.UNKNOWN, "unparsable")
        return
    from sqlglot import exp  # noqa: PLC0415 - a heavy library, for those who ask

    ground = Ground(catalog, limits, case, seen, inside)
    _read(tree, ground)
    for one in tree.find_all(exp.Delete, exp.Update, exp.Insert):
        if isinstance(one, exp.Insert):
            _insert(one, ground, replacing=replacing)
        else:
            _change(one, ground, assigns=":=" in words)


def _parsed(sql: str) -> Any:
    from sqlglot import errors, exp, parse  # noqa: PLC0415 - a heavy library, for those who ask

    logging.getLogger("sqlglot").setLevel(logging.ERROR)  # it would print the text
    try:
        trees = parse(sql, dialect="mysql")
    except (errors.SqlglotError, RecursionError):
        return None
    if len(trees) != 1 or trees[0] is None or isinstance(trees[0], exp.Command):
        return None
    return trees[0]


def tables(names: list[str], catalog: Catalog) -> tuple[Relation, ...]:
    """Return the tables of a name that may have its database in front: ``a``, or ``a . b``."""
    schema, name = (
        (names[0], names[2])
        if len(names) > 2 and names[1] == "."
        else ("", names[0] if names else "")
    )
    return pick(catalog.relations, schema, name)


def _named(table: exp.Table, catalog: Catalog) -> tuple[Relation, ...]:
    return pick(catalog.relations, table.db, table.name)


def _read(tree: Any, ground: Ground) -> None:
    from sqlglot import exp  # noqa: PLC0415 - a heavy library, for those who ask

    case = ground.case
    made = {one.alias_or_name for one in tree.find_all(exp.CTE)}
    for table in tree.find_all(exp.Table):
        if not isinstance(table.this, exp.Identifier) or (not table.db and table.name in made):
            continue
        aliases = isinstance(table.parent, exp.Delete) and table.arg_key == "tables"
        found = _named(table, ground.catalog)
        system = table.db.lower() in ("information_schema", "performance_schema", "sys", "mysql")
        if not found and not aliases and not system and table.name.lower() != "dual":
            case.add(Verdict.UNKNOWN, "relation_unknown", table.name)
        for one in found:
            case.touch("view" if one.kind == "v" else "table", one.full, "read")
            if one.kind == "v":
                view(one, ground.catalog, case, ground.seen)


def write(
    names: list[str], event: str, catalog: Catalog, case: Case, *, many: bool
) -> tuple[Relation, ...]:
    """Judge writing to a table by a name: what its triggers do; return the tables."""
    return _writes(names, event, Ground(catalog, Limits(), case), many=many)


def _writes(names: list[str], event: str, ground: Ground, *, many: bool) -> tuple[Relation, ...]:
    found = tables(names, ground.catalog)
    if not found:
        ground.case.add(Verdict.UNKNOWN, "relation_unknown", "".join(names))
    for one in found:
        _written(one, event, ground, many=many)
    return found


def _behind(one: Relation, catalog: Catalog, case: Case) -> list[Relation]:
    """Return the tables whose names stand in the query of a view."""
    from .lexer import UnreadableError, readings  # noqa: PLC0415 - as for views that are read

    try:
        words = {token.text for reading in readings(one.definition) for part in reading
                 for token in part if token.kind in ("word", "name")}  # fmt: skip
    except UnreadableError as error:
        case.add(Verdict.UNKNOWN, str(error.args[0]), one.full)
        return []
    return [table for table in catalog.all_relations() if table.name in words and table != one]


def _written(one: Relation, event: str, ground: Ground, *, many: bool) -> None:
    case = ground.case
    case.touch("table", one.full, event.lower())
    if one.kind == "v":
        for below in _behind(one, ground.catalog, case):
            _written(below, event, ground, many=many)
    if one.schema in ("mysql", "sys", "performance_schema", "information_schema"):
        case.add(Verdict.DESTRUCTIVE, "system_table", one.full)
    for trigger in one.triggers:
        name = f"{one.full}.{trigger.name}"
        if event.lower() in trigger.events and name not in ground.seen:
            before = case.takes_rows
            case.takes_rows = False
            body(trigger.definition, ground.catalog, case, ground.seen | {name})
            if case.takes_rows and many:
                case.add(Verdict.DESTRUCTIVE, "many_calls", trigger.name)
            case.takes_rows = case.takes_rows or before


def _insert(one: exp.Insert, ground: Ground, *, replacing: bool) -> None:
    from sqlglot import exp  # noqa: PLC0415 - a heavy library, for those who ask

    table = one.this.find(exp.Table)
    source = one.expression
    listed = len(source.expressions) if isinstance(source, exp.Values) else 0
    name = [table.db, ".", table.name] if table.db else [table.name]
    found, limits, case = _writes(name, "INSERT", ground, many=not listed), *ground[1:3]
    if not replacing and not one.args.get("conflict"):
        return
    for target in found:
        _written(target, "DELETE" if replacing else "UPDATE", ground, many=not listed)
        if not listed or listed > limits.rows:
            case.add(Verdict.DESTRUCTIVE, "mass_upsert", target.full)
        elif replacing:
            _cascade(target, "delete", float(listed), ground)


def _change(one: Any, ground: Ground, *, assigns: bool) -> None:
    from sqlglot import exp  # noqa: PLC0415 - a heavy library, for those who ask

    event = "DELETE" if isinstance(one, exp.Delete) else "UPDATE"
    several = bool(one.args.get("tables") or one.args.get("using") or one.this.args.get("joins"))
    targets = list(one.find_all(exp.Table)) if several else [one.this]
    where, limit = one.args.get("where"), None if several else one.args.get("limit")
    for table in targets:
        name = [table.db, ".", table.name] if table.db else [table.name]
        for target in (
            _writes(name, event, ground, many=True)
            if not several
            else _named(table, ground.catalog)
        ):
            if target.own:
                continue
            ground.case.takes_rows = True
            alias = table.alias_or_name
            plain = not several and not assigns and where and target.kind != "v"
            found = proof(where.this, target, alias, inside=ground.inside) if plain else None
            _taken(target, event, found, where, limit, ground)


def _taken(  # noqa: PLR0913, PLR0917 - what is known of a change
    target: Relation, event: str, found: list[dict[str, int]] | None, where: Any, limit: Any,
    ground: Ground,
) -> None:  # fmt: skip
    limits, case = ground.limits, ground.case
    count = _count(found, target) if found is not None else None
    if count is None and limit is not None and str(limit.expression).isdigit() and target.rows:
        count = float(str(limit.expression))
        case.literal = True
    if count is None:
        column = where is not None and any(True for _ in where.find_all(_column_class()))
        code = "mass_all" if where is None else "mass_unproven" if column else "mass_constant"
        case.add(Verdict.DESTRUCTIVE, code, target.full, unproven=code == "mass_unproven")
    elif not (found is not None and _keyed(found, target) and count <= limits.few) and limits.mass(
        count, target.rows
    ):
        case.add(Verdict.DESTRUCTIVE, "mass_rows", target.full)
    if event == "DELETE":
        _cascade(target, "delete", count, ground)


def _column_class() -> type:
    from sqlglot import exp  # noqa: PLC0415 - a heavy library, for those who ask

    return exp.Column


def _cascade(
    one: Relation, event: str, count: float | None, ground: Ground,
    seen: frozenset[str] = frozenset(),
) -> None:  # fmt: skip
    catalog, limits, case = ground[:3]
    for key in catalog.references.get((one.schema, one.name), ()):
        child = catalog.relation(key.table)
        if key.on_delete not in ("c", "n", "d") or key.name in seen or child is None:
            continue
        case.touch("table", child.full, "delete" if key.on_delete == "c" else "update")
        going = None
        if count is not None and child.rows is not None and one.rows:
            going = child.rows * min(1.0, count / one.rows)
        if count is not None and (going is None or going > limits.cascade) and child.rows != 0:
            case.add(Verdict.DESTRUCTIVE, "cascade", child.full)
        _cascade(child, event, going, ground, seen | {key.name})


def _keyed(found: list[dict[str, int]], target: Relation) -> bool:
    return all(any(set(key) <= set(one) for key in target.keys) for one in found)


def _count(found: list[dict[str, int]], target: Relation) -> float | None:
    total = 0.0
    for one in found:
        key = next((key for key in target.keys if set(key) <= set(one)), None)
        if key:
            product = 1.0
            for name in key:
                product *= one[name]
            total += product
            continue
        part = 1.0
        for name, values in one.items():
            column = target.column(name)
            if column is not None and column.common is not None:
                part = min(part, column.common * values)
        if part >= 1.0:
            return None  # no index tells how many rows share a value
        total += part * (target.rows or 0.0)
    return total


def proof(  # noqa: PLR0911 - one for each kind of condition
    where: Any, target: Relation, alias: str, *, inside: bool = False
) -> list[dict[str, int]] | None:
    """Return the equalities of which each row must fulfil one; ``None`` when it is not proved."""
    from sqlglot import exp  # noqa: PLC0415 - a heavy library, for those who ask

    if isinstance(where, exp.Paren):
        return proof(where.this, target, alias, inside=inside)
    if isinstance(where, exp.And):
        parts = [proof(one, target, alias, inside=inside) for one in (where.left, where.right)]
        good = [one for one in parts if one]
        simple = [one[0] for one in good if len(one) == 1]
        if simple:
            return [{name: count for one in reversed(simple) for name, count in one.items()}]
        return good[0] if good else None
    if isinstance(where, exp.Or):
        parts = [proof(one, target, alias, inside=inside) for one in (where.left, where.right)]
        return [one for part in parts for one in part or ()] if all(parts) else None
    if isinstance(where, exp.EQ):
        return _equal(where.left, where.right, target, alias, inside=inside)
    if isinstance(where, exp.In) and where.expressions and not where.args.get("query"):
        column = _column(where.this, target, alias)
        if column and all(_fits(one, column, target, inside=inside) for one in where.expressions):
            return [{column: len(where.expressions)}]
    return None


def _equal(
    left: Any, right: Any, target: Relation, alias: str, *, inside: bool
) -> list[dict[str, int]] | None:
    from sqlglot import exp  # noqa: PLC0415 - a heavy library, for those who ask

    if isinstance(left, exp.Tuple) and isinstance(right, exp.Tuple):
        pairs = list(zip(left.expressions, right.expressions, strict=False))
    else:
        pairs = [(left, right), (right, left)]
    found = {}
    for one, value in pairs:
        column = _column(one, target, alias)
        if column and _fits(value, column, target, inside=inside):
            found[column] = 1
    return [found] if found else None


def _column(node: Any, target: Relation, alias: str) -> str | None:
    from sqlglot import exp  # noqa: PLC0415 - a heavy library, for those who ask

    if not isinstance(node, exp.Column) or (node.table and node.table != alias):
        return None
    names = {one.name.lower(): one.name for one in target.columns}
    return names.get(node.name.lower())


def _fits(  # noqa: PLR0911 - one for each kind of value
    node: Any, column: str, target: Relation, *, inside: bool = False
) -> bool:
    """Return whether a value is given with the statement, and of the sort of a column."""
    from sqlglot import exp  # noqa: PLC0415 - a heavy library, for those who ask

    found = target.column(column)
    textual = found is not None and any(word in found.type.lower() for word in _TEXTS)
    if isinstance(node, exp.Paren | exp.Collate | exp.Introducer):
        below = node.expression if isinstance(node, exp.Introducer) else node.this
        return _fits(below, column, target, inside=inside)
    if isinstance(node, exp.Literal):
        return bool(node.is_string) or not textual
    if isinstance(node, exp.Placeholder):
        return True
    if isinstance(node, exp.Column):
        return inside and not textual and _variable(node, target)
    if isinstance(node, exp.Neg | exp.Parameter | exp.HexString | exp.National):
        return isinstance(node, exp.HexString | exp.National) or not textual
    if isinstance(node, exp.Func) and not textual:
        return not any(True for _ in node.find_all(exp.Column)) and all(
            _steady(one) for one in node.find_all(exp.Func)
        )
    return False


def _steady(node: Any) -> bool:
    """Return whether a function gives the same for every row."""
    names = {name.upper() for name in node.sql_names()} | {node.name.upper()}
    return bool(names & known()["functions"]["steady"])


def _variable(node: Any, target: Relation) -> bool:
    """Return whether a name in a body is none of the table's columns; OLD and NEW are one row."""
    if node.table:
        return node.table.upper() in ("OLD", "NEW")
    return node.name.lower() not in {one.name.lower() for one in target.columns}
