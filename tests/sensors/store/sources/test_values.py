from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.store.sources.values import arrow_batch, arrow_column, text_of


def test_columns_keep_their_type_where_they_have_one() -> None:
    assert arrow_column(["a", None]).type == pa.string()
    assert arrow_column([b"a"]).type == pa.binary()
    assert arrow_column([1, None]).type == pa.int64()
    assert arrow_column([dt.date(2026, 1, 1)]).type == pa.date32()
    assert arrow_column([Decimal("1.5")]).to_pylist() == [Decimal("1.5")]


def test_what_has_no_common_type_is_text() -> None:
    assert arrow_column([1, "a", b"b", 2.5, None]).to_pylist() == ["1", "a", "b", "2.5", None]
    assert arrow_column([2**70]).to_pylist() == [str(2**70)]
    assert text_of(memoryview(b"\xff")) == "\ufffd"


def test_no_rows_keep_their_names() -> None:
    assert arrow_batch([], ["a", "b"]).schema.names == ["a", "b"]
    assert arrow_batch([(1, "x")], ["a", "b"]).to_pylist() == [{"a": 1, "b": "x"}]


@given(st.lists(st.none() | st.integers() | st.text() | st.binary() | st.floats() | st.booleans()))
def test_any_values_become_a_column(values: list[object]) -> None:
    assert len(arrow_column(values)) == len(values)
