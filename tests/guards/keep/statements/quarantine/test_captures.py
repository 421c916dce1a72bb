from __future__ import annotations

import asyncio

import asyncpg
import pytest
from tests.guards.keep.statements.quarantine.ground import all_run, back, content, ground, planned


@pytest.mark.parametrize(
    ("sql", "gone", "left"),
    [
        ("delete from logs", {"logs"}, 0),
        ("delete from logs where n >= 1", {"logs"}, 6),
        ("delete from logs where random() < 2", {"logs"}, 0),
        ("delete from people where id > 10", {"people", "orders", "items", "cards"}, 10),
        ("with d as (delete from logs returning *) select count(*) from d", {"logs"}, 0),
        ("delete from people p using orders o where o.person = p.id and o.total between 81 and 89", {"people"}, 21),
        ("truncate people restart identity cascade", {"people", "orders", "items", "cards"}, 0),
        ("truncate logs, tree", {"logs", "tree"}, 0),
        ("delete from parts where n = 'p'", {"parts", "parts_a", "parts_b"}, 0),
        ("delete from parts_a where n = 'p'", {"parts_a"}, 0),
        ("truncate parts", {"parts"}, 0),
        ("delete from tree where id > 0", {"tree"}, 0),
        ("update people set name = 'x'", {"people"}, 30),
        ("update people set name = 'x', email = null where id <> 3", {"people"}, 30),
        ("update logs set line = 'y' where n > 0", {"logs"}, 20),
        ("update logs set line = 'y'", {"logs"}, 20),
        ("update cards set id = id + 100", {"cards"}, 30),
        ("update cards set id = -id, n = 'z' where id > 3", {"cards"}, 30),
        ("update parts set at = at + 200 where at < '2024-12-31' and at > '2024-08-01'",
         {"parts", "parts_a", "parts_b"}, 25),
        (("insert into people (id, email) select id, 'q' || id from people "
         "on conflict (id) do update set email = excluded.email"), {"people"}, 30),
        (("merge into people p using orders o on p.id = o.person and o.total > 80 "
         "when matched then update set name = 'm'"), {"people"}, 30),
        ("merge into cards p using orders o on p.id = o.id when matched then delete", {"cards"}, 0),
        ("""delete from "Other Shop"."Odd ""name" where "select" = 'x'""",
         {'"Other Shop"."Odd ""name"'}, 0),
        ("update logs set n = 9 where n > 0; delete from logs where n > 0", {"logs"}, 6),
        ("select 1; delete from logs", {"logs"}, 0),
    ],
)  # fmt: skip
def test_rows_come_back(shop_server: str, sql: str, gone: set[str], left: int) -> None:
    before, between = back(shop_server, sql)
    assert {name for name in before if before[name] != between[name]} >= gone
    assert (
        len(between[next(iter(sorted(gone, key=lambda name: (name not in sql, len(name)))))])
        == left
    )


def test_the_statement_itself_runs_unchanged_and_answers_as_ever(shop_server: str) -> None:
    async def check() -> None:
        async with ground(shop_server) as connection:
            made = await planned(connection, "delete from logs where n = $1 or n = 1 returning n")
            (step,) = made.steps
            async with connection.transaction():
                for one in (*made.opening, *step.before):
                    await connection.execute(one)
                rows = await connection.fetch(step.text, 0)
                for one in step.after:
                    await connection.execute(one)
            assert len(rows) == 13
            await all_run(connection, made.undo)
            assert len((await content(connection, ["logs"]))["logs"]) == 20

    asyncio.run(check())


def test_rows_that_came_meanwhile_stay(shop_server: str) -> None:
    async def check() -> None:
        async with ground(shop_server) as connection:
            made = await planned(connection, "truncate cards")
            await all_run(connection, made.run)
            await connection.execute("insert into cards values (5, null, 'new'), (99, null, 'new')")
            await all_run(connection, made.undo)
            rows = await connection.fetch("select id, n from cards where id in (5, 99) order by id")
            assert [tuple(one) for one in rows] == [(5, "new"), (99, "new")]
            assert await connection.fetchval("select count(*) from cards") == 31

    asyncio.run(check())


def test_sequences_are_not_set_back_below_what_was_given(shop_server: str) -> None:
    async def check() -> None:
        async with ground(shop_server) as connection:
            made = await planned(connection, "truncate people restart identity cascade")
            await all_run(connection, made.run)
            assert await connection.fetchval("select nextval('people_id_seq')") == 1
            await all_run(connection, made.undo)
            assert await connection.fetchval("select nextval('people_id_seq')") == 31

    asyncio.run(check())


