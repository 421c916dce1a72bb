from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.judge.conftest import APP, ON, fill

from hongxian.errors import HongxianError
from hongxian.facts import Store
from hongxian.facts.spark import SparkStore
from hongxian.judge.spark import SparkEngine, _order
from hongxian.judge.views import VIEWS
from hongxian.rules.load import find_rule

if TYPE_CHECKING:
    from pathlib import Path

SUBJECTS = {"subjects": [(APP, "map", ON)]}


def test_rules_run_over_views_that_are_filled_anew(spark, tmp_path: Path) -> None:
    store = Store()
    fill(store)
    store.export(tmp_path)
    many = SparkStore(tmp_path, spark=spark)
    engine = SparkEngine(many)
    assert engine.told_types() == [(APP, None)]
    for tables in ({}, SUBJECTS):
        engine.publish(tables)
        assert engine.select("select * from subjects") == tables.get("subjects", [])
    for view, columns in VIEWS.items():
        assert spark.table(view).columns == list(columns)
    names, rows = engine.ruled(find_rule("3.1"))
    assert names == ["info", "actor", "item"]
    assert [row[:2] for row in rows] == [(APP, "violated")]
    broken = replace(find_rule("3.1"), sql="select nothing")
    with pytest.raises(HongxianError, match=r"^3\.1\.sql: .*nothing") as caught:
        engine.ruled(broken)
    assert "\n" not in str(caught.value)
    many.close()


def test_rows_are_ordered_with_nulls_last() -> None:
    rows = [("a", None, 2), ("a", "x", None), ("a", "x", 1), ("a", "b", None)]
    assert sorted(rows, key=_order) == [
        ("a", "b", None), ("a", "x", 1), ("a", "x", None), ("a", None, 2),
    ]  # fmt: skip
