"""What a MySQL or MariaDB server holds, read by one connection (pymysql) into a snapshot."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from hongxian.guards.keep.statements.catalog import (
    Catalog,
    Column,
    ForeignKey,
    Function,
    Relation,
    Trigger,
)

from .classify import READ

if TYPE_CHECKING:
    from collections.abc import Callable

_SYSTEM = "('mysql', 'sys', 'performance_schema', 'information_schema')"
_QUERIES = {
    "tables": f"""select table_schema, table_name, table_type, table_rows
from information_schema.tables where table_schema not in {_SYSTEM} order by 1, 2""",
    "columns": f"""select c.table_schema, c.table_name, c.column_name, c.column_type,
(select max(s.cardinality) from information_schema.statistics s
 where s.table_schema = c.table_schema and s.table_name = c.table_name
 and s.column_name = c.column_name and s.seq_in_index = 1)
from information_schema.columns c where c.table_schema not in {_SYSTEM}
order by 1, 2, c.ordinal_position""",
    "keys": f"""select table_schema, table_name, index_name,
group_concat(column_name order by seq_in_index separator '\\0')
from information_schema.statistics where non_unique = 0 and sub_part is null
and table_schema not in {_SYSTEM} group by 1, 2, 3 order by 1, 2, index_name <> 'PRIMARY', 3""",
    "views": f"""select table_schema, table_name, view_definition
from information_schema.views where table_schema not in {_SYSTEM} order by 1, 2""",
    "triggers": f"""select event_object_schema, event_object_table, trigger_name,
event_manipulation, action_statement, sql_mode
from information_schema.triggers where event_object_schema not in {_SYSTEM} order by 1, 2, 3""",
    "routines": f"""select routine_schema, routine_name, routine_type, routine_definition, sql_mode
from information_schema.routines where routine_schema not in {_SYSTEM} order by 1, 2, 3""",
    "foreign_keys": f"""select k.constraint_schema, k.table_name, k.constraint_name,
group_concat(k.column_name order by k.ordinal_position separator '\\0'),
k.referenced_table_schema, k.referenced_table_name,
group_concat(k.referenced_column_name order by k.ordinal_position separator '\\0'), r.delete_rule,
r.update_rule
from information_schema.key_column_usage k join information_schema.referential_constraints r
on r.constraint_schema = k.constraint_schema and r.constraint_name = k.constraint_name
and r.table_name = k.table_name
where k.referenced_table_name is not null and k.constraint_schema not in {_SYSTEM}
group by 1, 2, 3, 5, 6, 8, 9 order by 1, 2, 3""",
}
_ACTIONS = {"CASCADE": "c", "SET NULL": "n", "SET DEFAULT": "d", "RESTRICT": "r"}


def read_catalog(connection: Any) -> Catalog:
    """Return a snapshot of what a server holds; databases are schemas.

    Args:
        connection: one of pymysql; what its user may not see is not in it.
    """
    rows = {}
    with connection.cursor() as cursor:
        for name, query in _QUERIES.items():
            cursor.execute(query)
            rows[name] = [[_text(value) for value in row] for row in cursor.fetchall()]
    columns = _grouped(rows["columns"], lambda one: Column(
        one[2], one[3], common=1 / one[4] if one[4] else None))  # fmt: skip
    keys = _grouped(rows["keys"], lambda one: tuple(one[3].split("\0")))
    views = _grouped(rows["views"], lambda one: str(one[2] or ""))
    triggers = _grouped(rows["triggers"], lambda one: Trigger(
        one[2], ("", ""), frozenset({one[3].lower()}),
        definition=_body(one[4], one[5])))  # fmt: skip
    return Catalog.of(
        server=0,
        relations=[
            Relation(schema, name, "v" if kind == "VIEW" else "r",
                     None if count is None else float(count), columns[schema, name],
                     keys[schema, name], (views[schema, name] or ("",))[0],
                     triggers=triggers[schema, name])
            for schema, name, kind, count in rows["tables"]
        ],
        functions=[Function(schema, name, "p" if kind == "PROCEDURE" else "f",
                            body=_body(text, mode))
                   for schema, name, kind, text, mode in rows["routines"]],
        foreign_keys=[
            ForeignKey(one[2], (one[0], one[1]), tuple(one[3].split("\0")), (one[4], one[5]),
                       tuple(one[6].split("\0")), _ACTIONS.get(one[7], "a"),
                       _ACTIONS.get(one[8], "a"))
            for one in rows["foreign_keys"]
        ],
    )  # fmt: skip


def _body(text: str | None, mode: str) -> str:
    """Return a body; one that may not be seen or is read by other modes is one that calls."""
    return "call" if text is None or READ & set(mode.split(",")) else text


def _text(value: Any) -> Any:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def _grouped(
    rows: list[list[Any]], make: Callable[[list[Any]], Any]
) -> defaultdict[tuple[str, str], tuple[Any, ...]]:
    found: defaultdict[tuple[str, str], tuple[Any, ...]] = defaultdict(tuple)
    for one in rows:
        found[one[0], one[1]] += (make(one),)
    return found