def test_triggers_of_users_are_off_only_while_rows_come_back(shop_server: str) -> None:
    async def check() -> None:
        async with ground(shop_server) as connection:
            await connection.execute("alter table people enable always trigger touch")
            made = await planned(connection, "delete from people where id > 10")
            await all_run(connection, made.run)
            await all_run(connection, made.undo)
            seen = await connection.fetchval("select max(seen) from people")
            assert seen.year == 2020  # as the trigger had set it at first, before it was off
            assert await connection.fetchval(
                "select tgenabled::text from pg_trigger where tgname = 'touch'") == "A"  # fmt: skip
            assert (
                await connection.fetchval("select count(*) from trail where what = 'DELETE'") == 60
            )

    asyncio.run(check())


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("update people set id = id + 1000", "no_key"),
        ("select wipe()", "no_key"),
        ("do $$ begin update people set name = 'x'; end $$", "no_key"),
    ],
)
def test_what_could_not_be_put_back_needs_a_ticket(shop_server: str, sql: str, code: str) -> None:
    async def check() -> None:
        async with ground(shop_server) as connection:
            made = await planned(connection, sql)
            assert [one.code for one in made.reasons] == [code]
            assert made.run == made.undo == ()

    asyncio.run(check())


@pytest.mark.parametrize(
    ("more", "sql", "code"),
    [
        ("create table above (a int); create table below () inherits (above); insert into above values (1)",
         "delete from above", "no_capture"),
        (("create table x (a int primary key); create table y (a int primary key references x);"
         "alter table x add foreign key (a) references y"), "delete from x", "key_cycle"),
        (("create table x (a int unique, b int); create table y (a int references x (a)); "
         "alter table x drop constraint x_a_key cascade; alter table x alter a set not null"),
         "update x set b = 1", None),
        ("create table x (a int); create table y (a int references cards)", "update cards set n = 'y'",
         None),
    ],
)  # fmt: skip
def test_tables_of_other_shapes(shop_server: str, more: str, sql: str, code: str | None) -> None:
    async def check() -> None:
        async with ground(shop_server) as connection:
            await connection.execute(more)
            made = await planned(connection, sql)
            assert [one.code for one in made.reasons] == ([code] if code else [])

    asyncio.run(check())


def test_rows_without_a_key_that_others_refer_to_need_a_ticket() -> None:
    from hongxian.guards.keep.statements.catalog import Catalog, Column, ForeignKey, Relation
    from hongxian.guards.keep.statements.classify import classify
    from hongxian.guards.keep.statements.quarantine.plan import plan

    tables = [Relation("a", name, columns=(Column("x", "integer"),)) for name in ("t", "u")]
    key = ForeignKey("k", ("a", "u"), ("x",), ("a", "t"), ("x",))
    catalog = Catalog.of(relations=tables, foreign_keys=[key])
    made = plan(classify("update a.t set x = 5", catalog), catalog, "t")
    assert made.reasons[0].code == "no_key"
    lone = Catalog.of(relations=[Relation("a", "t", columns=(Column("x", "integer", identity="a"),),
                                          keys=(("x",),))])  # fmt: skip
    assert plan(classify("update a.t set x = default", lone), lone, "t").carried


def test_no_name_breaks_out_of_what_keeps_rows(shop_server: str) -> None:
    table = '"a$keep$; delete from cards; --"'
    column = '"b$keep$ language sql; delete from cards; --"'

    async def check() -> None:
        async with ground(shop_server) as connection:
            await connection.execute(f"create table {table} (id int primary key, {column} text)")
            await connection.execute(f"insert into {table} values (1, 'x')")
            for number, sql in enumerate((f"delete from {table}", f"truncate {table}",
                                          f"update {table} set {column} = 'y'")):  # fmt: skip
                made = await planned(connection, sql, f"t{number}")
                await all_run(connection, made.run)
                await all_run(connection, made.undo)
                assert await connection.fetchval(f"select {column} from {table}") == "x"
            assert await connection.fetchval("select count(*) from cards") == 30

    asyncio.run(check())


def test_triggers_that_wait_need_a_ticket(shop_server: str) -> None:
    made = "create constraint trigger late after delete on logs {} for each row execute function wipe_later()"
    function = """create function wipe_later() returns trigger language plpgsql as
      $$ begin delete from cards; return null; end $$"""

    async def check() -> None:
        async with ground(shop_server) as connection:
            await connection.execute(function)
            for word, codes in (("not deferrable", []), ("deferrable", ["no_capture"])):
                await connection.execute(made.format(word))
                found = await planned(connection, "delete from logs")
                assert [one.code for one in found.reasons] == codes
                await connection.execute("drop trigger late on logs")

    asyncio.run(check())


def test_truncate_in_a_transaction_that_sees_an_older_state_is_not_run(shop_server: str) -> None:
    async def check() -> None:
        async with ground(shop_server) as connection:
            made = await planned(connection, "truncate logs")
            whole = ";".join(("begin isolation level repeatable read", *made.run, "commit"))
            with pytest.raises(asyncpg.FeatureNotSupportedError):
                await connection.execute(whole)
            await connection.execute("rollback")
            assert await connection.fetchval("select count(*) from logs") == 20

    asyncio.run(check())
