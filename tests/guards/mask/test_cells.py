from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.mask.cells import TextBytes, as_text, by_distinct, numbers

VALUES = st.lists(st.none() | st.text(max_size=6))


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (pa.array(["a", None]), ["a", None]),
        (pa.array(["a", None], pa.large_string()), ["a", None]),
        (pa.array(["a", "a"]).dictionary_encode(), ["a", "a"]),
        (pa.chunked_array([["a"], ["b"]]), ["a", "b"]),
        (pa.array([13812345678, None]), ["13812345678", None]),
        (pa.array([13812345678.0, None]), ["13812345678", None]),
        (pa.array([1.5, 2.0]), ["1.5", "2"]),
        (pa.array([b"a", b"\xff", None]), ["a", "\ufffd", None]),
        (pa.array([], pa.float64()), []),
    ],
)
def test_any_column_is_taken_as_texts(column: pa.Array, expected: list[str | None]) -> None:
    found = as_text(column)
    assert found.type == pa.string()
    assert found.to_pylist() == expected


@given(VALUES)
def test_distinct_values_are_changed_once_each(values: list[str | None]) -> None:
    asked: list[str] = []

    def change(distinct: list[str]) -> list[str | None]:
        asked.extend(distinct)
        return [None if one == "" else f"<{one}>" for one in distinct]

    found = by_distinct(pa.array(values, pa.string()), change)
    assert found.values.to_pylist() == [f"<{one}>" if one else None for one in values]
    assert found.refused == values.count("")
    assert len(asked) == len(set(asked))


def test_what_is_no_number_becomes_null() -> None:
    texts = pa.array(["1", " -2.5 ", "1e3", "1,000", "nan", "inf", "", None, "0x10", "九"])
    assert numbers(texts).to_pylist() == [1, -2.5, 1000, *[None] * 7]
    assert numbers(pa.chunked_array([pa.array([1, None])])).to_pylist() == [1, None]


@given(VALUES, st.integers(0, 3), st.integers(0, 3))
def test_rows_are_read_and_written_by_length(
    values: list[str | None], start: int, end: int
) -> None:
    """Also of a slice; what is not written is null, and counted unless it was null before."""
    column = pa.array(values, pa.string())[start : len(values) - end]
    table = TextBytes(column)
    parts = [(rows, text) for rows, text in table.groups(4) if text.shape[1] != 2]
    for rows, text in parts:
        assert [column[int(row)].as_py().encode() for row in rows] == [
            one.tobytes() for one in text
        ]
    found = table.replaced(parts)
    found.values.validate(full=True)
    fits = [one is not None and len(one.encode()) in (1, 3, 4) for one in column.to_pylist()]
    kept = zip(column.to_pylist(), fits, strict=True)
    assert found.values.to_pylist() == [one if fit else None for one, fit in kept]
    assert found.refused == len(column) - column.null_count - sum(fits)


def test_new_bytes_stand_where_the_old_ones_stood() -> None:
    table = TextBytes(pa.array(["ab", "x", "cd", None]))
    parts = [(rows, text + np.uint8(1)) for rows, text in table.groups(9)]
    assert table.replaced(parts).values.to_pylist() == ["bc", "y", "de", None]
