from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.guards.keep.statements.mysql.said import said

from hongxian.guards.keep.statements.catalog import Catalog, Column, ForeignKey, Relation, Trigger

if TYPE_CHECKING:
    from collections.abc import Mapping


@pytest.mark.parametrize(
    ("where", "verdict"),
    [
        ("id = 5", "safe"),
        ("5 = id", "safe"),
        ("users.id = 5", "safe"),
        ("x.id = 5", "destructive"),
        ("ID = 5", "safe"),
        ("id = -5", "safe"),
        ("id = '5'", "safe"),
        ("id = ?", "safe"),
        ("id = @a", "safe"),
        ("id = (@a := 5)", "destructive"),
        ("id = unix_timestamp()", "destructive"),
        ("id = rand()", "destructive"),
        ("created = now()", "destructive"),
        ("created = date_sub(created, interval 1 day)", "destructive"),
        ("email = 'x'", "safe"),
        ("email = _utf8'x'", "safe"),
        ("email = ('x' collate utf8mb4_bin)", "safe"),
        ("email = x'41'", "safe"),
        ("email = ?", "safe"),
        ("email = 0", "destructive"),
        ("email = -1", "destructive"),
        ("email = @a", "destructive"),
        ("email = lower('X')", "destructive"),
        ("email in ('a', 0)", "destructive"),
        ("email in ('a', 'b')", "safe"),
        ("id in (1, 2)", "safe"),
        ("id in (select 1)", "destructive"),
        ("(id = 5)", "safe"),
        ("(id, email) = (5, 'x')", "safe"),
        ("id = 5 and name like '%'", "safe"),
        ("name like '%' and (id = 5 or email = 'x')", "safe"),
        ("id = 5 or name like '%'", "destructive"),
        ("id = 5 || 1", "destructive"),
        ("not id = 5", "destructive"),
        ("id = 5 xor 1", "destructive"),
        ("id between 1 and 2", "destructive"),
        ("binary email = 'x'", "destructive"),
        ("1", "destructive"),
    ],
)
def test_where(where: str, verdict: str, mysql_shop: Catalog) -> None:
    assert said(f"update users set name = 'x' where {where}", mysql_shop)[0] == verdict


@pytest.mark.parametrize(
    ("sql", "verdict", "codes"),
    [
        ("delete from users", "destructive", {"mass_all"}),
        ("delete from users where 1", "destructive", {"mass_constant"}),
        ("delete from users where id > 5", "destructive", {"mass_unproven"}),
        ("delete from users where id = 5", "safe", set()),
        ("delete from tenants where id = 1", "destructive", {"cascade"}),
        ("delete from logs limit 5", "safe", set()),
        ("delete from logs limit 1500", "destructive", {"mass_rows"}),
        ("delete from users where id in (" + ", ".join(map(str, range(1200))) + ")", "destructive",
         {"mass_rows", "cascade"}),
        ("delete u from users u where u.id = 5", "destructive", {"mass_unproven"}),
        ("update users, orders set users.name = 'x'", "destructive", {"mass_all"}),
        ("insert into users (email) values ('x')", "safe", set()),
        ("insert into nope values (1)", "unknown", {"relation_unknown"}),
        ("insert into shop.audit select id, name from users", "safe", set()),
        ("insert into notes values (1, 1, 'x')", "destructive", {"mass_loop"}),
        ("insert into users (id) values (1) on duplicate key update name = 'x'", "safe", set()),
        ("insert into users (id) select 1 on duplicate key update name = 'x'", "destructive",
         {"mass_upsert"}),
        ("replace into audit values (1, 'x')", "safe", set()),
        ("replace tenants values (1, 'x')", "destructive", {"cascade"}),
        ("replace into audit select 1, 'x'", "destructive", {"mass_upsert"}),
        ("delete from mysql.user where user = 'x'", "unknown", {"relation_unknown"}),
        ("select * from nope", "unknown", {"relation_unknown"}),
        ("select * from information_schema.tables", "safe", set()),
        ("with nope as (select 1) select * from nope", "safe", set()),
        ("select * from evil_view", "destructive", {"mass_loop"}),
        ("select from where", "unknown", {"unparsable"}),
        ("delete from active_users where id = 5", "destructive", {"mass_unproven"}),
        ("insert into active_users (name) values ('x')", "safe", set()),
        ("delete from orders where user_id = 5", "safe", set()),
        ("delete from orders where status = 'new'", "destructive", {"mass_unproven"}),
        ("delete from users where country = 'CN'", "destructive", {"mass_unproven"}),
        ("do 1 + 1", "safe", set()),
    ],
)  # fmt: skip
def test_changes(sql: str, verdict: str, codes: set[str], mysql_shop: Catalog) -> None:
    found = said(sql, mysql_shop)
    assert found[0] == verdict
    assert found[1] >= codes


def made(triggers: Mapping[str, str] | None = None, **own: object) -> Catalog:
    columns = (Column("id", "int(11)"), Column("p", "int(11)", common=0.5))
    given = tuple(Trigger("t", ("", ""), frozenset({event}), definition=text)
                  for event, text in (triggers or {}).items())  # fmt: skip
    tables = [Relation("a", "t", rows=5000, columns=columns, keys=(("id",),), triggers=given),
              Relation("a", "c", rows=5000, columns=columns),
              Relation("a", "bad", "v", definition="select 'open"),
              Relation("a", "x", rows=50, columns=columns, keys=(("id",),)),
              Relation("mysql", "user", columns=columns), Relation("a", "mine", own=True)]  # fmt: skip
    key = ForeignKey(
        "k", ("a", "c"), ("p",), ("a", "t"), ("id",), on_delete=str(own.get("on", "c"))
    )
    return Catalog.of(relations=tables, foreign_keys=[key])


def test_triggers_statistics_and_views() -> None:
    counting = {"insert": "update x set n = n + 1 where id = new.id"}
    assert said("insert into t values (1, 1)", made(counting)) == ("safe", set())
    assert said("insert into t select 1, 1", made(counting)) == ("destructive", {"many_calls"})
    assert said("update t set p = 1 where p = 5", made())[1] == {"mass_rows"}
    assert said("select * from bad", made()) == ("unknown", {"unparsable"})
    assert "system_table" in said("update mysql.user set p = 1 where id = 1", made())[1]
    assert said("delete from mine", made()) == ("safe", set())
    assert said("delete from t where id = 1", made(on="r")) == ("safe", set())
    assert said("delete from t where id = 1", made(on="n")) == ("safe", set())
