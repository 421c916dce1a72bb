from __future__ import annotations

import json

import pytest

from hongxian.sensors.store.counts import ColumnCounts, HitCount, TableCounts, read_counts


def counts() -> TableCounts:
    hit = HitCount(valid=3, labelled=1, whole=4, distinct=2, first=[1, 2], excerpt="138****")
    column = ColumnCounts(
        name="phone", rows=5, nulls=1, hits={"basic.phone": hit}, oldest="2020-01-01"
    )
    return TableCounts(where="a.csv", name="", medium="table", kind="csv", rows=5, columns=[column])


def test_counts_outlive_a_file_of_state() -> None:
    assert read_counts(json.loads(json.dumps(counts().data()))) == counts()
    with pytest.raises((TypeError, KeyError)):
        read_counts({"columns": [{"name": "a", "hits": {}, "what": 1}]})


def test_parts_of_a_column_add_up() -> None:
    column, later = counts().columns[0], counts().columns[0]
    later.oldest, later.newest, later.shapes = "2019-01-01", "2021-01-01", {"hash": 2}
    column.add(later)
    hit = column.hits["basic.phone"]
    assert (column.rows, column.filled, hit.rows, hit.first) == (10, 8, 8, [1, 2, 6])
    assert (column.oldest, column.newest, column.shapes) == (
        "2019-01-01",
        "2021-01-01",
        {"hash": 2},
    )


def test_a_table_was_sampled_when_there_are_more_rows_than_were_read() -> None:
    table = counts()
    assert table.place == "a.csv"
    assert not table.sampled
    table.total, table.name = 9, "t"
    assert table.sampled
    assert table.place == "a.csv: t"
