from __future__ import annotations

import pytest
from tests.guards.keep.statements.said import said

from hongxian.guards.keep.statements.catalog import Catalog, Function, Relation
from hongxian.guards.keep.statements.postgres.later import is_new

FULL = Relation("public", "users", rows=50.0)
EMPTY = Relation("public", "users", rows=0.0, empty=True)
F = Function("public", "f", arguments=("a",), least=1, most=2, body="delete from users")
SETTINGS = {"standard_conforming_strings": "on", "client_encoding": "UTF8"}
LATER = ("reversible", {"judged_when_used"})


def holding(users: Relation, *functions: Function) -> Catalog:
    return Catalog.of(relations=[users], functions=functions, settings=SETTINGS)


DEFINITIONS = [
    "create function g() returns void language sql as 'delete from users'",
    "create function g() returns void begin atomic; delete from users; end",
    "create table x (a int default f(1))",
    "create view x as select f(1)",
    "create materialized view x as select f(1) with no data",
    "create domain d as int check (f(1) is null)",
]


@pytest.mark.parametrize("sql", DEFINITIONS)
def test_what_is_defined_where_no_row_is_has_nothing_to_lose(sql: str) -> None:
    assert said(sql, holding(EMPTY, F)) == LATER
    verdict, codes = said(sql, holding(FULL, F))
    assert (verdict, codes - {"many_calls"}) == ("destructive", {"mass_all"})


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("create trigger t after insert on users execute function f()", "trigger_made"),
        ("create rule r as on insert to users do also delete from users", "rule_made"),
        ("create policy p on users using (f(1) is null)", "policy"),
        ("create aggregate g (int) (sfunc = f, stype = int)", "made"),
    ],
)
def test_what_hangs_on_tables_too(sql: str, code: str) -> None:
    assert said(sql, holding(EMPTY, F)) == ("reversible", {code, "judged_when_used"})
    assert said(sql, holding(FULL, F)) == ("destructive", {code, "mass_all"})


def test_using_it_is_judged() -> None:
    made = "create function g() returns void language sql as 'delete from users'; select g()"
    assert said(made, holding(EMPTY))[0] == "destructive"
    named = made.replace("select g()", "select public.g()")
    assert said(named, holding(EMPTY, Function("public", "g", body="select 1")))[0] == "destructive"
    ruled = (
        "create rule r as on insert to users do also delete from users; insert into users select 1"
    )
    assert said(ruled, holding(EMPTY)) == (
        "unknown", {"rule_made", "judged_when_used", "changed_before"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sql", "verdict"),
    [
        ("create table x partition of users for values in (f(1))", "destructive"),
        ("create materialized view x as select f(1)", "destructive"),
        ("create function g(a int default f(1)) returns int language sql as 'select 1'",
         "destructive"),
        ("create function g() returns int language plpython3u as 'pass'", "unknown"),
    ],
)  # fmt: skip
def test_what_runs_at_once_is_judged_at_once(sql: str, verdict: str) -> None:
    assert said(sql, holding(EMPTY, F))[0] == verdict


TO_COME = "create function {} returns void language sql as 'delete from to_come where f2() = 1'"


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        (TO_COME.format("g()"), LATER),
        (TO_COME.format("f()"), LATER),
        (TO_COME.format("f(a int, b int, c int)"), LATER),
        (TO_COME.format("f(a text)"), ("unknown", {"relation_unknown", "function_unknown"})),
        (TO_COME.format("g()").replace("create", "create or replace"),
         ("unknown", {"relation_unknown", "function_unknown"})),
        (TO_COME.format("g()").replace("' returns", "'").replace(" where", "; delete from users where"),
         ("destructive", set())),
    ],
    ids=["new", "fewer", "more", "as many", "replacing", "losing besides"],
)  # fmt: skip
def test_a_new_function_may_name_what_is_to_come(sql: str, told: tuple[str, set[str]]) -> None:
    verdict, codes = said(sql, holding(FULL, F))
    if told[1]:
        assert (verdict, codes) == (told[0], codes | told[1])
    else:
        assert verdict in {"destructive", "unknown"}


def test_a_name_that_was_there_once_is_not_new() -> None:
    catalog = holding(FULL).with_gone(frozenset({"g"}))
    assert said(TO_COME.format("g()"), catalog)[0] == "unknown"


@pytest.mark.parametrize(
    ("least", "most", "new"),
    [(0, 0, True), (3, 3, True), (1, 1, False), (0, None, False), (2, 4, False), (3, None, True)],
)
def test_which_calls_can_come_to_it(least: int, most: int | None, new: bool) -> None:
    made = Function("public", "f", least=least, most=most)
    assert is_new(holding(FULL, F), {}, made) is new
    assert is_new(holding(FULL, made), {}, F) is new


@pytest.mark.parametrize(
    ("sql", "verdict"),
    [
        ("alter function f(int) rename to unused", "reversible"),
        ("alter function f(int) rename to called", "destructive"),
        ("alter routine f(int) rename to once", "destructive"),
        ("alter function f(int) set schema other", "reversible"),
        ("alter function called() rename to f", "reversible"),
        ("alter table users rename to f", "reversible"),
    ],
)
def test_a_function_may_not_take_the_name_of_another_that_is_called(sql: str, verdict: str) -> None:
    called = Function("public", "called", body="select 1")
    catalog = holding(FULL, F, called).with_gone(frozenset({"once"}))
    assert said(sql, catalog)[0] == verdict


def test_nor_its_place() -> None:
    catalog = holding(FULL, F, Function("other", "f", body="select 1"))
    assert said("alter function public.f(int) set schema other", catalog)[0] == "destructive"
