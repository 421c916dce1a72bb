from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.guards.keep.statements.said import said

if TYPE_CHECKING:
    from hongxian.guards.keep.statements.catalog import Catalog


@pytest.mark.parametrize(
    ("sql", "verdict", "codes"),
    [
        ("create table x (a int default 5 check (a > 0), b text references users (email))", "safe", set()),
        ("create table x (a int default trap.wipe())", "destructive", {"mass_all"}),
        ("create table x partition of events default", "safe", set()),
        ("create table x as select trap.wipe()", "destructive", {"mass_all"}),
        ("create view x as select 1", "safe", set()),
        ("create or replace view active_users as select 1", "reversible", {"replaced"}),
        ("create index on users (lower(name))", "safe", set()),
        ("create index on users ((trap.said_immutable(id)))", "destructive", {"truncate"}),
        ("create policy p on users using (id = 5)", "reversible", {"policy"}),
        ("alter policy p on users using (trap.check_it(name))", "destructive", {"policy", "mass_all"}),
        ("create foreign table f (a int) server s", "reversible", {"foreign_made"}),
        ("create function f() returns int language sql as 'select 1'", "safe", set()),
        ("create function f(a int default trap.wipe()) returns int language sql as 'select 1'",
         "destructive", {"mass_all"}),
        ("create function add(a text) returns int language sql as 'select 1'", "reversible",
         {"replaced"}),
        ("create function f() returns int language c as 'x'", "unknown", {"language"}),
        ("create function f() returns int set session_replication_role = 'replica' return 1",
         "destructive", {"protective_setting"}),
        (("create function f(a users, out b int, variadic c int[]) returns setof int language plpgsql "
         "as $$ begin b := a.id; return next; end $$"), "safe", set()),
        (("create function f(a public.users, inout b int) language plpgsql "
         "as $$ begin b := b + a.id; a.id := 5; end $$"), "safe", set()),
        (("create function f() returns table (x int) language plpgsql as "
         "$$ begin x := 1; return next; end $$"), "safe", set()),
        ("create procedure p() language sql as 'delete from logs'", "destructive", {"mass_all"}),
        ("create trigger t after insert on logs for each row execute function audit_row()",
         "reversible", {"trigger_made"}),
        ("create trigger t after insert on logs for each row execute function nope()", "unknown",
         {"trigger_made", "function_unknown"}),
        ("create rule r as on insert to logs do also notify x", "reversible", {"rule_made"}),
        ("create rule r as on delete to logs where old.level = 'x' do instead nothing", "destructive",
         {"rule_made"}),
        ("create rule r as on delete to users do also delete from orders where id = old.id",
         "reversible", {"rule_made"}),
        ("create extension pg_trgm", "safe", set()),
        ("create extension dblink", "unknown", {"extension"}),
        ("create aggregate g (int) (sfunc = int4pl, stype = int)", "reversible", {"made"}),
        ("create aggregate g (int) (sfunc = trap.step, stype = int)", "destructive", {"made", "mass_all"}),
        ("create operator class o for type int using btree as operator 1 <, function 1 trap.step(int, int)",
         "destructive", {"made", "mass_all"}),
        ("create cast (trap.pair as text) with inout", "reversible", {"made"}),
        ("create cast (trap.pair as text) with function nope(trap.pair)", "unknown",
         {"made", "function_unknown"}),
        ("create domain d as text check (trap.check_it(value))", "destructive", {"mass_all"}),
    ],
)  # fmt: skip
def test_creates(sql: str, verdict: str, codes: set[str], shop: Catalog) -> None:
    assert said(sql, shop) == (verdict, codes)


@pytest.mark.parametrize(
    ("sql", "verdict", "codes"),
    [
        ("create table x (a int primary key, b text, unique (b)); delete from x; drop table x", "safe",
         set()),
        ("create table if not exists users (id int); delete from users", "destructive", {"mass_all"}),
        ("select 1 as a into x; update x set a = 2", "safe", set()),
        ("create function f() returns int language sql as 'select 1'; select f()", "safe", set()),
        ("create function f() returns int return 1; select f()", "safe", set()),
        ("alter table users rename to x; delete from users where id = 5", "unknown",
         {"renamed", "changed_before"}),
        (("create trigger t after insert on logs for each row execute function trap.by_trigger(); "
         "insert into logs select * from logs"), "unknown", {"trigger_made", "changed_before"}),
        (("create trigger t after insert on logs for each row execute function audit_row(); "
         "insert into logs select * from logs"), "reversible", {"trigger_made"}),
        ("create view x as select 1; select * from x", "unknown", {"relation_unknown"}),
        ("create materialized view x as select 1; refresh materialized view x", "unknown",
         {"relation_unknown"}),
    ],
)  # fmt: skip
def test_what_comes_after_them(sql: str, verdict: str, codes: set[str], shop: Catalog) -> None:
    assert said(sql, shop) == (verdict, codes)
