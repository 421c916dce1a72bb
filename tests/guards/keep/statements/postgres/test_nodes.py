from __future__ import annotations

from typing import Any

import pytest

from hongxian.guards.keep.statements.postgres.nodes import (
    constant,
    dotted,
    has,
    inside,
    options,
    qualified,
    ranged,
    strings,
    typed,
)
from hongxian.guards.keep.statements.postgres.parse import parse


def target(sql: str) -> Any:
    (one,) = parse(f"select {sql}")
    return one.node["targetList"][0]["ResTarget"]["val"]


@pytest.mark.parametrize(
    ("sql", "value"),
    [("1", "1"), ("0", "0"), ("''", ""), ("'a'::text", "a"), ("1.5", "1.5"), ("true", "true"),
     ("false", "false"), ("b'01'", "b01"), ("null", None), ("a", None), ("1 + 1", None)],
)  # fmt: skip
def test_constants_are_read_as_text(sql: str, value: str | None) -> None:
    assert constant(target(sql)) == value


def test_names_come_in_parts() -> None:
    call = target("db.app.f(1)")["FuncCall"]
    assert qualified(call["funcname"]) == ("app", "f")
    assert qualified(target("f(1)")["FuncCall"]["funcname"]) == ("", "f")
    assert qualified(None) == ("", "")
    assert dotted(("app", "f")) == "app.f"
    assert dotted(("", "f")) == "f"
    assert strings(target("a.*")["ColumnRef"]["fields"]) == ["a"]
    (one,) = parse("select 1 from app.t")
    assert ranged(one.node["fromClause"][0]["RangeVar"]) == ("app", "t")
    assert ranged({}) == ("", "")


def test_types_are_told() -> None:
    assert typed({"A_Star": {}}) == ("A_Star", {})
    assert typed({"sval": "x"}) == ("", {"sval": "x"})
    assert typed([1]) == ("", [1])


def test_options_are_read_by_name() -> None:
    (one,) = parse("explain (ANALYZE off, analyze, costs 0) select 1")
    given = options(one.node["options"])
    assert set(given) == {"analyze", "costs"}
    assert given["analyze"] is None
    assert constant(given["costs"]) == "0"


def test_all_nodes_are_walked_through() -> None:
    (one,) = parse("select f(a, (select g(b)))")
    assert sum(kind == "FuncCall" for kind, _ in inside(one.node)) == 2
    assert has(one.node, "SubLink", "X")
    assert not has(one.node, "InsertStmt")
