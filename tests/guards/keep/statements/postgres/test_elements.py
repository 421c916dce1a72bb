from __future__ import annotations

import pytest

from hongxian.guards.keep.statements.catalog import Catalog, Column, Function, Relation
from hongxian.guards.keep.statements.classify import Classifier
from hongxian.guards.keep.statements.postgres.elements import UNSEEN, elements, literal, written
from hongxian.guards.keep.statements.postgres.parse import parse

TABLE = Relation("public", "t", rows=100_000.0, keys=(("id",),), columns=(Column("id", "integer"),))
SHOP = Catalog.of(
    relations=[TABLE],
    functions=[
        Function("pg_catalog", name, language="internal", volatility="i", most=None, builtin=True)
        for name in ("string_to_array", "array_cat", "repeat", "array_fill")
    ],
    settings={"standard_conforming_strings": "on", "client_encoding": "UTF8"},
)
MANY = ",".join("1" * 1500)


def expression(text: str) -> object:
    (made,) = parse(f"select {text}")
    return made.node["targetList"][0]["ResTarget"]["val"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("'{1,2,3}'", 3),
        ("'{1,2,3}'::int[]", 3),
        ("'123'", 3),
        ("$1", 5),
        ("$2", 1),
        ("v", 1),
        ("array[1, 2, 3]", 3),
        ("array['{1,2}', '{3,4}']", 4),
        ("array[]::int[]", 1),
        ("coalesce($1, '{1,2}')", 7),
        ("$1 || array[7]", 6),
        ("array_cat($1, $1)", 10),
        ("array_append('{1,2}', 3)", 3),
        ("string_to_array('1,2,3', ',')", 3),
        ("string_to_array('1 2', $2)", 3),
        ("string_to_array('1 2', null)", 3),
        ("regexp_split_to_array('1,2', ',')", 3),
        ("string_to_array($1, ',')::int[]", 5),
        ("string_to_array(repeat('1,', 5000), ',')", UNSEEN),
        ("string_to_array()", UNSEEN),
        ("array_fill(1, array[5000])", UNSEEN),
        ("$1 && $2", UNSEEN),
    ],
)
def test_how_many_values_an_expression_lists(text: str, count: int) -> None:
    assert elements(expression(text), {1: 5}) == count


@pytest.mark.parametrize(("text", "count"), [("{1,2}", 2), ("[0:1]={1,2}", 2), ("ab", 2), ("", 1)])
def test_a_text(text: str, count: int) -> None:
    assert written(text) == count


@pytest.mark.parametrize(
    ("where", "told"),
    [("id = any('{1}')", True), ("id = any(string_to_array('1', ','))", True), ("id = 5", False),
     ("id = any($1)", False), ("id = any(array[1])", False), ("id in (1)", False)],
)  # fmt: skip
def test_whether_the_length_hangs_on_a_literal(where: str, told: bool) -> None:
    assert literal(expression(where)) is told


@pytest.mark.parametrize("array", ["'{%s}'", "string_to_array('%s', ',')::int[]"])
def test_an_array_of_many_is_not_known_by_one_of_few(array: str) -> None:
    judge = Classifier(SHOP)
    text = f"delete from t where id = any({array})"
    assert judge.classify(text % "1").verdict.name == "SAFE"
    assert judge.classify(text % MANY).verdict.name == "DESTRUCTIVE"


@pytest.mark.parametrize(
    ("values", "verdict"),
    [("'{1,2,3}'", "SAFE"), ("array[1, 2]", "SAFE"), (f"'{{{MANY}}}'", "DESTRUCTIVE"),
     (f"string_to_array('{MANY}', ',')::int[]", "DESTRUCTIVE"),
     ("array_fill(1, array[5000])", "DESTRUCTIVE")],
)  # fmt: skip
def test_execute_counts_what_it_gives(values: str, verdict: str) -> None:
    prepared = "prepare p (int[]) as delete from t where id = any($1); execute p("
    assert Classifier(SHOP).classify(f"{prepared}{values})").verdict.name == verdict


def test_a_name_stands_for_all_that_was_prepared_under_it() -> None:
    text = "prepare p as delete from t where id = 5; prepare p as select 1; execute p"
    judge = Classifier(SHOP)
    assert judge.classify(text).verdict.name == "SAFE"
    assert (
        judge.classify(text.replace(" where id = 5", "")).statements[2].verdict.name
        == "DESTRUCTIVE"
    )
