"""What rules see: facts of the newest runs, and thresholds as changed."""

from __future__ import annotations

from datetime import datetime, timedelta

from hongxian.facts import Coverage, Fact, Run, Store
from hongxian.judge.views import VIEWS, limit_rows, prepare
from hongxian.rules.load import find_rule

ON = datetime(2026, 11, 1)  # noqa: DTZ001 - the store keeps times without a zone


def add(store: Store, sensor: str, item: str, day: int) -> None:
    run = Run(sensor=sensor, subject="app:x", artefact="aa", started_at=ON + timedelta(days=day))
    store.begin(run)
    kind = "answer" if sensor == "answer" else "collect"
    store.add_facts(run, [Fact(subject="app:x", sensor=sensor, kind=kind, item=item)])
    if sensor == "session":
        status = "ran" if day else "partial"
        store.add_coverage(run, [Coverage(subject="app:x", scope="session.start", status=status)])
    store.finish(run)


def test_of_a_sensor_the_newest_run_counts_and_answers_add_up() -> None:
    store = Store()
    add(store, "session", "old", 0)
    add(store, "session", "new", 1)
    add(store, "answer", "first", 0)
    add(store, "answer", "second", 1)
    prepare(store, {})
    items = {row["item"] for row in store.rows("select item from facts")}
    assert items == {"new", "first", "second"}
    assert store.rows("select status from coverage") == [{"status": "ran"}]


def test_every_view_has_its_columns_even_when_empty() -> None:
    store = Store()
    prepare(store, {})
    for view, columns in VIEWS.items():
        cursor = store.con.execute(f"select * from {view}")
        assert [column[0] for column in cursor.description] == list(columns)


def test_json_is_read_with_the_function_that_spark_has() -> None:
    store = Store()
    prepare(store, {})
    [row] = store.rows("select get_json_object('{\"refused\": \"policy\"}', '$.refused') as word")
    assert row == {"word": "policy"}


def test_preparing_again_replaces_the_reference() -> None:
    store = Store()
    prepare(store, {"app_necessary": [("map", "location.precise"), ("im", "basic.phone")]})
    prepare(store, {"app_necessary": [("im", "basic.phone")]})
    assert store.rows("select info from app_necessary") == [{"info": "basic.phone"}]


def test_thresholds_are_the_heads_unless_changed() -> None:
    rows = limit_rows([find_rule("4.4")], {"method.4.4.repeats": 9, "method.9.9.x": 1})
    assert ("method.4.4", "repeats", 9.0) in rows
    assert ("method.4.4", "interval_seconds", 30.0) in rows
    assert {rule for rule, _, _ in rows} == {"method.4.4"}
