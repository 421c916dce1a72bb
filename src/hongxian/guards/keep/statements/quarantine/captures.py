"""Rows that a statement takes, caught by triggers while it runs, and how they are put back.

A trigger for each statement gets the old rows from the server itself (transition tables), so that
what is kept is what was taken: whatever the WHERE clause says, however volatile, by cascades and by
functions too. Making the trigger locks the table against other writers until the end of the
transaction. TRUNCATE has no such triggers: its tables are copied first, under the lock that it
takes anyway. Requires PostgreSQL 10 and the right to make triggers on the tables.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.guards.keep.statements.catalog import pick
from hongxian.guards.keep.statements.postgres.nodes import has, inside, qualified, typed

from .names import body, full, listed, quoted
from .step import CannotError, Step

if TYPE_CHECKING:
    from hongxian.guards.keep.statements.catalog import Catalog, Relation
    from hongxian.guards.keep.statements.postgres.parse import Raw
    from hongxian.guards.keep.statements.verdict import Statement

NUMBER = "hongxian_n"
"""The column that tells in which order rows were taken."""

_COUNTED = frozenset({"smallint", "integer", "bigint"})
"""Types of columns that sequences count for."""

_SEES_ALL = (
    "if current_setting('transaction_isolation') not in ('read committed', 'read uncommitted') "
    "then raise exception 'quarantine needs READ COMMITTED' "
    "using errcode = 'feature_not_supported'; end if;"
)
_NESTED = ("UpdateStmt", "DeleteStmt", "InsertStmt", "MergeStmt")
_TAKING = ("delete", "update", "truncate")
_LATER = re.compile(r"(?<!NOT )\bDEFERRABLE\b")
_MODES = {"O": "enable trigger", "A": "enable always trigger", "R": "enable replica trigger"}


def capture(one: Statement, raw: Raw, catalog: Catalog, schema: str, place: str) -> Step:
    """Return the step that runs a statement and keeps the rows that it takes.

    Args:
        raw: it as parsed.
        one: the statement; ``touched`` names every table that it can take rows from.
        catalog: the snapshot that it was judged by.
        schema: where rows are kept.
        place: of the statement in its text, for names.

    Raises:
        CannotError: the rows of a table could not be put back.
    """
    taken = _taken(one, catalog)
    before: list[str] = []
    after: list[str] = []
    undo: list[str] = []
    kept: list[str] = []
    for number, (table, action) in enumerate(taken):
        name = f"{table.name[:30]}_{place}_{number}_{action}"
        kept.append(name)
        if action == "truncate":
            before += _copied(table, schema, name)
        else:
            before += _caught(table, action, schema, name)
            after += _released(table, schema, name)
    undo += [sql for table in _tables(taken) for sql in triggers(table, on=False)]
    pairs = sorted(zip(taken, kept, strict=True), key=lambda pair: pair[0][1] == "update")
    for (table, action), name in pairs:
        assigned = _assigned(raw, table, catalog)
        undo += _back(table, action, catalog, schema, name, assigned)
    undo += [sql for table in _tables(taken) for sql in triggers(table, on=True)]
    return Step(one.text, tuple(before), tuple(after), tuple(undo), kept=tuple(kept))


def _assigned(raw: Raw, table: Relation, catalog: Catalog) -> frozenset[str] | None:
    """Return the columns that an UPDATE assigns, or that its foreign keys do; else ``None``."""
    node, nested = raw.node, has(raw.node.get("withClause"), *_NESTED)
    if raw.kind not in _NESTED or nested or (has(node, "FuncCall") and _calls(raw, catalog)):
        return None
    if node["relation"].get("relname") == table.name:
        lists = [node.get("targetList")] if raw.kind == "UpdateStmt" else []
        lists.append(node.get("onConflictClause", {}).get("targetList"))
        lists += [typed(one)[1].get("targetList") for one in node.get("mergeWhenClauses", ())
                  if typed(one)[1].get("commandType") == "CMD_UPDATE"]  # fmt: skip
        return frozenset(one["ResTarget"].get("name", "") for same in lists for one in same or ())
    keys = [
        key
        for same in catalog.references.values()
        for key in same
        if key.table == (table.schema, table.name)
    ]
    return frozenset(name for key in keys for name in key.columns)


def _calls(raw: Raw, catalog: Catalog) -> bool:
    """Return whether a statement calls functions of users, which may change keys."""
    names = [qualified(one.get("funcname")) for kind, one in inside(raw.node) if kind == "FuncCall"]
    return any(not one.builtin for name in names for one in pick(catalog.functions, *name))


def _tables(taken: list[tuple[Relation, str]]) -> list[Relation]:
    return list({table.full: table for table, _ in taken}.values())


def _taken(one: Statement, catalog: Catalog) -> list[tuple[Relation, str]]:
    """Return the tables that rows are taken from, those first that others refer to."""
    by_name = {table.full: table for table in catalog.all_relations()}
    taken = {
        (by_name[touched.name], touched.action)
        for touched in one.touched
        if touched.action in _TAKING and touched.kind == "table" and not by_name[touched.name].own
    }
    parents = {child: table for table in by_name.values() for child in table.children}
    top = [(table, action) for table, action in taken if not _within(table, action, taken, parents)]
    _at_once(one, by_name)
    for table, _ in top:
        if table.kind not in ("r", "p") or (table.kind == "r" and table.children):
            raise CannotError("no_capture", table.full)
    return sorted(top, key=lambda pair: (_rank(pair[0], catalog), pair[0].full, pair[1]))


def _at_once(one: Statement, by_name: dict[str, Relation]) -> None:
    """Check that all that runs does so within the statement, as long as its rows are caught.

    Raises:
        CannotError: a trigger may wait until the transaction ends.
    """
    for touched in one.touched:
        table = by_name.get(touched.name)
        for trigger in table.triggers if table is not None else ():
            if _LATER.search(trigger.definition) and trigger.enabled in _MODES:
                raise CannotError("no_capture", f"{touched.name}: {trigger.name}")


def _within(
    table: Relation,
    action: str,
    taken: set[tuple[Relation, str]],
    parents: dict[tuple[str, str], Relation],
) -> bool:
    """Return whether a partition's rows are caught by the table that it is a part of."""
    above = parents.get((table.schema, table.name))
    return above is not None and (
        (above, action) in taken or _within(above, action, taken, parents)
    )


