"""Counts rows and sums up tables of MariaDB, when a source is marked and on what was restored.

A sum is over 64 bits of a SHA-256 of each row's values under a seed that only the drill knows, as
in :mod:`hongxian.guards.keep.drill.postgresql.sums`. Tables of InnoDB alone are summed: of others
no moment can be held fast while they are read.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pymysql

from hongxian.guards.keep.drill.sums import SCHEMA, Seen, Sum, answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

OWN = ("information_schema", "mysql", "performance_schema", "sys", SCHEMA)
"""Databases that hold no rows of the shop's."""
FORMS = "set session time_zone = '+00:00', sql_mode = ''"
"""Settings on which the text of a row depends."""
KINDS = "table_type in ('BASE TABLE', 'SYSTEM VERSIONED')"

_TABLES = f"""
select table_schema, table_name from information_schema.tables
where {KINDS} and engine = 'InnoDB' and table_schema not in %s order by 1, 2
"""
_COLUMNS = """
select table_schema, table_name, column_name, data_type from information_schema.columns
where table_schema not in %s order by 1, 2, ordinal_position
"""


def connected(**told: Any) -> Any:
    """Connect, in a session in which rows have one form.

    Args:
        told: arguments of PyMySQL.
    """
    return pymysql.connect(
        charset="utf8mb4", autocommit=True, connect_timeout=30, init_command=FORMS, **told
    )


def rows(base: Any, text: str, *values: object) -> list[tuple[Any, ...]]:
    """Return what a statement gives."""
    with base.cursor() as cursor:
        cursor.execute(text, values or None)
        return list(cursor.fetchall())


def tables(base: Any, wanted: Iterable[str] = ()) -> list[str]:
    """Return quoted names of the tables that are summed; only those wanted when any are."""
    found = [f"{quoted(one)}.{quoted(two)}" for one, two in rows(base, _TABLES, OWN)]
    only = {one.replace("`", "") for one in wanted}
    return [one for one in found if not only or one.replace("`", "") in only]


def seen(base: Any, names: Iterable[str], queries: Mapping[str, str], seed: int) -> Seen:
    """Count and sum tables, and ask the queries.

    Args:
        base: the session; a snapshot when it is to be one moment.
        names: of tables, quoted.
        queries: name -> text; tables are named with their databases.
        seed: of the hashes.
    """
    columns: dict[str, list[str]] = defaultdict(list)
    for schema, table, column, kind in rows(base, _COLUMNS, OWN):
        columns[f"{quoted(schema)}.{quoted(table)}"].append(_value(column, kind))
    sums = {}
    for name in names:
        row = f"sha2(concat('{seed}', {', '.join(columns[name])}), 256)"
        number = f"cast(conv(left({row}, 16), 16, 10) as unsigned)"
        text = f"select count(*), cast(coalesce(sum({number}), 0) as char) from {name}"
        [(count, total)] = rows(base, text)
        sums[name] = Sum(count, str(total))
    return Seen(sums, {name: answer(rows(base, text)) for name, text in queries.items()})


def quoted(name: str) -> str:
    """Return a name as it stands in a statement."""
    escaped = name.replace("`", "``")
    return f"`{escaped}`"


def _value(column: str, kind: str) -> str:
    """Return an expression for a value's hash; NULL differs from every value."""
    name = quoted(column)
    if kind == "float":  # whose text has six digits only
        name = f"cast({name} as double)"
    return f"ifnull(sha2(cast({name} as binary), 256), '-')"
