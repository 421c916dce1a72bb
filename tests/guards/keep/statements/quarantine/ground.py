"""A database of its own for each test, where a plan is run, undone, and compared with before."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import asyncpg

from hongxian.guards.keep.statements.catalog import TRASH
from hongxian.guards.keep.statements.classify import classify
from hongxian.guards.keep.statements.quarantine.plan import Plan, plan
from hongxian.guards.keep.statements.read_catalog import read_catalog

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from hongxian.guards.keep.statements.catalog import Catalog

TABLES = """
create table people (id serial primary key, email text unique, name text not null default 'n',
  upper_name text generated always as (upper(name)) stored, seen timestamptz default now());
create table orders (id bigint generated always as identity primary key,
  person int not null references people on delete cascade, note text, total numeric(9,2));
create table items (order_id bigint references orders on delete cascade, line int, sku text,
  primary key (order_id, line));
create table cards (id int primary key, person int references people on delete set null, n text);
create table logs (line text, n int);
create table parts (id int, at date, n text, primary key (id, at)) partition by range (at);
create table parts_a partition of parts for values from ('2024-01-01') to ('2025-01-01');
create table parts_b partition of parts for values from ('2025-01-01') to ('2026-01-01');
create table tree (id int primary key, parent int references tree on delete cascade, n text);
create schema "Other Shop";
create table "Other Shop"."Odd ""name" (id int primary key, "select" text, person int references people);
create table trail (n bigserial, what text);
create view names as select id, name from people;
create view more_names as select * from names where id > 2;
create materialized view totals as select person, sum(total) from orders group by 1;
create function touch() returns trigger language plpgsql as
  $$ begin new.seen := '2020-01-01'; return new; end $$;
create trigger touch before insert or update on people for each row execute function touch();
create function trailed() returns trigger language plpgsql as
  $$ begin insert into trail (what) values (tg_op); return null; end $$;
create trigger trailed after delete on orders for each row execute function trailed();
create function wipe() returns int language plpgsql as
  $$ begin update people set name = 'gone'; delete from orders; return 1; end $$;
insert into people (email, name) select 'p' || i, 'n' || i from generate_series(1, 30) i;
insert into orders (person, note, total) select 1 + i % 30, 'o' || i, i from generate_series(1, 90) i;
insert into items select o.id, l, 's' || l from orders o, generate_series(1, 3) l;
insert into cards select i, i, 'c' from generate_series(1, 30) i;
insert into logs select 'x', i % 3 from generate_series(1, 20) i;
insert into parts select i, date '2024-06-01' + i * 20, 'p' from generate_series(1, 25) i;
insert into tree select i, nullif(i / 2, 0), 't' from generate_series(1, 20) i;
insert into "Other Shop"."Odd ""name" select i, 'x', i from generate_series(1, 10) i;
refresh materialized view totals;
analyze;
"""

CONTENT = ("people", "orders", "items", "cards", "logs", "parts", "parts_a", "parts_b", "tree",
           '"Other Shop"."Odd ""name"', "more_names", "totals")  # fmt: skip


_SERVER: list[Catalog] = []
"""A snapshot of the server, whose own functions are the same in every database."""


@asynccontextmanager
async def ground(spec: str) -> AsyncIterator[asyncpg.Connection]:
    """Give a connection to a new database, which is gone afterwards."""
    ruler = await asyncpg.connect(spec)
    server = spec.rsplit("/", 1)[0]
    if not await ruler.fetchval("select 1 from pg_database where datname = 'ground_made'"):
        await ruler.execute("create database ground_made")
        maker = await asyncpg.connect(f"{server}/ground_made")
        await maker.execute(TABLES)
        await maker.close()
    await ruler.execute("create database ground template ground_made strategy file_copy")
    connection = await asyncpg.connect(f"{server}/ground")
    try:
        yield connection
    finally:
        await connection.close()
        await ruler.execute("drop database ground with (force)")
        await ruler.close()


async def content(connection: asyncpg.Connection, names: Iterable[str] = CONTENT) -> dict[str, Any]:
    """Return all rows of tables as texts, sorted; ``None`` for one that is not there."""
    found: dict[str, Any] = {}
    for name in names:
        try:
            rows = await connection.fetch(f"select t::text as row from {name} t")
        except asyncpg.UndefinedTableError:
            found[name] = None
        else:
            found[name] = sorted(one["row"] for one in rows)
    return found


DEFINED = """
select 'c ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
from pg_constraint where connamespace::regnamespace::text !~ '^(pg_|information_schema)'
union all select 'i ' || indexrelid::regclass || pg_get_indexdef(indexrelid) from pg_index
where indexrelid >= 16384
union all select 't ' || tgname || tgenabled::text || pg_get_triggerdef(oid) from pg_trigger
where not tgisinternal
union all select 'a ' || attrelid::regclass || ' ' || attname || format_type(atttypid, atttypmod)
from pg_attribute where attrelid >= 16384 and attnum > 0
union all select 'r ' || oid::regclass || coalesce(relacl::text, '') || pg_get_userbyid(relowner)
from pg_class where oid >= 16384
"""


async def defined(connection: asyncpg.Connection) -> list[str]:
    """Return what the catalog says of all objects of users, but whether a key was checked again."""
    rows = await connection.fetch(DEFINED)
    return sorted(one[0].replace(" NOT VALID", "") for one in rows if "pg_toast" not in one[0])


async def planned(connection: asyncpg.Connection, sql: str, token: str = "t1") -> Plan:
    """Return the plan of a text by the catalog as it is now."""
    catalog = await read_catalog(connection, _SERVER[0] if _SERVER else None)
    _SERVER[:] = _SERVER or [catalog]
    return plan(classify(sql, catalog), catalog, token)


async def all_run(connection: asyncpg.Connection, statements: Iterable[str]) -> None:
    """Run statements in one transaction."""
    async with connection.transaction():
        for one in statements:
            await connection.execute(one)


async def there_and_back(spec: str, sql: str) -> tuple[dict[str, Any], dict[str, Any], list[str]]:
    """Run a text in quarantine and undo it.

    Returns what there was before, what there was in between, and what is not as before in the end.
    """
    async with ground(spec) as connection:
        before, shape = await content(connection), await defined(connection)
        made = await planned(connection, sql)
        assert made.carried, made.reasons
        await all_run(connection, made.run)
        between = await content(connection)
        await all_run(connection, made.undo)
        after = await content(connection)
        strange = [name for name in CONTENT if before[name] != after[name]]
        strange += sorted(set(shape) ^ set(await defined(connection)))
        schemas = await connection.fetch("select nspname from pg_namespace")
        strange += [one[0] for one in schemas if one[0].startswith(TRASH)]
    return before, between, strange


def back(spec: str, sql: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Run a text in quarantine, undo it, and hold that all is as before."""
    before, between, strange = asyncio.run(there_and_back(spec, sql))
    assert strange == []
    return before, between
