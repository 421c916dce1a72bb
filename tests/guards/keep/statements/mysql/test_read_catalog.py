from __future__ import annotations

from typing import Any

from hongxian.guards.keep.statements.mysql.read_catalog import read_catalog


def test_a_server_is_read(mysql_connection: Any) -> None:
    mysql_shop = read_catalog(mysql_connection)
    (users,) = mysql_shop.relations["users"]
    assert (users.schema, users.kind, users.rows) == ("shop", "r", 500)
    assert users.keys == (("id",), ("email",))
    assert [one.type for one in users.columns][:2] == ["int(11)", "varchar(100)"]
    (view,) = mysql_shop.relations["active_users"]
    assert view.kind == "v"
    assert "from `shop`.`users`" in view.definition
    (orders,) = mysql_shop.relations["orders"]
    assert orders.triggers[0].events == {"insert"}
    assert orders.triggers[0].definition.startswith("insert into audit")
    (key,) = mysql_shop.references["shop", "users"]
    assert (key.table, key.columns, key.to_columns) == (("shop", "orders"), ("user_id",), ("id",))
    assert (key.on_delete, key.on_update) == ("c", "r")
    assert mysql_shop.functions["wipe_all"][0].kind == "p"
    assert "delete from logs" in mysql_shop.functions["wiped"][0].body
