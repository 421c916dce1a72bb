from __future__ import annotations

from collections import Counter
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.mask.risk import combinations
from hongxian.guards.mask.risk.combinations import COUNT, Combinations

KINDS = [pa.int64(), pa.string(), pa.float64()]
ROWS = st.lists(
    st.tuples(
        st.integers(-2, 3) | st.none(),
        st.sampled_from(["m", "f", "other"]) | st.none(),
        st.sampled_from([0.5, float("nan"), None]),
    ),
    max_size=30,
)


def columns(rows: list[Any]) -> list[Any]:
    return [
        pa.array([row[place] for row in rows], kind, from_pandas=False)
        for place, kind in enumerate(KINDS)
    ]


@given(st.lists(ROWS, max_size=4))
def test_batches_are_counted_together(batches: list[list[Any]]) -> None:
    made = Combinations(KINDS)
    assert all(made.add(columns(batch)) for batch in batches)
    rows = [tuple(map(str, row)) for batch in batches for row in batch]
    found = [tuple(map(str, row.values())) for row in made.table().to_pylist()]
    assert {row[:-1]: int(row[-1]) for row in found} == Counter(rows)
    assert len(found) == len(set(rows))


def test_too_many_combinations_are_refused_and_nothing_of_them_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(combinations, "MOST", 6)
    made = Combinations([pa.int64(), pa.string()])
    assert made.add([pa.array([1, 2, 1]), pa.array(["a", "b", "a"])])
    assert not made.add([pa.array([3, 4]), pa.array(["a", "a"])])
    assert not made.add([pa.array(range(7)), pa.array(["a"] * 7)])
    assert made.add([pa.array([3]), pa.array(["b"])])
    rows = {(row["c0"], row["c1"]): row[COUNT] for row in made.table().to_pylist()}
    assert rows == {(1, "a"): 2, (2, "b"): 1, (3, "b"): 1}
