from __future__ import annotations

import asyncio
from typing import Any

import asyncpg
import pytest
from tests.guards.keep.statements.quarantine.ground import all_run, ground, planned

MADE = """
create table shop (id int primary key, sku text not null default 'none' unique, price numeric(9,2)
  check (price > 0), person int references people, note varchar(20), other int not null, n serial);
create index shop_notes on shop (lower(note)) where price > 1;
alter table shop add constraint two unique (other);
insert into shop select i, 's' || i, i, 1 + i % 30, nullif('n' || i, 'n7'), i * 2
from generate_series(1, 200) i;
create table loose (a int, b text);
insert into loose values (1, 'x');
"""
HELD = """
select (select jsonb_agg(to_jsonb(s) order by n) from shop s),
  (select array_agg(pg_get_constraintdef(oid) order by conname) from pg_constraint
   where conrelid = 'shop'::regclass and convalidated),
  (select array_agg(indexdef order by indexname) from pg_indexes where tablename = 'shop'),
  (select array_agg(attname || format_type(atttypid, atttypmod) || attnotnull order by attname)
   from pg_attribute where attrelid = 'shop'::regclass and attnum > 0 and not attisdropped),
  (select array_agg(pg_get_expr(adbin, adrelid) order by pg_get_expr(adbin, adrelid)) from pg_attrdef
   where adrelid = 'shop'::regclass)
"""


def rounds(spec: str, sql: str, between: str = "select 1") -> tuple[Any, Any, Any]:
    """Return what is held before a statement, behind it, and when it is undone."""

    async def work() -> tuple[Any, Any, Any]:
        async with ground(spec) as connection:
            await connection.execute(MADE)
            before = tuple(await connection.fetchrow(HELD))
            made = await planned(connection, sql)
            assert made.reasons == ()
            await all_run(connection, made.run)
            await connection.execute(between)
            gone = tuple(await connection.fetchrow(HELD))
            await all_run(connection, made.undo)
            return before, gone, tuple(await connection.fetchrow(HELD))

    return asyncio.run(work())


@pytest.mark.parametrize(
    "sql",
    ["alter table shop drop column sku", "alter table shop drop note, drop column if exists nope",
     "alter table public.shop drop column other, drop column sku"],
)  # fmt: skip
def test_a_dropped_column_comes_back(shop_server: str, sql: str) -> None:
    before, gone, after = rounds(shop_server, sql)
    assert gone != before
    assert after == before


def test_its_constraints_come_back_for_what_is_to_come(shop_server: str) -> None:
    before, gone, after = rounds(shop_server, "alter table shop drop column price")
    assert (after[0], after[2:]) == (before[0], before[2:])
    assert gone[1] == after[1], "checked for new rows alone"


def test_by_another_key_when_the_first_goes(shop_server: str) -> None:
    before, _, after = rounds(shop_server, "alter table shop drop column id")
    assert after == before


def test_rows_that_came_meanwhile_stay(shop_server: str) -> None:
    more = "insert into shop (id, other, price) values (900, 900, 5)"
    before, _, after = rounds(shop_server, "alter table shop drop column sku", more)
    assert len(str(after[0])) > len(str(before[0]))
    assert '"sku": null' in str(after[0])


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("alter table shop drop column note cascade", "no_quarantine"),
        ("alter table shop drop column note, add column x int", "no_quarantine"),
        ("alter table loose drop column b", "no_key"),
        ("alter table people drop column upper_name", "no_capture"),
        ("alter table parts drop column n", "no_capture"),
        ("alter table items drop column line", "no_key"),
    ],
)
def test_what_needs_a_ticket(shop_server: str, sql: str, code: str) -> None:
    async def work() -> tuple[str, ...]:
        async with ground(shop_server) as connection:
            await connection.execute(MADE)
            return tuple(one.code for one in (await planned(connection, sql)).reasons)

    assert asyncio.run(work()) == (code,)


def test_a_column_whose_sequence_goes_with_it_stops_it(shop_server: str) -> None:
    async def work() -> None:
        async with ground(shop_server) as connection:
            await connection.execute(MADE)
            made = await planned(connection, "alter table shop drop column n")
            with pytest.raises(asyncpg.FeatureNotSupportedError, match="sequence"):
                await all_run(connection, made.run)

    asyncio.run(work())
