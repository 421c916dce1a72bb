from __future__ import annotations

import asyncio

import asyncpg
import pytest

from hongxian.guards.keep.statements.catalog import Catalog, pick
from hongxian.guards.keep.statements.read_catalog import queries, read_catalog

MORE = """
create schema more;
create extension pg_trgm schema more;
create table more.t (a int primary key, b text check (length(b) < 9),
  c int generated always as (a) stored,
  d int generated always as identity, unique (b, a));
create index on more.t (lower(b)) where a > 5;
create table more.child () inherits (more.t);
alter table more.t enable row level security;
create policy p on more.t using (a > 0) with check (a > 1);
create function more.guard() returns event_trigger language plpgsql as $$ begin end $$;
create event trigger guard on ddl_command_end execute function more.guard();
create function more.any_of(variadic int[]) returns int language sql as 'select 1';
create function more.out(a int, out b int, out c text) language plpgsql as $$ begin b := a; end $$;
create table more.fk (id int, t int references more.t (a) on delete set null on update cascade);
create temp table mine (a int);
"""


@pytest.fixture(scope="module")
def catalog(shop_server: str) -> Catalog:
    async def read() -> Catalog:
        connection = await asyncpg.connect(shop_server)
        try:
            await connection.execute(MORE)
            return await read_catalog(connection)
        finally:
            await connection.execute("drop event trigger guard; drop schema more cascade")
            await connection.close()

    return asyncio.run(read())


def test_functions_come_with_what_decides_about_a_call(catalog: Catalog) -> None:
    (add,) = catalog.functions["add"]
    assert (add.full, add.language, add.volatility, add.least, add.most) == (
        "public.add",
        "sql",
        "i",
        2,
        2,
    )
    assert (add.body.strip(), add.arguments, add.builtin) == ("select a + b", ("a", "b"), False)
    assert catalog.functions["any_of"][0].most is None
    (out,) = catalog.functions["out"]
    assert (out.arguments, out.least, out.returns) == (("a", "b", "c"), 1, "text")
    (atomic,) = catalog.functions["wipe_atomic"]
    assert atomic.parsed
    assert atomic.body.startswith("CREATE OR REPLACE FUNCTION trap.wipe_atomic()")
    (row,) = catalog.functions["wipe_row"]
    assert row.of_row
    assert row.composite == (True,)
    assert catalog.functions["on_insert"][0].returns == "trigger"
    assert catalog.functions["wipe_set"][0].returns == "setof record"
    assert catalog.functions["off"][0].settings == ("session_replication_role=replica",)
    assert catalog.functions["total"][0].parts == (("trap", "step"),)
    assert catalog.functions["similarity"][0].extension == "pg_trgm"
    assert all(one.builtin and one.language == "internal" for one in catalog.functions["now"])


def test_tables_come_with_keys_columns_and_rows(catalog: Catalog) -> None:
    (users,) = pick(catalog.relations, "public", "users")
    assert users.rows == 500
    assert users.keys == (("id",), ("email",))
    country = users.column("country")
    assert country is not None
    assert country.common == pytest.approx(0.5)
    (table,) = pick(catalog.relations, "more", "t")
    assert table.rows == 0
    assert table.keys[0] == ("a",)
    assert sorted(table.keys) == [("a",), ("b", "a")]
    assert [(one.name, one.generated, one.identity) for one in table.columns] == [
        ("a", False, ""), ("b", False, ""), ("c", True, ""), ("d", False, "a"),
    ]  # fmt: skip
    assert "(length(b) < 9)" in table.expressions
    assert table.indexed == ("(a > 5)", "row(lower(b))")
    assert table.policies == ("(a > 0)", "(a > 1)")
    assert table.children == (("more", "child"),)
    (mine,) = catalog.relations["mine"]
    assert mine.own
    assert mine.schema.startswith("pg_temp")
    assert catalog.relations["pg_class"][0].builtin


def test_triggers_rules_and_views_come_with_their_text(catalog: Catalog) -> None:
    (users,) = pick(catalog.relations, "public", "users")
    assert [(one.name, one.function, one.events) for one in users.triggers] == [
        ("touch", ("public", "touch"), {"insert", "update"})
    ]
    (view,) = catalog.relations["active_users"]
    assert view.kind == "v"
    assert "FROM public.users" in view.definition
    (ruled,) = catalog.relations["ruled"]
    assert ruled.rules[0].event == "insert"
    assert "DELETE FROM public.logs" in ruled.rules[0].definition
    assert catalog.event_triggers[0].function == ("more", "guard")


def test_foreign_keys_types_and_operators(catalog: Catalog) -> None:
    (key,) = [one for one in catalog.references["more", "t"] if one.table == ("more", "fk")]
    assert (key.columns, key.to_columns, key.on_delete, key.on_update) == (("t",), ("a",), "n", "c")
    assert catalog.types["checked"][0].checks == ("trap.check_it(VALUE)",)
    assert catalog.types["pair"][0].functions == (("trap", "to_int"),)
    assert catalog.types["int4"][0].functions == ()
    assert catalog.operators["=~="][0].plain
    assert catalog.casts


def test_the_server_says_how_it_reads(catalog: Catalog) -> None:
    assert catalog.server >= 150000
    assert catalog.settings["standard_conforming_strings"] == "on"
    assert "me" in catalog.powerful
    assert "clerk" not in catalog.powerful


def test_each_query_has_its_name() -> None:
    assert {"functions", "relations", "settings", "powerful"} <= set(queries())
    assert all(not one.endswith(";") for one in queries().values())


def test_an_earlier_snapshot_spares_the_servers_own_functions(shop_server: str) -> None:
    async def read() -> None:
        connection = await asyncpg.connect(shop_server)
        try:
            first = await read_catalog(connection)
            again = await read_catalog(connection, first)
            assert {name: set(same) for name, same in again.functions.items()} == {
                name: set(same) for name, same in first.functions.items()
            }
            await connection.execute(
                "begin; set local search_path = app; create table app.mine (a int); "
                "create or replace function pg_catalog.bit_length(text) returns int "
                "language sql immutable as 'select 5'"
            )
            inside = await read_catalog(connection, first)
            assert "select 5" in {one.body for one in inside.functions["bit_length"]}
            assert inside.relations["mine"][0].schema == "app"
            assert await connection.fetchval("show search_path") == "app"
            await connection.execute("rollback")
        finally:
            await connection.close()

    asyncio.run(read())


def test_which_tables_were_never_written(catalog: Catalog) -> None:
    (never,), (users,) = catalog.relations["fk"], pick(catalog.relations, "public", "users")
    assert (never.empty, users.empty) == (True, False)
