from __future__ import annotations

import json
import pickle
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from tests.judge.conftest import APP, fill

from hongxian.facts import Store
from hongxian.facts.columns import TABLES, arrow_schema
from hongxian.facts.spark import TYPES
from hongxian.facts.spark_sense import nested_schema, packed, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

OPENED: list[Store] = []


def work(paths: Iterator[str]) -> Iterator[tuple[Store, list[object]]]:
    for path in paths:
        store = Store()
        OPENED.append(store)
        if path != "empty":
            fill(store)
        yield store, [{"path": path, "zh": "红线"}]


def test_an_artefact_becomes_one_row_with_the_rows_of_all_tables() -> None:
    store = Store()
    fill(store)
    (row,) = packed(store, ["a", 1]).to_pylist()
    assert [len(row[table]) for table in TABLES] == [1, 1, 1]
    assert row["facts"][0]["subject"] == APP
    assert [json.loads(word) for word in row["words"]] == ["a", 1]
    for table in TABLES:
        kept = pa.Table.from_pylist(row[table], schema=arrow_schema(table))
        assert kept.to_pylist() == store.rows(f"select * from main.{table}")


def test_nothing_found_is_a_row_all_the_same_and_stores_are_closed() -> None:
    run = pickle.loads(pickle.dumps(rows_of(work)))
    paths = pa.RecordBatch.from_pydict({"path": ["a", "empty"]})
    rows = [row for batch in run(iter([paths])) for row in batch.to_pylist()]
    assert [len(row["facts"]) for row in rows] == [1, 0]
    assert json.loads(rows[1]["words"][0]) == {"path": "empty", "zh": "红线"}
    for store in OPENED:
        with pytest.raises(Exception, match="closed"):
            store.con.execute("select 1")


def test_spark_is_told_the_same_columns() -> None:
    text = nested_schema(TYPES)
    for table, columns in TABLES.items():
        assert f"{table} array<struct<{next(iter(columns))}: string" in text
    assert text.endswith("words array<string>")
