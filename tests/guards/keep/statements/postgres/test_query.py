from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.guards.keep.statements.said import said

if TYPE_CHECKING:
    from hongxian.guards.keep.statements.catalog import Catalog


@pytest.mark.parametrize(
    ("sql", "verdict", "codes"),
    [
        ("select * from users where id in (1, 2)", "safe", set()),
        ("select nope()", "unknown", {"function_unknown"}),
        ("select add(1, 2, 3)", "unknown", {"function_unknown"}),
        ("select add(variadic array[1, 2])", "safe", set()),
        ("select positive(5)", "safe", set()),
        ("select * from nope", "unknown", {"relation_unknown"}),
        ("with nope as (select 1) select * from nope", "safe", set()),
        ("with nope as (select 1) select * from public.nope", "unknown", {"relation_unknown"}),
        ("select * from users tablesample nope (1)", "unknown", {"function_unknown"}),
        ("select u.full_name from users u", "safe", set()),
        ("select (u).wipe_row from users u", "destructive", {"mass_all", "many_calls"}),
        ("select x.wipe_row from users x", "destructive", {"mass_all", "many_calls"}),
        ("select (array[1, 2])[1]", "safe", set()),
        ("select 1 =~= 2", "destructive", {"mass_all"}),
        ("select 1 operator(trap.=~=) any (array[2])", "destructive", {"mass_all"}),
        ("select 'x'::trap.checked", "destructive", {"mass_all"}),
        ("select 5::positive, 'ok'::mood, '1'::numeric(5, 2)", "safe", set()),
        ("select * from trap.twice", "destructive", {"truncate", "many_calls"}),
        ("select id from users union select 1 order by 1", "safe", set()),
        ("select 1 union select trap.wipe()", "destructive", {"mass_all"}),
        ("select drop_user(5)", "safe", set()),
        ("select drop_user(5), generate_series(1, 2)", "destructive", {"many_calls"}),
        ("select * from drop_user(5)", "safe", set()),
        ("select * from users, drop_user(5)", "destructive", {"many_calls"}),
        ("with recursive r as (select 1 union all select drop_user(5)::text::int from r) table r",
         "destructive", {"many_calls"}),
        ("values (drop_user(5))", "safe", set()),
        ("select drop_user(5) into x", "safe", set()),
        ("select set_config('role', 'x', true)", "reversible", {"server_setting"}),
        ("select set_config(name, 'x', true) from users", "unknown", {"setting_unknown"}),
        ("select set_config('a')", "unknown", {"function_unknown", "setting_unknown"}),
        ("select * from information_schema.tables", "safe", set()),
        ("select json_array(1, 2), json_object('a': 1)", "safe", set()),
        ("explain select trap.wipe()", "destructive", {"mass_all"}),
        ("explain with t as (select 1) select * from t where json_array(1) is not null", "safe", set()),
    ],
)  # fmt: skip
def test_queries(sql: str, verdict: str, codes: set[str], shop: Catalog) -> None:
    assert said(sql, shop) == (verdict, codes)


def test_foreign_tables_policies_and_casts_are_followed() -> None:
    from hongxian.guards.keep.statements.catalog import (
        Catalog,
        Column,
        Function,
        Operator,
        Relation,
        Type,
    )

    wipe = Function("a", "wipe", language="sql", body="truncate r")
    old = Function("a", "json_array", language="sql", body="truncate r", most=None)
    catalog = Catalog.of(
        functions=[wipe, old],
        relations=[
            Relation("a", "r"), Relation("a", "far", "f", wrapper="postgres_fdw"),
            Relation("a", "file", "f", wrapper="file_fdw"),
            Relation("a", "parts", "p", children=(("a", "file"),)),
            Relation("a", "seen", policies=("a.wipe() is null",)),
            Relation("a", "typed", columns=(Column("c", "a.t"),)),
        ],
        types=[Type("a", "t", functions=(("a", "wipe"),)), Type("a", "u", functions=(("a", "x"),))],
    )  # fmt: skip
    assert said("select * from a.far", catalog) == ("unknown", {"foreign"})
    assert said("select * from a.file", catalog) == ("unknown", {"foreign"})
    assert said("select * from a.parts", catalog) == ("unknown", {"foreign"})
    for table in ("seen", "typed"):
        assert "truncate" in said(f"select * from a.{table}", catalog)[1]
    assert said("select null::a.u", catalog) == ("unknown", {"function_unknown"})
    assert said("select json_array(1)", catalog) == ("destructive", {"truncate"})
    assert said("explain select json_array(1)", catalog) == ("destructive", {"truncate"})
    hidden = Catalog.of(functions=[wipe], relations=[Relation("a", "r")],
                        operators=[Operator("a", "=", ("a", "wipe"))])  # fmt: skip
    assert "truncate" in said("select case 1 when 2 then 3 end", hidden)[1]
    assert "truncate" in said("explain select 1", hidden)[1]
