from __future__ import annotations

import sqlite3
from itertools import pairwise

import pytest

from hongxian.sensors.store.sources.sampled import cursor_batches, fault, share_of, spans_of
from hongxian.sensors.store.sources.table import Span


def test_a_small_table_is_taken_whole_and_a_large_one_by_its_share() -> None:
    assert share_of(0, 100) == share_of(130, 100) == 1.0
    assert share_of(13_000, 100) == 0.01


def test_hardly_any_row_at_the_end_of_a_table_is_cut_off() -> None:
    assert 50_000 < share_of(10_000_000, 50_000) * 10_000_000 < 50_000 * 1.02


def test_rows_of_a_cursor_come_in_batches() -> None:
    made = sqlite3.connect(":memory:")
    cursor = made.execute(
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 9000) "
        "select i from n"
    )
    assert [one.num_rows for one in cursor_batches(cursor, ["i"])] == [8192, 808]
    made.close()


def test_a_fault_tells_its_kind_and_no_value() -> None:
    reason = fault(ValueError("13812345678")).reason("db")
    assert "ValueError" in reason.say("en")
    assert "13812345678" not in reason.say("en")


@pytest.mark.parametrize(
    ("first", "last", "count", "edges"),
    [
        (0, 90, 3, [None, 30, 60, None]),
        (-5, 5, 2, [None, 0, None]),
        (0, 90, 1, []),
        (0, 2, 3, []),
        (7, 7, 2, []),
    ],
)
def test_spans_are_alike_and_leave_nothing_out(
    first: int, last: int, count: int, edges: list[int | None]
) -> None:
    assert spans_of(first, last, count) == [Span(*pair) for pair in pairwise(edges)]
