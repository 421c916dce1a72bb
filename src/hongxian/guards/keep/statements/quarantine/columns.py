"""Columns that ALTER TABLE drops: values and definitions are copied out first, and put back.

The values are kept with the first whole key of the table that is without the column, since the rows
are found by it again; a table without one needs a ticket. What hangs on the column (default, NOT
NULL, indexes, constraints) is kept as the server's own definitions. The column comes back as the
last one; rows that came meanwhile have no value in it, and what they break is left out with a
warning. Column rights and comments do not come back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.guards.keep.statements.catalog import pick
from hongxian.guards.keep.statements.postgres.nodes import ranged

from .captures import literal, locked, triggers
from .names import body, full, listed, quoted
from .step import CannotError, Step

if TYPE_CHECKING:
    from hongxian.guards.keep.statements.catalog import Catalog, Column, Relation
    from hongxian.guards.keep.statements.postgres.parse import Node
    from hongxian.guards.keep.statements.verdict import Statement

_DEFINED = """
select 1 as n, format('alter table %s alter column %I set default %s', {table}, {column},
  pg_get_expr(d.adbin, d.adrelid)) as made
from pg_attrdef d join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
where a.attrelid = {table}::regclass and a.attname = {column}
union all select 2, format('alter table %s alter column %I set not null', {table}, {column})
from pg_attribute a where a.attrelid = {table}::regclass and a.attname = {column} and a.attnotnull
union all select 3, pg_get_indexdef(i.indexrelid) from pg_index i
join pg_attribute a on a.attrelid = i.indrelid and a.attname = {column}
where i.indrelid = {table}::regclass and exists (select from pg_depend d
    where d.classid = 'pg_class'::regclass and d.objid = i.indexrelid
      and d.refobjid = i.indrelid and d.refobjsubid = a.attnum)
  and not exists (select from pg_constraint k where k.conindid = i.indexrelid
                  and k.contype in ('p', 'u', 'x'))
union all select case k.contype when 'f' then 5 else 4 end,
  format('alter table %s add constraint %I %s%s', {table}, k.conname, pg_get_constraintdef(k.oid),
    case when k.contype in ('c', 'f') and k.convalidated then ' not valid' else '' end)
from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attname = {column}
where k.conrelid = {table}::regclass and a.attnum = any(k.conkey)
  and k.contype in ('p', 'u', 'x', 'c', 'f')
"""
"""Definitions that go with a column, in the order in which they can be made again."""

_OWNED = (
    "if pg_get_serial_sequence({table}, {column}) is not null then raise exception "
    "'a sequence goes with the column' using errcode = 'feature_not_supported'; end if"
)


def drop(node: Node, one: Statement, catalog: Catalog, schema: str, place: str) -> Step:
    """Return the step that drops columns and keeps their values.

    Args:
        node: the ``AlterTableStmt``.
        one: the statement.
        catalog: the snapshot that it was judged by.
        schema: where values are kept.
        place: of the statement in its text, for names.

    Raises:
        CannotError: more is done, others depend on the column, or no key is left.
    """
    found = pick(catalog.relations, *ranged(node["relation"]))
    if len(found) != 1 or found[0].kind != "r" or found[0].children or found[0].bound:
        raise CannotError("no_capture", ".".join(one.full for one in found[:1]))
    table = found[0]
    before: list[str] = []
    undo: list[str] = []
    kept: list[str] = []
    going = _going(node, table)
    key = next((key for key in table.keys if not {one.name for one in going} & set(key)), None)
    if key is None:
        raise CannotError("no_key", table.full)
    for number, column in enumerate(going):
        name = f"{table.name[:30]}_{place}_{number}_column"
        kept.append(name)
        before += locked(table, schema, name, _copied(table, column, key, quoted(schema, name)))
        undo += _back(table, column, key, quoted(schema, name))
    off, on = (triggers(table, on=state) for state in (False, True))
    return Step(one.text, tuple(before), undo=(*off, *undo, *on), kept=tuple(kept))


def _going(node: Node, table: Relation) -> list[Column]:
    found = []
    for part in node.get("cmds", ()):
        command = part["AlterTableCmd"]
        if command.get("subtype") != "AT_DropColumn" or command.get("behavior") == "DROP_CASCADE":
            raise CannotError("no_quarantine", "ALTER TABLE")
        column = table.column(command.get("name", ""))
        if column is not None and (column.generated or column.identity):
            raise CannotError("no_capture", f"{table.full}.{column.name}")
        found += [column] if column is not None else []
    return found


def _copied(table: Relation, column: Column, key: tuple[str, ...], kept: str) -> list[str]:
    words = {"table": literal(full(table)), "column": literal(column.name)}
    names = listed((*key, column.name))
    return [
        _OWNED.format(**words),
        f"create table {kept} as select {names} from {full(table)}",
        f"alter table {kept} add primary key ({listed(key)})",
        f"create table {_definitions(kept)} as {_DEFINED.format(**words)}",
    ]


def _definitions(kept: str) -> str:
    return f'{kept[:-1]}_definitions"'


def _back(table: Relation, column: Column, key: tuple[str, ...], kept: str) -> list[str]:
    name = quoted(column.name)
    same = " and ".join(f"now.{quoted(one)} = old.{quoted(one)}" for one in key)
    again = (
        f"declare one text; begin for one in select made from {_definitions(kept)} order by n loop "
        "begin execute one; exception when others then raise warning '%: %', one, sqlerrm; end; "
        "end loop; end"
    )
    return [
        f"alter table {full(table)} add column {name} {column.type}",
        f"update {full(table)} as now set {name} = old.{name} from {kept} as old where {same}",
        f"do {body(again)}",
    ]
