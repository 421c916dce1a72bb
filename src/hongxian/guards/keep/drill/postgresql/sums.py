"""Counts rows and sums up tables, on the source when it is marked and on what was restored.

A sum is over a 64-bit hash of each row's text under a seed that only the drill knows: the order of
rows does not matter, and nobody can alter rows so that the sum stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import asyncpg

from hongxian.guards.keep.drill.sums import SCHEMA, Seen, Sum, answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FORMS = {
    "DateStyle": "ISO, YMD", "TimeZone": "UTC", "IntervalStyle": "postgres",
    "extra_float_digits": "1", "bytea_output": "hex", "xmloption": "content",
    "statement_timeout": "0", "search_path": "public",
}  # fmt: skip
"""Settings on which the text of a row depends."""

_TABLES = """
select n.nspname, c.relname from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'r' and c.relpersistence = 'p' and n.nspname not in ('pg_catalog',
  'information_schema', $1) and n.nspname !~ '^pg_'
order by 1, 2
"""


async def connected(connection: str, **more: object) -> asyncpg.Connection:
    """Connect as libpq would, in a session in which rows have one form.

    Args:
        connection: as libpq reads it, or an address.
        more: further arguments of asyncpg.
    """
    told = dict(more)
    if not connection.startswith(("postgresql://", "postgres://")):
        names = {"dbname": "database", "sslmode": "ssl"}
        for word in connection.split():
            key, _, value = word.partition("=")
            told[names.get(key, key)] = int(value) if key == "port" else value.strip("'")
        return await asyncpg.connect(server_settings=FORMS, timeout=30, **told)
    return await asyncpg.connect(connection, server_settings=FORMS, timeout=30, **told)


async def tables(base: asyncpg.Connection, wanted: Iterable[str] = ()) -> list[str]:
    """Return quoted names of the tables that hold rows; only those wanted when any are."""
    found = [f"{_quoted(one[0])}.{_quoted(one[1])}" for one in await base.fetch(_TABLES, SCHEMA)]
    only = {_plain(one) for one in wanted}
    return [one for one in found if not only or _plain(one) in only]


async def seen(
    base: asyncpg.Connection, names: Iterable[str], queries: Mapping[str, str], seed: int
) -> Seen:
    """Count and sum tables, and ask the queries.

    Args:
        base: the session; a snapshot when it is to be one moment.
        names: of tables, quoted.
        queries: name -> text.
        seed: of the hashes.
    """
    sums = {}
    for name in names:
        hashed = 'hashtextextended((hongxian_row.*)::text collate "C", $1)'
        text = f"select count(*), coalesce(sum({hashed}), 0)::text from {name} hongxian_row"
        row = await base.fetchrow(text, seed)
        sums[name] = Sum(row[0], row[1])
    answers = {}
    for name, text in queries.items():
        answers[name] = answer(row.values() for row in await base.fetch(text))
    return Seen(sums, answers)


def _quoted(name: str) -> str:
    escaped = name.replace('"', '""')
    return f'"{escaped}"'


def _plain(name: str) -> str:
    bare = name.replace('"', "")
    return bare if "." in bare else f"public.{bare}"
