from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.mask.risk.coding import CLOSE, SHORT, coded

CELLS = st.sampled_from(
    ["m", "f", "男", "女", "", "c00", "c\0", "20-29", "x" * SHORT, "北京市朝阳区"]
)


def back(column: Any) -> list[Any]:
    """Return the values that the codes of a column stand for."""
    own = coded(column)
    return own.values.take(pa.array(own.places[own.codes])).to_pylist()


@given(st.lists(CELLS | st.none(), max_size=20), st.integers(0, 5))
def test_codes_stand_for_strings(cells: list[str | None], cut: int) -> None:
    column = pa.array(cells, pa.string())[cut:]
    assert back(column) == column.to_pylist()


@given(st.integers(1, SHORT + 1).flatmap(
    lambda size: st.lists(st.text("aé", min_size=size, max_size=size), min_size=1)
))  # fmt: skip
def test_codes_stand_for_strings_of_one_length(cells: list[str]) -> None:
    assert back(pa.array(cells)) == cells
    assert len(coded(pa.array(cells)).values) == len(set(cells))


@pytest.mark.parametrize("kind", ["u1", "i1", "u4", "i8", "u8"])
@given(st.data())
def test_codes_stand_for_numbers(kind: str, data: Any) -> None:
    info = np.iinfo(kind)
    cells = data.draw(st.lists(st.integers(info.min, info.max), min_size=1))
    near = [max(info.min, min(info.max, cells[0] + step % 5)) for step in range(9)]
    for own in (cells, near):
        column = pa.array(own, pa.from_numpy_dtype(np.dtype(kind)))
        assert back(column) == own
        assert coded(column).values.type == column.type


@pytest.mark.parametrize(
    "column",
    [
        pa.array([0, CLOSE - 1]),
        pa.array([0, CLOSE]),
        pa.array([1.5, None, 1.5]),
        pa.array([date(2026, 11, 1)]),
        pa.array([], pa.string()),
        pa.array([None], pa.string()),
    ],
    ids=["close", "far", "float", "date", "none", "null"],
)
def test_codes_stand_for_values_of_any_type(column: Any) -> None:
    assert back(column) == column.to_pylist()


def test_known_values_keep_their_places() -> None:
    column = pa.array(["flu", None, "diabetes"])
    known = pa.array(["diabetes", "flu", None])
    assert coded(column, known).values is known
    assert coded(column, known).codes.tolist() == [1, 2, 0]
    assert coded(column, known[:1]).values.to_pylist() == column.to_pylist()


def test_chunks_are_one_column() -> None:
    assert back(pa.chunked_array([["a", "b"], ["a"]])) == ["a", "b", "a"]
