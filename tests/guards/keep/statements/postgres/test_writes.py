from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.guards.keep.statements.said import said

if TYPE_CHECKING:
    from hongxian.guards.keep.statements.catalog import Catalog


@pytest.mark.parametrize(
    ("sql", "verdict", "codes"),
    [
        ("insert into users (email) values ('x')", "safe", set()),
        ("insert into nope values (1)", "unknown", {"relation_unknown"}),
        ("insert into trap.defaulted default values", "destructive", {"truncate"}),
        ("insert into trap.guarded values ('x')", "destructive", {"mass_all"}),
        ("insert into trap.triggered values (1)", "destructive", {"mass_all"}),
        ("insert into trap.ruled values (1)", "destructive", {"mass_all"}),
        ("insert into trap.feeder values (1), (2)", "safe", set()),
        ("insert into trap.feeder select 1", "destructive", {"many_calls"}),
        ("insert into trap.feeder values ((select 1))", "destructive", {"many_calls"}),
        ("insert into users (id) values (1) on conflict (id) do update set name = 'x'", "safe", set()),
        ("insert into users (id) select 1 on conflict (id) do update set name = 'x'", "destructive",
         {"mass_upsert"}),
        ("insert into users (id) select 1 on conflict (id) do nothing", "safe", set()),
        ("insert into pg_class select * from pg_class", "destructive", {"system_table"}),
        ("update trap.door set a = 1 where a = 2", "destructive", {"mass_loop", "mass_unproven"}),
        ("delete from active_users where id = 5", "safe", set()),
        ("delete from active_users where name = 'x'", "destructive", {"mass_rows", "cascade"}),
        ("delete from order_sums where user_id = 5", "destructive", {"mass_unproven"}),
        ("delete from users where true", "destructive", {"mass_constant"}),
        ("delete from users where id > 5", "destructive", {"mass_unproven"}),
        ("delete from tenants where id = 1", "destructive", {"cascade"}),
        ("update tenants set name = 'x' where id = 1", "safe", set()),
        ("delete from users where country = 'CN'", "destructive", {"mass_rows", "cascade"}),
        ("delete from events", "destructive", {"mass_all"}),
        ("delete from events where id = 5 and at = '2024-01-01'", "safe", set()),
        ("merge into users u using users v on u.id = v.id when matched then delete", "destructive",
         {"mass_merge"}),
        ("merge into users u using (values (1)) v (id) on u.id = v.id when matched then delete",
         "safe", set()),
        ("merge into users u using (values (1)) v (id) on u.country = 'CN' when matched then delete",
         "destructive", {"mass_rows"}),
        ("merge into users u using orders o on u.id = o.user_id when not matched then insert values (1)",
         "safe", set()),
        (("merge into users u using (values (1)) v (id) on u.id = v.id "
         "when not matched by source then delete"), "destructive", {"mass_merge"}),
        ("truncate users cascade", "destructive", {"truncate"}),
        ("truncate nope", "unknown", {"relation_unknown"}),
        ("truncate events", "destructive", {"truncate"}),
    ],
)  # fmt: skip
def test_writes(sql: str, verdict: str, codes: set[str], shop: Catalog) -> None:
    assert said(sql, shop) == (verdict, codes)


def test_what_is_touched_goes_along_foreign_keys_and_partitions(shop: Catalog) -> None:
    from hongxian.guards.keep.statements.classify import classify

    def touched(sql: str) -> list[str]:
        return [
            f"{one.name} {one.action}"
            for one in classify(sql, shop).touched
            if one.action != "call"
        ]

    assert touched("delete from users where id = 5") == [
        "public.audit insert", "public.items delete", "public.orders delete", "public.users delete",
    ]  # fmt: skip
    assert touched("truncate events") == [
        "public.events truncate", "public.events_2024 truncate", "public.events_2025 truncate",
    ]  # fmt: skip
    assert touched("truncate users cascade") == [
        "public.items truncate", "public.orders truncate", "public.users truncate",
    ]  # fmt: skip


def test_keys_that_set_null_or_follow_an_update_are_counted() -> None:
    from hongxian.guards.keep.statements.catalog import Catalog, Column, ForeignKey, Relation

    def made(below: float | None, **actions: str) -> Catalog:
        columns = (Column("id", "integer"), Column("p", "integer"))
        key = ForeignKey("k", ("a", "c"), ("p",), ("a", "p"), ("id",), **actions)
        tables = [Relation("a", "p", rows=10, columns=columns, keys=(("id",),)),
                  Relation("a", "c", rows=below, columns=columns)]  # fmt: skip
        return Catalog.of(relations=tables, foreign_keys=[key])

    one, key = "delete from a.p where id = 1", "update a.p set id = 5 where id = 1"
    assert said(one, made(5000, on_delete="n")) == ("destructive", {"cascade"})
    assert said(one, made(50, on_delete="n")) == ("safe", set())
    assert said(one, made(None, on_delete="c")) == ("destructive", {"cascade"})
    assert said(one, made(5000, on_delete="r")) == ("safe", set())
    assert said(key, made(5000, on_update="c")) == ("destructive", {"cascade"})
    assert said("update a.p set p = 5 where id = 1", made(5000, on_update="c")) == ("safe", set())
    lost = Catalog.of(
        relations=[*made(5).relations["p"]],
        foreign_keys=made(5, on_delete="c").references["a", "p"],
    )
    assert said(one, lost) == ("unknown", {"relation_unknown"})


def test_views_are_seen_through_only_when_they_pick_columns() -> None:
    from hongxian.guards.keep.statements.catalog import Catalog, Column, Relation

    columns = (Column("id", "integer"), Column("n", "text"))
    table = Relation("a", "t", rows=9000, columns=columns, keys=(("id",),))

    def view(definition: str) -> Catalog:
        return Catalog.of(
            relations=[table, Relation("a", "v", "v", columns=columns, definition=definition)]
        )

    sql = "delete from v where id = 5"
    assert said(sql, view("select id, n from a.t where n <> ''")) == ("safe", set())
    assert said(sql, view("select n as id, id as n from a.t")) == ("destructive", {"mass_unproven"})
    assert said(sql, view("select 5 as id, n from a.t")) == ("destructive", {"mass_unproven"})
    assert said(sql, view("selec")) == ("unknown", {"unparsable", "mass_unproven"})
    far = Catalog.of(relations=[Relation("a", "t", "f", columns=columns, keys=(("id",),))])
    assert said("insert into t values (1)", far) == ("unknown", {"foreign"})
