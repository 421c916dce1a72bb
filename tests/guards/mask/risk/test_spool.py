from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from hongxian.errors import HongxianError
from hongxian.guards.mask.risk.spool import Spool


def batch(**columns: object) -> pa.RecordBatch:
    return pa.record_batch({name: pa.array(values) for name, values in columns.items()})


def test_batches_are_measured_together_before_and_after() -> None:
    with Spool(["age", "city"], ["illness", "income"]) as spool:
        for ages in (["31", "32"], ["33", "34"]):
            own = batch(age=ages, city=["A", "A"], illness=["flu", "cold"], income=[1, 2])
            spool.add("before", own.column)
            spool.add("after", own.set_column(0, "age", pa.array(["30-39"] * 2)).column)
        before, after = spool.risk("before", 3), spool.risk("after", 3)
    assert before
    assert after
    assert (before.k, before.unique, before.below) == (1, 4, 4)
    assert (after.k, after.unique, after.below) == (4, 0, 0)
    assert [one.column for one in after.diversity] == ["illness", "income"]
    assert [one.ordered for one in after.diversity] == [False, True]


def test_types_of_later_batches_follow_the_first() -> None:
    with Spool(["a"], []) as spool:
        spool.add("before", batch(a=["1"]).column)
        spool.add("before", batch(a=[1]).column)
        found = spool.risk("before", 2)
    assert found
    assert found.k == 2


def test_a_missing_column_is_one_line_and_nothing_is_measured_without_any() -> None:
    with Spool(["nobody"], []) as spool, pytest.raises(HongxianError, match="no column 'nobody'"):
        spool.add("before", lambda _: None)
    with Spool([], []) as spool:
        assert spool.risk("before", 2) is None
    with Spool(["a"], []) as spool:
        assert spool.risk("after", 2) is None


def test_nothing_is_left_behind() -> None:
    with Spool(["a"], []) as spool:
        folder = Path(spool._folder.name)
        assert folder.stat().st_mode & 0o777 == 0o700
    assert not folder.exists()


@pytest.mark.parametrize("most", [0, 3, 1 << 20])
def test_rows_are_kept_where_combinations_are_too_many(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hongxian.guards.mask.risk.combinations.MOST", most)
    with Spool(["age", "city"], ["illness"]) as spool:
        for ages in ([31, 31, 31], [31, 32, 32], [33, 33, 32]):
            own = batch(age=ages, city=["A"] * 3, illness=["flu", "cold", "flu"])
            spool.add("before", own.column)
        found = spool.risk("before", 4)
        again = spool.risk("before", 4)
    assert found == again
    assert found
    assert (found.rows, found.classes, found.k, found.below) == (9, 3, 2, 5)
    assert found.diversity[0].distinct == 2
