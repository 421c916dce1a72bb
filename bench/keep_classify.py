"""Classified statements a second of CPU: ours (kept and not kept), and sqlglot's parser alone.

The mix is what a shop sends: pgbench's statements and those of two object mappers, each with
literals of its own, so that no text comes twice. sqlglot only parses: to judge would come on top.

Run: ``python bench/keep_classify.py [--statements 50000]``
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg
import sqlglot

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.sensors.store.sources.servers import postgres

from hongxian.guards.keep.statements.classify import Classifier
from hongxian.guards.keep.statements.postgres.parse import parse
from hongxian.guards.keep.statements.read_catalog import read_catalog

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongxian.guards.keep.statements.catalog import Catalog

SCHEMA = Path(__file__).parents[1] / "tests/guards/keep/statements/corpus/schema.sql"

MIX = (
    "BEGIN;",
    "UPDATE accounts SET abalance = abalance + {a} WHERE aid = {b};",
    "SELECT abalance FROM accounts WHERE aid = {b};",
    "INSERT INTO audit (what) VALUES ('{a}-{b}');",
    "END;",
    ('SELECT "users"."id", "users"."email", "users"."name", "users"."active" FROM "users" WHERE '
    '("users"."email" = \'u{b}@x.cn\' AND "users"."active") ORDER BY "users"."id" ASC LIMIT 21'),
    ('SELECT COUNT(*) AS "__count" FROM "orders" INNER JOIN "users" ON ("orders"."user_id" = '
    '"users"."id") WHERE ("users"."country" = \'CN\' AND "orders"."total" > {a})'),
    'UPDATE "users" SET "name" = \'n{a}\', "country" = \'DE\' WHERE "users"."id" = {b}',
    'INSERT INTO "orders" ("user_id", "total") VALUES ({b}, {a}.50) RETURNING "id"',
    ("SELECT orders.id AS orders_id, orders.status AS orders_status, items.sku, items.qty \n"
    "FROM orders LEFT OUTER JOIN items ON items.order_id = orders.id \n"
    "WHERE orders.user_id = {b} AND orders.placed >= '2024-01-{c:02}' \n LIMIT {c}"),
    "DELETE FROM sessions WHERE sessions.key = 'k{b}'",
    ("INSERT INTO app.settings (name, value) VALUES ('s{b}', '{a}') ON CONFLICT (name) "
    "DO UPDATE SET value = excluded.value"),
)  # fmt: skip


def texts(count: int) -> list[str]:
    """Return statements of the mix, drawn at random."""
    draw = random.Random(7)  # noqa: S311 - the same texts in each run
    return [
        draw.choice(MIX).format(
            a=draw.randrange(10**6), b=draw.randrange(10**7), c=draw.randrange(1, 29)
        )
        for _ in range(count)
    ]


async def catalog(spec: str) -> Catalog:
    """Make the shop and read its catalog."""
    connection = await asyncpg.connect(spec)
    try:
        await connection.execute(SCHEMA.read_text("utf-8"))
        return await read_catalog(connection)
    finally:
        await connection.close()


def rate(work: Callable[[str], object], given: list[str]) -> float:
    """Return how many texts a second of CPU (user and system) are worked on."""
    start = time.process_time()
    for one in given:
        work(one)
    return len(given) / (time.process_time() - start)


def main() -> None:
    """Print the rates, ours and the peer's in turns, three times."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--statements", type=int, default=50_000)
    count = parser.parse_args().statements
    with postgres() as spec:
        known = asyncio.run(catalog(spec))
    given = texts(count)
    bared = Classifier(known)
    verdicts = {bared.classify(one).verdict.name for one in given[:1000]}
    if verdicts != {"SAFE"}:
        sys.exit(f"not all of it is safe: {verdicts}")
    print(f"{count} statements of {len(MIX)} shapes; load {os.getloadavg()[0]:.1f}")
    for _ in range(3):
        ours = rate(Classifier(known).classify, given)
        bare = rate(bared.judge, given[: count // 10])
        alone = rate(parse, given[: count // 10])
        peer = rate(lambda one: sqlglot.parse(one, dialect="postgres"), given[: count // 50])
        print(f"classified {ours:9,.0f}/s   nothing kept {bare:7,.0f}/s   only parsed: by "
              f"PostgreSQL's parser {alone:7,.0f}/s, by sqlglot {peer:6,.0f}/s   "
              f"ours / sqlglot {ours / peer:4.1f} kept, {bare / peer:4.1f} not")  # fmt: skip


if __name__ == "__main__":
    main()
