from __future__ import annotations

from dataclasses import replace

import pytest
from tests.judge.conftest import APP, ON

from hongxian.errors import HongxianError
from hongxian.facts import Fact, Run, Store
from hongxian.judge.duck import DuckEngine
from hongxian.judge.views import VIEWS
from hongxian.rules.load import find_rule

SUBJECTS = {"subjects": [(APP, "map", ON)]}


def test_every_view_is_there_and_filled_anew(store: Store) -> None:
    engine = DuckEngine(store)
    for tables in ({}, SUBJECTS):
        engine.publish(tables)
        for view, columns in VIEWS.items():
            described = store.con.execute(f"select * from {view}").description or ()
            assert [column[0] for column in described] == list(columns)
        assert engine.select("select * from subjects") == tables.get("subjects", [])


def test_a_rules_rows_come_with_the_names_of_its_own_columns(store: Store) -> None:
    engine = DuckEngine(store)
    engine.publish(SUBJECTS)
    names, rows = engine.ruled(find_rule("3.1"))
    assert names == ["info", "actor", "item"]
    (row,) = rows
    assert row[:2] == (APP, "violated")
    assert len(row[2]) == 1


def test_a_rule_that_does_not_run_is_named(store: Store) -> None:
    engine = DuckEngine(store)
    engine.publish(SUBJECTS)
    broken = replace(find_rule("3.1"), sql="select nothing")
    with pytest.raises(HongxianError, match=r"^3\.1\.sql: .*") as caught:
        engine.ruled(broken)
    assert "\n" not in str(caught.value)


def test_subjects_come_with_the_type_that_was_told_of_them(store: Store) -> None:
    run = Run(sensor="app", subject=APP)
    store.begin(run)
    told = Fact(subject=APP, sensor="app", kind="trait", item="app_type", detail={"value": "map"})
    store.add_facts(run, [told])
    other = Run(sensor="app", subject="app:b")
    store.begin(other)
    assert DuckEngine(store).told_types() == [("app:b", None), (APP, "map")]
