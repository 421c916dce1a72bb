from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from tests.guards.keep.lane.harness import Server

from hongxian.guards.keep.lane.control import Control
from hongxian.guards.keep.lane.judged import DESTRUCTIVE, SAFE
from hongxian.guards.keep.tickets.ticket import UNKNOWN_ROWS


def run(server: Server, work: Callable[[Control], Awaitable[Any]], database: str = "made") -> Any:
    async def main() -> Any:
        control = Control({"host": "127.0.0.1", "port": server.port, "user": "me"}, database)
        try:
            return await work(control)
        finally:
            control.close()

    return asyncio.run(main())


def test_a_catalog_judges(server: Server) -> None:
    async def work(control: Control) -> None:
        found = await control.read()
        assert found.judge("select * from t").verdict == SAFE
        assert found.judge("delete from t").verdict == DESTRUCTIVE
        assert found.after("create table n (a int)").judge("select * from n").verdict == SAFE

    run(server, work)


def test_rows_as_the_planner_says(server: Server) -> None:
    async def work(control: Control) -> None:
        tables = ["public.large"]
        rows = await control.planned("delete from large where a <= 500", "operator", tables)
        assert rows is not None
        assert 400 < rows < 600
        assert await control.planned("select 1", "operator", []) == 1.0
        for text, role in (
            ("delete from nowhere", "operator"),
            ("delete from large", "nobody"),
            ("select 1; select 2", "operator"),
            ("create table q (a int)", "operator"),
        ):
            assert await control.planned(text, role, tables) is None
        assert await control.planned("select 1", "operator", []) == 1.0, "it goes on after that"

    run(server, work)


def test_planning_writes_nothing(server: Server) -> None:
    with server.database() as name:
        with server.connect(name) as one:
            one.execute(
                "create function sly() returns int immutable language plpgsql as "
                "$$ begin delete from public.t; return 1; end $$"
            )
        run(
            server,
            lambda c: c.planned("delete from t where a = sly()", "operator", ["public.t"]),
            name,
        )
        with server.connect(name) as one:
            assert one.execute("select count(*) from t").fetchone() == (1000,)


def test_rows_that_are_held(server: Server) -> None:
    async def work(control: Control) -> None:
        assert await control.held(["public.large"]) == 20_000
        assert await control.held(["public"]) == 21_000
        assert await control.held(["public.nowhere"]) == UNKNOWN_ROWS

    run(server, work)


def test_a_server_that_is_not_there() -> None:
    async def main() -> None:
        control = Control({"host": "127.0.0.1", "port": 1, "user": "me"}, "made")
        assert await control.held(["public.t"]) == UNKNOWN_ROWS
        assert await control.planned("select 1", "me", []) is None

    asyncio.run(main())


def test_names_of_functions_that_are_gone_are_remembered(server: Server) -> None:
    with server.database() as name, server.connect(name) as one:

        async def work(control: Control) -> None:
            assert not (await control.read()).catalog.gone
            one.execute("drop function wipe()")
            for _ in range(2):
                found = await control.read()
                assert found.catalog.gone == {"wipe"}
                assert "now" in found.catalog.functions
                control.close()  # it is read by a new connection then
            one.execute("create function wipe() returns int language sql as 'select 1'")
            assert not (await control.read()).catalog.gone

        run(server, work, name)
