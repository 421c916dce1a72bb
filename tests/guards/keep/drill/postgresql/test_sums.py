from __future__ import annotations

import asyncio

from tests.guards.keep.clusters import cluster

from hongxian.guards.keep.drill.postgresql.sums import connected, seen, tables
from hongxian.guards.keep.drill.sums import Seen


def test_tables_are_summed_whatever_the_order_of_their_rows() -> None:
    async def looked(wanted: tuple[str, ...] = (), seed: int = 1) -> Seen:
        base = await connected(shop.connection)
        try:
            return await seen(base, await tables(base, wanted), {"q": "select 1, 'x'"}, seed)
        finally:
            await base.close()

    with cluster() as shop:
        shop.sql('create table "Odd ""name" (t timestamptz, f float8, b bytea)',
                 "create table empty (id int)", "create unlogged table scratch (id int)",
                 """insert into "Odd ""name" values (now(), 1.1, 'ab'), (null, null, null)""",
                 "alter role me set datestyle = 'German'")  # fmt: skip
        first = asyncio.run(looked())
        odd = '"public"."Odd ""name"'
        assert {name: one.rows for name, one in first.tables.items()} == {
            odd: 2, '"public"."empty"': 0,
        }  # fmt: skip
        assert first.queries == {"q": "1|x"}
        shop.sql('create table copy as table "Odd ""name"', 'truncate "Odd ""name"',
                 'insert into "Odd ""name" select * from copy order by f desc')  # fmt: skip
        assert asyncio.run(looked()).tables[odd] == first.tables[odd]
        assert asyncio.run(looked(seed=2)).tables[odd] != first.tables[odd]
        shop.sql('update "Odd ""name" set f = 1.2 where f = 1.1')
        assert asyncio.run(looked()).tables[odd].sum != first.tables[odd].sum
        assert set(asyncio.run(looked(("empty", "public.copy"))).tables) == {
            '"public"."empty"', '"public"."copy"',
        }  # fmt: skip
        assert Seen.of(first.record()) == first
        address = f"postgresql://me@127.0.0.1:{shop.port}/postgres"
        assert asyncio.run(named(address)) == 1


async def named(address: str) -> int:
    base = await connected(address)
    try:
        return int(await base.fetchval("select 1"))
    finally:
        await base.close()
