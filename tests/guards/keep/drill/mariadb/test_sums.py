from __future__ import annotations

from tests.guards.keep.mariadbs import maria

from hongxian.guards.keep.drill.mariadb.sums import connected, quoted, rows, seen, tables


def test_tables_are_summed_whatever_the_order_of_their_rows() -> None:
    odd = quoted("odd") + "." + quoted("na`me")
    with maria() as shop, connected(host="127.0.0.1", port=shop.port, user="root") as base:
        shop.sql("create database odd; create table odd.empty (id int);"
                 f"create table {odd} (t timestamp(3) null, f float, d decimal(9,4), b blob, v int"
                 " as (length(b)) virtual, g geometry, j json, i int invisible);"
                 "create view odd.seen as select 1; create table odd.files (id int) engine=Aria;"
                 "create table odd.old (id int) with system versioning")  # fmt: skip
        fill = (f"insert into {odd} (t, f, d, b, g, j, i) values (now(), 1.1, 2.5, 'ab', "
                "point(1,2), '[1]', 7), (null, null, null, null, null, null, null)")  # fmt: skip
        shop.sql(fill)
        names = tables(base)
        assert set(names) == {odd, "`odd`.`empty`", "`odd`.`old`"}

        def looked(seed: int = 1):  # noqa: ANN202
            return seen(base, names, {"q": "select 1, 'x'"}, seed)

        first = looked()
        assert {name: one.rows for name, one in first.tables.items()} == {
            odd: 2, "`odd`.`empty`": 0, "`odd`.`old`": 0,
        }  # fmt: skip
        assert first.queries == {"q": "1|x"}
        assert first.tables["`odd`.`empty`"].sum == "0"
        shop.sql(f"create table odd.copy as select t, f, d, b, g, j, i from {odd};"
                 f"truncate {odd}; insert into {odd} (t, f, d, b, g, j, i) select * from odd.copy"
                 " order by f desc; set global time_zone = '+07:00'")  # fmt: skip
        assert looked().tables[odd] == first.tables[odd]
        assert looked(2).tables[odd] != first.tables[odd]
        for change in ("f = 1.1000001", "b = 'ac'", "b = null", "d = 2.4", "j = '[2]'", "i = 8"):
            shop.sql(f"set autocommit = 0; update {odd} set {change} where f > 1; commit")
            now = looked().tables[odd]
            assert (now.rows, now.sum == first.tables[odd].sum) == (2, False), change
            shop.sql(
                f"truncate {odd}; insert into {odd} (t, f, d, b, g, j, i) select * from odd.copy"
            )
        assert tables(base, ("odd.empty", "`odd`.`copy`")) == ["`odd`.`copy`", "`odd`.`empty`"]
        assert rows(base, "select %s", 5) == [(5,)]
