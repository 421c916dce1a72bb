from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
import pytest

from hongxian.info.recognise import load_recognisers
from hongxian.sensors.store.values import buffer_of, hits_in, infos, strings_of, texts_of


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
    assert [infos()[one] for one in found["recogniser"]] == ["location.precise"]
    assert (int(found["start"][0]), int(found["end"][0])) == (0, 9)
    assert len(infos()) == len(load_recognisers())
