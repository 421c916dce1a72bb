"""What is dropped is moved into the plan's schema instead, with all that hangs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.guards.keep.statements.catalog import bare, pick
from hongxian.guards.keep.statements.postgres.nodes import (
    constant,
    inside,
    qualified,
    ranged,
    typed,
)
from hongxian.guards.keep.statements.postgres.parse import Node, UnreadableError, parse

from .names import body, full, quoted
from .step import CannotError, Step

if TYPE_CHECKING:
    from hongxian.guards.keep.statements.catalog import Catalog, ForeignKey, Relation
    from hongxian.guards.keep.statements.verdict import Statement

_WORDS = {"r": "table", "p": "table", "v": "view", "m": "materialized view", "S": "sequence"}
_TAGS = {"OBJECT_TABLE": "DROP TABLE", "OBJECT_MATVIEW": "DROP MATERIALIZED VIEW",
         "OBJECT_SEQUENCE": "DROP SEQUENCE", "OBJECT_VIEW": "DROP VIEW",
         "OBJECT_SCHEMA": "DROP SCHEMA"}  # fmt: skip


def drop(node: Node, one: Statement, catalog: Catalog, schema: str) -> Step:
    """Return the step that moves what DROP names.

    Raises:
        CannotError: it is of a kind that cannot be moved, not known, or, without CASCADE, others
            depend on it: then the server itself would refuse.
    """
    kind = node.get("removeType", "")
    if kind not in _TAGS:
        raise CannotError("no_quarantine", kind)
    cascading = node.get("behavior") == "DROP_CASCADE"
    names = [_name(item) for item in node.get("objects", ())]
    if kind == "OBJECT_SCHEMA":
        found = [table for table in catalog.all_relations()
                 if (("", table.schema) in names and table.kind in _WORDS)]  # fmt: skip
    else:
        found = _named(names, catalog, missing_ok=bool(node.get("missing_ok")))
    going = _with_parts(found, catalog)
    _of_rows(going, catalog)
    keys = _pointing(going, catalog)
    views = _views(going, catalog)
    if (keys or views) and not cascading:
        raise CannotError("dependents", (keys[0].name if keys else views[0].full))
    do, undo = _unlinked(going, keys, catalog)
    moved = views if kind == "OBJECT_SCHEMA" else [*_movable(going, catalog), *views]
    if kind == "OBJECT_SCHEMA":
        for _, name in names:
            do.append(f"alter schema {quoted(name)} rename to {quoted(_renamed(schema, name))}")
            undo.insert(
                0, f"alter schema {quoted(_renamed(schema, name))} rename to {quoted(name)}"
            )
    for table in moved:
        word = _WORDS[table.kind]
        do.append(f"alter {word} {full(table)} set schema {quoted(schema)}")
        undo.insert(
            0, f"alter {word} {quoted(schema, table.name)} set schema {quoted(table.schema)}"
        )
    kept = tuple(table.name for table in going) or tuple(name for _, name in names)
    ends = tuple(
        f"drop schema if exists {quoted(_renamed(schema, name))} cascade"
        for _, name in names if kind == "OBJECT_SCHEMA"
    )  # fmt: skip
    return Step(one.text, tuple(do), undo=tuple(undo), tag=_TAGS[kind], kept=kept, ends=ends)


def _renamed(schema: str, name: str) -> str:
    """Return under which name a whole schema is kept."""
    return f"{schema}_{name}"[:63]


def database(node: Node, one: Statement, schema: str) -> Step:
    """Return the step that renames a database and closes it, which no transaction can undo."""
    name = node["dbname"]
    kept = f"{schema}_{name}"[:63]
    forced = any(constant(item) != "" and item["DefElem"].get("defname") == "force"
                 for item in node.get("options", ()))  # fmt: skip
    text = name.replace("'", "''")
    ending = (
        "begin perform pg_catalog.pg_terminate_backend(pid) "
        f"from pg_catalog.pg_stat_activity where datname = '{text}'; end"
    )
    ended = f"do {body(ending)}"
    return Step(
        one.text,
        before=(
            f"alter database {quoted(name)} allow_connections false",
            *([ended] if forced else []),
            f"alter database {quoted(name)} rename to {quoted(kept)}",
        ),
        undo=(
            f"alter database {quoted(kept)} rename to {quoted(name)}",
            f"alter database {quoted(name)} allow_connections true",
        ),
        tag="DROP DATABASE",
        ends=(f"drop database if exists {quoted(kept)}",),
        database=kept,
    )


def _name(item: Any) -> tuple[str, str]:
    kind, fields = typed(item)
    if kind == "String":
        return "", fields.get("sval", "")
    return qualified(fields.get("items"))


def _named(names: list[tuple[str, str]], catalog: Catalog, *, missing_ok: bool) -> list[Relation]:
    found = []
    for name in names:
        same = [one for one in pick(catalog.relations, *name) if one.kind in _WORDS]
        if len(same) != 1 and not (missing_ok and not same):
            # several: which one it is hangs on the session's path
            raise CannotError("ambiguous", ".".join(part for part in name if part))
        found += same
    return found


def _with_parts(tables: list[Relation], catalog: Catalog) -> list[Relation]:
    """Return tables with their partitions, each once."""
    found: dict[str, Relation] = {}
    stack = list(tables)
    while stack:
        one = stack.pop(0)
        if one.full not in found:
            found[one.full] = one
            below = map(catalog.relation, one.children)
            stack += [table for table in below if table is not None]
    return list(found.values())


def _movable(going: list[Relation], catalog: Catalog) -> list[Relation]:
    """Return what is moved by itself: the sequences of a table's columns go with it."""
    text = " ".join(part for table in catalog.all_relations() for part in table.expressions)
    for one in going:
        if one.kind == "S" and f"{one.schema}.{one.name}" in text.replace('"', ""):
            raise CannotError("dependents", one.full)
    return going


