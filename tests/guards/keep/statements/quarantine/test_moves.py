from __future__ import annotations

import asyncio

import asyncpg
import pytest
from tests.guards.keep.statements.quarantine.ground import all_run, back, ground, planned

from hongxian.guards.keep.statements.read_catalog import read_catalog


@pytest.mark.parametrize(
    ("sql", "gone"),
    [
        ("drop table logs", {"logs"}),
        ("drop table logs, items", {"logs", "items"}),
        ("drop table if exists logs, nope", {"logs"}),
        ("drop table people cascade", {"people", "more_names"}),
        ("drop table orders cascade", {"orders", "totals"}),
        ("drop table parts", {"parts", "parts_a", "parts_b"}),
        ("drop table parts_a", {"parts", "parts_a"}),
        ("drop table tree", {"tree"}),
        ("drop materialized view totals", {"totals"}),
        ("drop view names cascade", {"more_names"}),
        ('drop schema "Other Shop" cascade', {'"Other Shop"."Odd ""name"'}),
        ("drop schema public cascade", {"people", "orders", "items", "parts", "totals", "logs"}),
        (
            'drop table "Other Shop"."Odd ""name"; truncate logs',
            {'"Other Shop"."Odd ""name"', "logs"},
        ),
    ],
)
def test_what_was_dropped_comes_back(shop_server: str, sql: str, gone: set[str]) -> None:
    before, between = back(shop_server, sql)
    assert {name for name in before if before[name] != between[name]} >= gone
    assert all(not between[name] for name in gone - {"parts"})


def test_a_dropped_name_is_free_again(shop_server: str) -> None:
    async def check() -> None:
        async with ground(shop_server) as connection:
            for token in ("one", "two"):
                made = await planned(connection, "drop table logs", token)
                assert made.steps[0].tag == "DROP TABLE"
                await all_run(connection, made.run)
                await connection.execute("create table logs (line text, n int)")
            assert await connection.fetchval("select count(*) from hongxian_trash_one.logs") == 20
            await connection.execute("drop table logs")
            await all_run(connection, made.undo)
            assert await connection.fetchval("select count(*) from logs") == 0
            await all_run(connection, (await planned(connection, "select 1")).close)

    asyncio.run(check())


def test_the_end_of_the_quarantine_is_one_drop(shop_server: str) -> None:
    async def check() -> None:
        async with ground(shop_server) as connection:
            made = await planned(connection, "drop table people cascade")
            await all_run(connection, made.run)
            assert made.close == ('drop schema if exists "hongxian_trash_t1" cascade',)
            await all_run(connection, made.close)
            with pytest.raises(asyncpg.InvalidSchemaNameError):
                await all_run(connection, made.undo)

    asyncio.run(check())


def test_keys_that_are_tied_again_let_rows_be_that_came_meanwhile(shop_server: str) -> None:
    async def check() -> None:
        async with ground(shop_server) as connection:
            made = await planned(connection, "drop table people cascade")
            await all_run(connection, made.run)
            await connection.execute("insert into cards values (77, 12345, 'lost')")
            await all_run(connection, made.undo)
            assert await connection.fetchval("select count(*) from people") == 30
            with pytest.raises(asyncpg.ForeignKeyViolationError):
                await connection.execute("insert into cards values (78, 12345, 'lost')")

    asyncio.run(check())


@pytest.mark.parametrize(
    ("more", "sql", "code"),
    [
        ("", "drop table people", "dependents"),
        ("", "drop view names", None),
        ("", "drop table nope", "relation_unknown"),
        ("create schema x; create table x.logs (a int)", "drop table logs", "ambiguous"),
        ("", "drop function wipe() cascade", "no_quarantine"),
        ("", "drop sequence people_id_seq cascade", "dependents"),
        ("create sequence alone", "drop sequence alone", None),
        ("create table x (a int, b people[])", "drop table people cascade", "dependents"),
        ("create table x (a int references people) partition by list (a)", "drop table people cascade",
         "dependents"),
        ("create table above (a int); create table below () inherits (above)", "drop table below", None),
        ("create table above (a int); create table below () inherits (above)", "drop table above cascade",
         None),
    ],
)  # fmt: skip
def test_what_cannot_be_moved_needs_a_ticket(
    shop_server: str, more: str, sql: str, code: str | None
) -> None:
    async def check() -> None:
        async with ground(shop_server) as connection:
            if more:
                await connection.execute(more)
            made = await planned(connection, sql)
            assert [one.code for one in made.reasons] == ([code] if code else [])
            if not code and made.undo:
                await all_run(connection, made.run)
                await all_run(connection, made.undo)

    asyncio.run(check())


@pytest.mark.parametrize("option", ["", " with (force)"])
def test_a_database_is_renamed_and_closed(shop_server: str, option: str) -> None:
    async def check() -> None:
        ruler = await asyncpg.connect(shop_server)
        await ruler.execute("create database victim")
        spec = shop_server.rsplit("/", 1)[0] + "/victim"
        inside = await asyncpg.connect(spec)
        await inside.execute("create table t as select 5 as a")
        if not option:
            await inside.close()
        try:
            made = await planned(ruler, f"drop database victim{option}")
            assert made.steps[0].tag == "DROP DATABASE"
            for _ in range(50):  # sessions that were ended take a moment to be gone
                try:
                    await all_run(ruler, made.run)
                    break
                except asyncpg.ObjectInUseError:
                    await asyncio.sleep(0.1)
            with pytest.raises(asyncpg.InvalidCatalogNameError):
                await asyncpg.connect(spec)
            await all_run(ruler, made.undo)
            again = await asyncpg.connect(spec)
            assert await again.fetchval("select a from t") == 5
            await again.close()
        finally:
            await ruler.execute("drop database victim with (force)")
            await ruler.close()

    asyncio.run(check())


def test_a_view_that_cannot_be_read_stops_the_move() -> None:
    from hongxian.guards.keep.statements.catalog import Catalog, Relation
    from hongxian.guards.keep.statements.classify import classify
    from hongxian.guards.keep.statements.quarantine.plan import plan

    catalog = Catalog.of(
        relations=[Relation("a", "t"), Relation("a", "v", "v", definition="selec")]
    )
    assert (
        plan(classify("drop table a.t", catalog), catalog, "t").reasons[0].code == "no_quarantine"
    )


def test_bounds_of_partitions_are_read(shop_server: str) -> None:
    async def check() -> None:
        async with ground(shop_server) as connection:
            (part,) = (await read_catalog(connection)).relations["parts_a"]
            assert part.bound == "FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')"

    asyncio.run(check())
