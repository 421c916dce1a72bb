"""Columns: DuckDB, Parquet and Arrow hold the same tables."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from hongxian.facts import Fact, Store
from hongxian.facts.columns import KEYS, TABLES, arrow_schema


@pytest.mark.parametrize("table", TABLES)
def test_arrow_names_the_columns_of_the_store_in_its_order(table: str) -> None:
    store = Store()
    described = store.rows(f"describe main.{table}")
    assert arrow_schema(table).names == [row["column_name"] for row in described]
    assert TABLES[table] == {row["column_name"]: row["column_type"] for row in described}


def test_exported_parquet_has_the_arrow_schema(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    for path in Store().export(tmp_path):
        read = pq.read_schema(path)
        wanted = arrow_schema(path.stem)
        assert (read.names, read.types) == (wanted.names, wanted.types)


def test_every_field_of_a_fact_has_a_column() -> None:
    own = {"fact_id", "run", "recorded_at"}
    assert {field.name for field in fields(Fact)} | own == set(TABLES["facts"])


def test_keys_are_columns() -> None:
    assert all(set(keys) <= set(TABLES[table]) for table, keys in KEYS.items())
