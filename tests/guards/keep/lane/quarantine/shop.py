"""Tables that hang together, their sums, and what people do about what was run in quarantine."""

from __future__ import annotations

from typing import Any

from tests.guards.keep.lane.harness import Guarded
from tests.waiting import until

MADE = """
create table people (id serial primary key, name text not null);
create table orders (id int primary key, person int references people on delete cascade, n int);
create table logs (line text, n int);
create view names as select id, name from people;
create schema stock;
create table stock.parts (id int primary key, n text);
create table stock.bins (id int primary key, part int references stock.parts);
insert into people (name) select '人' || i from generate_series(1, 300) i;
insert into orders select i, 1 + i % 300, i from generate_series(1, 900) i;
insert into logs select 'x' || i % 7, i % 3 from generate_series(1, 500) i;
insert into stock.parts select i, 'p' || i from generate_series(1, 400) i;
insert into stock.bins select i, i from generate_series(1, 400) i;
analyze;
"""
TABLES = ("people", "orders", "logs", "names", "stock.parts", "stock.bins", "public.t")


def sums(shop: Guarded) -> dict[str, Any]:
    """Return for each table a sum over all its rows; ``None`` for one that is not there."""
    found: dict[str, Any] = {}
    with shop.direct() as one:
        for name in TABLES:
            there = one.execute("select to_regclass(%s)", (name,)).fetchone()
            if there == (None,):
                found[name] = None
                continue
            row = one.execute(
                f"select count(*), md5(string_agg(x::text, '|' order by x::text)) from {name} x"
            ).fetchone()
            found[name] = row
    return found


def states(shop: Guarded) -> list[str]:
    """Return the states of all acts, the newest first."""
    return [act.state for act in shop.lane.host.keeper.store.newest()]


def kept(shop: Guarded, count: int = 1) -> list[dict[str, Any]]:
    """Wait until so many acts are known to hold; return them, the newest first."""
    found: list[dict[str, Any]] = []

    def there() -> bool:
        found[:] = [act for act in shop.person("wang").acts() if act["state"] == "kept"]
        return len(found) == count

    until(there, shop.person("wang").acts)
    return found


def undone(shop: Guarded, count: int = 1) -> None:
    """Undo all acts, the newest first."""
    for act in kept(shop, count):
        assert shop.person("wang").undo(act["id"])["state"] == "undone"


def trash(shop: Guarded) -> list[str]:
    """Return the schemas in which things are kept."""
    with shop.direct() as one:
        rows = one.execute(
            "select nspname from pg_namespace where starts_with(nspname, 'hongxian_trash')"
        ).fetchall()
    return [row[0] for row in rows]
