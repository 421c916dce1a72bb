from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pytest
from tests.sensors.store.made import people, table_of

from hongxian.sensors.store.absent import Absent, hashed
from hongxian.sensors.store.read_table import Counting, count_table
from hongxian.sensors.store.sources.faults import SourceError
from hongxian.sensors.store.sources.table import Sample


def columns(count: int) -> dict[str, Any]:
    return {key: [one[key] for one in people(count)] for key in people(1)[0]}


def test_a_table_is_counted_column_by_column_and_progress_is_told() -> None:
    moves: list[tuple[int, int]] = []
    counts = count_table(
        table_of(columns(20)), Counting(moved=lambda rows, size: moves.append((rows, size)))
    )
    assert [one.name for one in counts.columns] == list(people(1)[0])
    assert (counts.rows, counts.total) == (20, None)
    assert moves == [(20, counts.bytes)]


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (SourceError("damaged"), "store.damaged"),
        (OSError(5, "Input/output error"), "store.unopened"),
        (pa.ArrowInvalid("x"), "store.damaged"),
        (EOFError(), "store.damaged"),
    ],
)
def test_what_was_read_before_a_fault_stays(error: Exception, word: str) -> None:
    table = table_of({"phone": ["13812345678"]})
    good = table.read

    def read(sample: Sample | None, /) -> Iterator[Any]:
        yield from good(sample)
        raise error

    table.read = read
    counts = count_table(table)
    assert counts.columns[0].hits["basic.phone"].valid == 1
    assert [one["word"] for one in counts.reasons] == [word]


def test_members_replace_the_column_that_holds_them() -> None:
    counts = count_table(table_of({"u": [{"phone": "13812345678"}], "empty": [None]}))
    assert [one.name for one in counts.columns] == ["empty", "u.phone"]


def test_a_sample_knows_how_many_rows_there_are() -> None:
    table = table_of({"a": [1]}, rows=99, samples=True)
    assert count_table(table, Counting(sample=Sample(rows=1))).total == 99
    assert count_table(table).total is None


def test_columns_without_end_share_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hongxian.sensors.store.read_table.COLUMNS", 2)
    counts = count_table(table_of({"a": ["x"], "b": ["x"], "c": ["x"], "d": ["x"]}))
    assert [one.name for one in counts.columns] == ["a", "b", "..."]


def test_persons_who_should_be_gone_are_counted() -> None:
    absent = Absent("s", frozenset([hashed("138 1234 5678", "s")]))
    counts = count_table(
        table_of({"phone": ["+86-13812345678", "13987654321"]}), Counting(absent=absent)
    )
    assert counts.present == {"phone": 1}