def _rank(table: Relation, catalog: Catalog, seen: frozenset[str] = frozenset()) -> int:
    """Return how many foreign keys in a row lead from a table to others."""
    if table.full in seen:
        raise CannotError("key_cycle", table.full)
    above = [
        other
        for other, keys in catalog.references.items()
        for key in keys
        if key.table == (table.schema, table.name) and other != key.table
    ]
    tables = [found for found in map(catalog.relation, above) if found is not None]
    return 1 + max((_rank(one, catalog, seen | {table.full}) for one in tables), default=-1)


def _copied(table: Relation, schema: str, name: str) -> list[str]:
    names = listed(column.name for column in table.columns)
    counted = [
        f"select {literal(column.name)}::text as name, {_last(table, column.name)} as value"
        for column in table.columns
        if column.type in _COUNTED
    ]
    made = [f"create table {quoted(schema, name)} as select {names} from {full(table)}"]
    if counted:
        rows = " union all ".join(counted)
        made.append(f"create table {quoted(schema, name + '_sequences')} as {rows}")
    return locked(table, schema, name, made)


def locked(table: Relation, schema: str, name: str, made: list[str]) -> list[str]:
    """Return what copies from a table under the lock that the statement itself takes.

    Neither row security nor a snapshot from before the lock may hide rows that go.
    """
    copy = quoted(schema, f"{name}_copy")
    lock = f"lock table {full(table)} in access exclusive mode;"
    copying = body(f"begin {_SEES_ALL} {lock} {'; '.join(made)}; end")
    return [
        (
            f"create function {copy}() returns void language plpgsql set row_security = off "
            f"set search_path = pg_catalog as {copying}"
        ),
        f"do {body(f'begin perform {copy}(); end')}",
        f"drop function {copy}()",
    ]


def _sequences_back(table: Relation, schema: str, name: str) -> list[str]:
    """Set the sequences of a table's columns to what they were, or leave them where they are."""
    kept = quoted(schema, name + "_sequences")
    return [
        f"select setval({_sequence(table, column.name)}, greatest(value, "
        f"{_last(table, column.name)})) from {kept} "
        f"where name = {literal(column.name)} and value is not null"
        for column in table.columns
        if column.type in _COUNTED
    ]


def _sequence(table: Relation, column: str) -> str:
    return f"pg_get_serial_sequence({literal(full(table))}, {literal(column)})"


def _last(table: Relation, column: str) -> str:
    return f"pg_sequence_last_value({_sequence(table, column)}::regclass)"


