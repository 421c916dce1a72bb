from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.guards.keep.statements.said import said

if TYPE_CHECKING:
    from hongxian.guards.keep.statements.catalog import Catalog


def do(body: str) -> str:
    return f"do $do$ {body} $do$"


@pytest.mark.parametrize(
    ("body", "verdict", "codes"),
    [
        ("begin perform add(1, 2); end", "safe", set()),
        ("begin delete from users where id = 5; end", "safe", set()),
        ("declare p int := 5; begin delete from users where id = p; end", "safe", set()),
        ("declare r record; begin select 5 as id into r; delete from users where id = r.id; end",
         "safe", set()),
        ("declare id int; begin delete from users where id = id; end", "destructive",
         {"mass_unproven"}),
        ("begin delete from logs; end", "destructive", {"mass_all"}),
        ("begin loop delete from users where id = 5; exit; end loop; end", "destructive",
         {"mass_loop"}),
        ("begin execute 'select 1'; end", "safe", set()),
        ("begin execute 'trunc' || 'ate logs'; end", "destructive", {"truncate"}),
        ("begin execute 'drop table ' || 5; end", "unknown", {"dynamic"}),
        ("begin execute 'a', 'b'; end", "unknown", {"dynamic"}),
        ("declare t text; begin execute t; end", "unknown", {"dynamic"}),
        ("declare r record; begin for r in execute 'delete from logs returning 1' loop end loop; end",
         "destructive", {"mass_all"}),
        ("declare n int; begin n := trap.wipe(); end", "destructive", {"mass_all"}),
        ("declare n int[]; begin n[1] := 5; end", "safe", set()),
        ("declare n int[]; begin n[trap.wipe()] := 5; end", "unknown", {"assignment"}),
        ("begin if trap.wipe() = 1 then null; end if; end", "destructive", {"mass_all"}),
        ("begin selec 1; end", "unknown", {"unparsable"}),
        ("begin", "unknown", {"unparsable"}),
    ],
)  # fmt: skip
def test_blocks(body: str, verdict: str, codes: set[str], shop: Catalog) -> None:
    assert said(do(body), shop) == (verdict, codes)


@pytest.mark.parametrize(
    ("sql", "verdict", "codes"),
    [
        ("do language plperl 'x'", "unknown", {"language"}),
        ("do language PLPGSQL 'begin end'", "safe", set()),
        ("select trap.wipe_atomic()", "destructive", {"mass_all"}),
        ("select trap.wipe_text('x')", "unknown", {"dynamic"}),
        ("select rename_user(5, 'x')", "safe", set()),
        ("select rename_user(id, 'x') from users", "destructive", {"many_calls"}),
        ("call close_order(5)", "safe", set()),
        ("create function f(a int) returns int language sql begin atomic; select a; select 2; end",
         "safe", set()),
        ("create function f(a int) returns void language sql begin atomic; delete from logs; end",
         "destructive", {"mass_all"}),
    ],
)  # fmt: skip
def test_functions(sql: str, verdict: str, codes: set[str], shop: Catalog) -> None:
    assert said(sql, shop) == (verdict, codes)


def test_bodies_in_other_languages_and_broken_ones_are_unknown() -> None:
    from hongxian.guards.keep.statements.catalog import Catalog, Function

    catalog = Catalog.of(functions=[
        Function("a", "p", language="plpython3u", body="pass"),
        Function("a", "b", language="sql", body="begin atomic", parsed=True),
        Function("a", "m", language="plpgsql", body="begin x.y := 1; a := b; end",
                 arguments=("x", "a", "b", None), composite=(True, False, False)),
        Function("a", "loop", language="sql", body="select a.loop()"),
    ])  # fmt: skip
    assert said("select a.p()", catalog) == ("unknown", {"language"})
    assert said("select a.b()", catalog) == ("unknown", {"unparsable"})
    assert said("select a.m()", catalog) == ("safe", set())
    assert said("select a.loop()", catalog) == ("safe", set())