def _of_rows(going: list[Relation], catalog: Catalog) -> None:
    """Check that no other table has a column of the rows that go: its end would end that, too.

    Raises:
        CannotError: one has.
    """
    gone = {one.full for one in going}
    names = {one.name for one in going}
    for table in catalog.all_relations():
        if table.full not in gone and not table.builtin and table.kind in ("r", "p"):
            for column in table.columns:
                if bare(column.type) in names:
                    raise CannotError("dependents", f"{table.full}.{column.name}")


def _pointing(going: list[Relation], catalog: Catalog) -> list[ForeignKey]:
    """Return the foreign keys of other tables that point at what goes."""
    names = {(one.schema, one.name) for one in going}
    return [key for name in sorted(names) for key in catalog.references.get(name, ())
            if key.table not in names]  # fmt: skip


def _views(going: list[Relation], catalog: Catalog) -> list[Relation]:
    """Return the views over what goes, and those over them."""
    gone = {one.full for one in going}
    found: list[Relation] = []
    views = [one for one in catalog.all_relations() if one.definition and one.kind in ("v", "m")]
    more = True
    while more:
        more = False
        for view in views:
            if view.full not in gone and gone & set(_tables(view, catalog)):
                gone.add(view.full)
                found.append(view)
                more = True
    return found


def _tables(view: Relation, catalog: Catalog) -> list[str]:
    try:
        raws = parse(view.definition)
    except UnreadableError:
        raise CannotError("no_quarantine", view.full) from None
    return [
        below.full
        for raw in raws
        for kind, fields in inside(raw.node)
        if kind == "RangeVar"
        for below in pick(catalog.relations, *ranged(fields))
    ]


def _unlinked(
    going: list[Relation], keys: list[ForeignKey], catalog: Catalog
) -> tuple[list[str], list[str]]:
    """Return what cuts the links of others to what goes, and what ties them again."""
    do, undo = [], []
    for key in keys:
        table = quoted(*key.table)
        child = catalog.relation(key.table)
        if child is not None and child.kind == "p":
            raise CannotError("dependents", child.full)
        do.append(f"alter table {table} drop constraint {quoted(key.name)}")
        valid = "" if key.definition.endswith("NOT VALID") else " not valid"
        # rows that came meanwhile must not keep the old ones from coming back
        undo.append(
            f"alter table {table} add constraint {quoted(key.name)} {key.definition}{valid}"
        )
    names = {one.full for one in going}
    for parent in catalog.all_relations():
        for part in map(catalog.relation, parent.children):
            if part is None or part.full not in names or parent.full in names:
                continue
            if part.bound:
                do.append(f"alter table {full(parent)} detach partition {full(part)}")
                undo.append(
                    f"alter table {full(parent)} attach partition {full(part)} {part.bound}"
                )
            else:
                do.append(f"alter table {full(part)} no inherit {full(parent)}")
                undo.append(f"alter table {full(part)} inherit {full(parent)}")
    return do, undo