def literal(value: str) -> str:
    """Return a text as a literal that is read in one way, whatever the settings are."""
    return "e'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _caught(table: Relation, action: str, schema: str, name: str) -> list[str]:
    kept, names = quoted(schema, name), listed(column.name for column in table.columns)
    made = quoted(schema, f"{name}_new")
    number = f"add column {quoted(NUMBER)} bigint generated always as identity"
    tables = [f"create table {kept} (like {full(table)})", f"alter table {kept} {number}"]
    inserts = f"insert into {kept} ({names}) select {names} from gone;"
    referencing = "old table as gone"
    if action == "update":
        tables.append(f"create table {made} (like {full(table)})")
        inserts += f" insert into {made} ({names}) select {names} from made;"
        referencing += " new table as made"
    return [
        *tables,
        (
            f"create function {kept}() returns trigger language plpgsql security definer "
            f"set search_path = pg_catalog as {body(f'begin {inserts} return null; end')}"
        ),
        (
            f"create trigger {quoted(name)} after {action} on {full(table)} "
            f"referencing {referencing} for each statement execute function {kept}()"
        ),
        f"alter table {full(table)} enable always trigger {quoted(name)}",
    ]


def _released(table: Relation, schema: str, name: str) -> list[str]:
    return [
        f"drop trigger {quoted(name)} on {full(table)}",
        f"drop function {quoted(schema, name)}()",
    ]


def triggers(table: Relation, *, on: bool) -> list[str]:
    """Turn the triggers of users off while rows come back as they were, and on again."""
    return [
        f"alter table {full(table)} "
        f"{_MODES[one.enabled] if on else 'disable trigger'} {quoted(one.name)}"
        for one in table.triggers
        if one.enabled in _MODES
    ]


def _back(  # noqa: PLR0913, PLR0917 - what, where from, how it was changed
    table: Relation,
    action: str,
    catalog: Catalog,
    schema: str,
    name: str,
    assigned: frozenset[str] | None,
) -> list[str]:
    kept = quoted(schema, name)
    names = [column.name for column in table.columns if not column.generated]
    into = f"insert into {full(table)} ({listed(names)}) overriding system value select"
    if action != "update":
        sequences = _sequences_back(table, schema, name) if action == "truncate" else []
        return [f"{into} {listed(names)} from {kept} on conflict do nothing", *sequences]
    if not table.keys:
        return _swapped(table, catalog, schema, name, names)
    key = table.keys[0]
    first = f"select distinct on ({listed(key)}) * from {kept} order by {listed(key)}, {NUMBER}"
    back = []
    if assigned is None or assigned & set(key):
        # a changed key makes another row: it goes, and the old one comes
        if catalog.references.get((table.schema, table.name)):
            raise CannotError("no_key", table.full)
        made = quoted(schema, f"{name}_new")
        keys, new = listed(key), f"({listed(key, 'now.')})"
        back = [
            (
                f"delete from {full(table)} as now where {new} in (select {keys} from {made}) "
                f"and {new} not in (select {keys} from {kept})"
            ),
            f"{into} {listed(names)} from ({first}) as old on conflict do nothing",
        ]
    settable = [
        column.name
        for column in table.columns
        if not column.generated and column.identity != "a" and column.name not in key
    ]
    same = " and ".join(f"now.{quoted(one)} = old.{quoted(one)}" for one in key)
    if settable:
        values = f"row({listed(settable, 'old.')})"
        back.append(
            f"update {full(table)} as now set ({listed(settable)}) = {values} "
            f"from ({first}) as old where {same}"
        )
    return back


def _swapped(
    table: Relation, catalog: Catalog, schema: str, name: str, names: list[str]
) -> list[str]:
    """Put rows without a key back: as many as were made of each kind go, the old ones come."""
    if catalog.references.get((table.schema, table.name)):
        raise CannotError("no_key", table.full)
    made = quoted(schema, f"{name}_new")
    row, new = (f"row({listed(names, prefix)})::text" for prefix in ("t.", "n."))
    numbered = (f"select t.tableoid as o, t.ctid as c, {row} as r, row_number() over "
                f"(partition by {row} order by t.ctid) as n from {full(table)} t")  # fmt: skip
    counted = f"select {new} as r, count(*) as m from {made} n group by 1"
    return [
        (
            f"delete from {full(table)} x using (select a.o, a.c from ({numbered}) a "
            f"join ({counted}) b on a.r = b.r where a.n <= b.m) y "
            "where x.tableoid = y.o and x.ctid = y.c"
        ),
        (
            f"insert into {full(table)} ({listed(names)}) overriding system value "
            f"select {listed(names)} from {quoted(schema, name)}"
        ),
    ]
