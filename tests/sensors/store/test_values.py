from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.info.recognise import load_recognisers
from hongxian.sensors.store.values import (
    LEAST,
    buffer_of,
    counts_in,
    hits_in,
    is_number,
    kinds_of_infos,
    large,
    strings_of,
    texts_of,
)


@pytest.mark.parametrize(
    ("array", "texts"),
    [
        (pa.array(["a", None]), ["a"]),
        (pa.array([13812345678, None]), ["13812345678"]),
        (pa.array([1, 2]), ["1", "2"]),
        (pa.array([None, None], pa.int64()), []),
        (pa.array([True]), None),
        (pa.array([Decimal("13812345678.00")]), ["13812345678"]),
        (pa.array([39.9042]), ["39.9042"]),
        (pa.array([13812345678.0, None, 1e9 + 0.5]), ["13812345678", "1000000000.5"]),
        (
            pa.array([6222021000112345.0, -1e9, 2.0**54]),
            ["6222021000112345", "-1000000000", "1.8014398509481984e+16"],
        ),
        (pa.array([float("nan"), float("inf"), 2.0]), ["nan", "inf", "2"]),
        (pa.array([b"abc", b"x"]), ["abc", "x"]),
        (pa.array([b"abc"], pa.binary(3)), ["abc"]),
        (pa.array([b"\xff\xd8"]), None),
        (pa.array([b"\xff\xd8", None, b"abc"]), ["abc"]),
        (pa.array(["a"], pa.large_string()), ["a"]),
        (pa.array(["a"], pa.string_view()), ["a"]),
        (pa.array([1], pa.duration("s")), None),
    ],
)
def test_values_as_strings(array: pa.Array, texts: list[str] | None) -> None:
    found = strings_of(array)
    assert (found if found is None else found.to_pylist()) == texts


def test_bytes_that_are_no_text_leave_the_others_in_their_rows() -> None:
    found = texts_of(pa.array([b"\xff", None, b"abc", b"x"]))
    assert found is not None
    assert found[0].to_pylist() == ["abc", "x"]
    assert found[1].tolist() == [False, False, True, True]


def test_hits_of_a_slice_lie_where_the_slice_lies() -> None:
    array = pa.array(["x", "13812345678", "y", "13987654321"])[1:]
    found = hits_in(array)
    data, edges = buffer_of(array)
    assert [bytes(data)[one["start"] : one["end"]] for one in found] == [
        b"13812345678",
        b"13987654321",
    ]
    assert edges[0] == 1
    assert len(buffer_of(pa.array([], pa.string()))[1]) == 1


def test_a_label_tells_what_a_value_is() -> None:
    array = pa.array(["39.904211"])
    assert len(hits_in(array)) == 0
    found = hits_in(array, "latitude")
    names, kinds = kinds_of_infos()
    assert [names[kinds[one]] for one in found["recogniser"]] == ["location.precise"]
    assert (int(found["start"][0]), int(found["end"][0])) == (0, 9)
    assert len(kinds) == len(load_recognisers())


def test_values_are_counted_by_kind_as_often_as_they_stand() -> None:
    values = pa.array(["13812345678", "tel 13812345678 a@b.cn", "x"])
    assert counts_in(values, "", None) == {"basic.phone": (2, 2, 1), "basic.email": (1, 1, 0)}
    found = counts_in(values, "", np.array([5, 7, 9]))
    assert found == {"basic.phone": (12, 12, 5), "basic.email": (7, 7, 0)}


@pytest.mark.parametrize(
    ("array", "expected"),
    [
        (pa.array([1, None, LEAST - 1]), None),
        (pa.array([-LEAST * 9, 5]), None),
        (pa.array([1, None, LEAST]), [False, False, True]),
        (pa.array([1.5, float("nan"), None]), None),
        (pa.array([-1e9, 1]), [True, False]),
        (pa.array([float("nan"), float("inf")]), [False, True]),
        (pa.array([Decimal("999999999.99")]), None),
        (pa.array([Decimal("13812345678.00"), None]), [True, False]),
        (pa.array([None], pa.float64()), None),
    ],
)
def test_large_numbers_are_told_apart(array: pa.Array, expected: list[bool] | None) -> None:
    found = large(array)
    assert is_number(array.type)
    assert (found if found is None else found.tolist()) == expected


def test_what_is_no_number() -> None:
    for array in (pa.array(["1"]), pa.array([True]), pa.array([b"1"])):
        assert not is_number(array.type)


INSIDE = {"min_value": -LEAST, "max_value": LEAST, "exclude_min": True, "exclude_max": True}


@given(
    st.one_of(
        st.lists(st.floats(**INSIDE), min_size=1).map(pa.array),
        st.lists(
            st.integers(1 - LEAST * 10**9, LEAST * 10**9 - 1).map(lambda n: Decimal(n).scaleb(-9)),
            min_size=1,
        ).map(lambda cells: pa.array(cells, pa.decimal128(30, 9))),
    )
)
def test_small_numbers_hold_nothing_where_no_name_says_so(array: Any) -> None:
    found = texts_of(array)
    assert large(array) is None
    assert found is not None
    assert not len(hits_in(found[0]))
