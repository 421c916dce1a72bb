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
    later.hits["basic.phone"].first = [6, 7]
    later.hits["basic.phone"].excerpt = "139****"
    column.add(later)
    hit = column.hits["basic.phone"]
    assert (column.rows, column.filled, hit.rows, hit.first) == (10, 8, 8, [1, 2, 6])
    assert hit.excerpt == "138****"


def test_the_excerpt_is_of_the_first_row_in_whatever_order_parts_come() -> None:
    later = HitCount(valid=1, first=[9], excerpt="b")
    later.add(HitCount(valid=1, first=[3], excerpt="a"))
    assert (later.first, later.excerpt) == ([3, 9], "a")
    none = HitCount()
    none.add(later)
    assert (none.first, none.excerpt) == ([3, 9], "a")


def test_a_table_was_sampled_when_there_are_more_rows_than_were_read() -> None:
    table = counts()
    assert table.place == "a.csv"
    assert not table.sampled
    table.total, table.name = 9, "t"
    assert table.sampled
    assert table.place == "a.csv: t"


def test_a_column_knows_whether_texts_were_left_out() -> None:
    shapes = {"text": 3, "tested": 10}
    assert ColumnCounts(name="a", distinct=11, shapes=shapes).texts_left
    assert not ColumnCounts(name="a", distinct=10, shapes=shapes).texts_left
    assert not ColumnCounts(name="a", distinct=11, shapes={"tested": 10}).texts_left
