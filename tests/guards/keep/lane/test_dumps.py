"""Dumps of a database with all that a dump can hold, put back through the lane."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.guards.keep.lane.harness import Guarded, Server
from tests.sensors.store.sources.servers import program

FULL = """
set check_function_bodies = off;
create schema app;
create extension pg_trgm;
create type app.level as enum ('low', 'high');
create domain app.short as text check (length(value) < 80);
create function app.total(one int) returns bigint language sql stable as
  'select sum(amount) from app.orders where customer = one';
create function app.total(one text) returns bigint language sql stable as
  'select sum(amount) from app.orders o join app.customers c on c.id = customer where name = one';
create function app.prune() returns void language plpgsql as
  $$ begin delete from app.log where at < now() - interval '30 days'; end $$;
create table app.customers (id int generated always as identity primary key, name app.short,
  level app.level default 'low');
create table app.orders (id serial primary key, amount int not null check (amount > 0),
  customer int references app.customers on delete cascade);
create table app.log (at timestamptz default now(), what text, line bigint);
create function app.noted() returns trigger language plpgsql as
  $$ begin insert into app.log (what) values (tg_op || new.id); return new; end $$;
create trigger noted after insert on app.orders for each row execute function app.noted();
create view app."a first" as select app.total(c.id), c.name from app.customers c;
create materialized view app.sums as select customer, sum(amount) from app.orders group by 1;
create function app.kinds() returns int begin atomic; select count(*)::int from app.customers; end;
create aggregate app.plus (int) (sfunc = int4pl, stype = int, initcond = '0');
create operator app.### (leftarg = int, rightarg = int, function = int4pl);
create procedure app.clear() language sql as 'truncate app.log';
create table app.parts (id int, at date) partition by range (at);
create table app.parts_26 partition of app.parts for values from ('2026-01-01') to ('2027-01-01');
create index on app.customers using gin (name gin_trgm_ops);
create rule kept as on delete to app.log do also notify gone;
alter table app.customers enable row level security;
create policy all_of_them on app.customers using (true);
create sequence app.numbers start 7;
insert into app.customers (name) select 'c' || i from generate_series(1, 50) i;
insert into app.orders (amount, customer) select i, i % 50 + 1 from generate_series(1, 500) i;
insert into app.parts select i, '2026-03-01' from generate_series(1, 10) i;
select nextval('app.numbers');

refresh materialized view app.sums;
comment on table app.orders is 'orders';
grant select on app.orders to public;
"""
TOLD = """
select (select count(*) from app.customers), (select count(*) from app.orders),
  (select count(*) from app.log), (select app.total(7)), (select app.kinds()),
  (select count(*) from app.sums), (select count(*) from app.parts),
  (select last_value from app.numbers), (select count(*) from pg_trigger where not tgisinternal),
  (select app.total('c3')), (select count(*) from pg_largeobject_metadata),
  (select sum(total) from app."a first")
"""


@contextmanager
def filled(server: Server) -> Iterator[tuple[str, str]]:
    """A database that is full, and one that is empty."""
    names = ("full_one", "empty_one")
    try:
        with server.connect() as one:
            for name in names:
                one.execute(f"create database {name}")
        with server.connect(names[0]) as one:
            one.execute(FULL)
        yield names
    finally:
        with server.connect() as one:
            for name in names:
                one.execute(f"drop database if exists {name} with (force)")


def run(guarded: Guarded, name: str, *words: str) -> subprocess.CompletedProcess[str]:
    place = ("-h", "127.0.0.1", "-p", str(guarded.port), "-U", "operator")
    return subprocess.run((program(name), *place, *words), capture_output=True, text=True,
                          check=False, timeout=200)  # fmt: skip


@pytest.mark.parametrize("words", [("-Fc",), ("-Fp", "-1")])
def test_a_whole_dump_comes_back(guarded: Guarded, tmp_path: Path, words: tuple[str, ...]) -> None:
    dump, form = tmp_path / "dump", [one for one in words if one != "-1"]
    once = [one for one in words if one == "-1"]
    with filled(guarded.server) as (full, empty):
        done = run(guarded, "pg_dump", *form, "-f", str(dump), full)
        assert (done.stderr, done.returncode) == ("", 0)
        if form[0] == "-Fc":
            done = run(guarded, "pg_restore", *once, "-d", empty, str(dump))
        else:
            done = run(guarded, "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", *once,
                       "-d", empty, "-f", str(dump))  # fmt: skip
        assert (done.stderr, done.returncode) == ("", 0)
        told = []
        for name in (full, empty):
            with guarded.server.connect(name) as one:
                told.append(one.execute(TOLD).fetchone())
    assert told[0] == told[1]
