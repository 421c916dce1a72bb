from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.guards.keep.statements.said import said

if TYPE_CHECKING:
    from hongxian.guards.keep.statements.catalog import Catalog


@pytest.mark.parametrize(
    ("where", "verdict"),
    [
        ("id = 5", "safe"),
        ("5 = id", "safe"),
        ("users.id = 5", "safe"),
        ("other.id = 5", "destructive"),
        ("id = $1", "safe"),
        ("id = '5'::int", "safe"),
        ("id = 2 + 3", "safe"),
        ("id = abs(-5)", "safe"),
        ("id = coalesce($1, 5)", "safe"),
        ("id = greatest(1, 2)", "safe"),
        ("id = add(2, 3)", "destructive"),
        ("id = random()", "destructive"),
        ("id = (select 5)", "destructive"),
        ("id::text = '5'", "destructive"),
        ("id = 5 and name like '%'", "safe"),
        ("name like '%' and (id = 5 or email = 'x')", "safe"),
        ("id = 5 or email = 'x'", "safe"),
        ("id = 5 or name like '%'", "destructive"),
        ("not id = 5", "destructive"),
        ("id in (1, 2, 3)", "safe"),
        ("id not in (1, 2)", "destructive"),
        ("id in (1, id)", "destructive"),
        ("id = any (array[1, 2])", "safe"),
        ("id = any ($1)", "safe"),
        ("id = any ('{1,2}')", "safe"),
        ("id = any (array(select 1))", "destructive"),
        ("id = all (array[1])", "destructive"),
        ("(id, name) = (5, 'x')", "safe"),
        ("(id, name) in ((5, 'x'), (6, 'y'))", "safe"),
        ("id is not distinct from 5", "destructive"),
        ("id = current_setting('a.b')::int", "safe"),
        ("email = current_user", "safe"),
        ("id > 5", "destructive"),
        ("country = 'CN'", "destructive"),
        ("active", "destructive"),
        ("name = 'n'", "destructive"),
        ("current of c", "safe"),
        ("nope = 5", "destructive"),
        ("users.* = 5", "destructive"),
    ],
)
def test_where(where: str, verdict: str, shop: Catalog) -> None:
    assert said(f"update users set name = 'x' where {where}", shop)[0] == verdict


@pytest.mark.parametrize(
    ("sql", "verdict"),
    [
        (
            "update users u set name = v.n from (values (1, 'a')) v (id, n) where u.id = v.id",
            "safe",
        ),
        (
            "update users u set name = 'x' from (values (1)) u2 (id) where u.id = u.id",
            "destructive",
        ),
        ("update users u set name = 'x' from (select 5 as id) v where u.id = v.id", "destructive"),
        ("delete from users where id in (" + ", ".join(map(str, range(1200))) + ")", "destructive"),
        ("delete from items where order_id = 5", "safe"),
        ("delete from logs where line = 'unseen'", "destructive"),
        ("update queue set done = true where id in (1, 2, 3)", "safe"),
    ],
)
def test_more_than_a_where(sql: str, verdict: str, shop: Catalog) -> None:
    assert said(sql, shop)[0] == verdict


def test_a_parameter_lists_as_many_as_are_given(shop: Catalog) -> None:
    from hongxian.guards.keep.statements.classify import Classifier

    one = Classifier(shop)
    text = "delete from users where id = any ($2::int[])"
    assert one.classify(text).verdict.name == "SAFE"
    assert one.classify(text, given={2: 5_000}).verdict.name == "DESTRUCTIVE"
    assert one.classify(text, given={1: 5_000, 2: 3}).verdict.name == "SAFE"
    assert one.classify(text).verdict.name == "SAFE", "what came with values is not kept"


def test_without_statistics_an_equality_takes_few_but_of_a_boolean_many() -> None:
    from hongxian.guards.keep.statements.catalog import Catalog, Column, Operator, Relation

    columns = (Column("a", "integer"), Column("b", "boolean"), Column("c", "text", common=0.001))
    table = Relation("public", "t", rows=None, columns=columns)
    catalog = Catalog.of(relations=[table])
    assert said("delete from t where a = 5", catalog) == ("safe", set())
    assert said("delete from t where b = true", catalog) == ("destructive", {"mass_rows"})
    counted = Catalog.of(relations=[Relation("public", "t", rows=1e6, columns=columns)])
    assert said("delete from t where a = 5", counted) == ("destructive", {"mass_rows"})
    assert said("delete from t where c = 'x'", counted) == ("safe", set())
    own = Catalog.of(
        relations=[table], operators=[Operator("public", "=", ("public", "f"), plain=True)]
    )
    assert said("delete from t where a = 5", own)[0] == "unknown"
