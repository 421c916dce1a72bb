from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.store.repeated import counted, different, rows_of, stays_coded

WORDS = st.lists(st.sampled_from(["a", "b", "男", ""]), min_size=1)


@given(WORDS, st.integers(0, 3))
def test_a_dictionary_gives_each_value_once_with_how_often_it_stands(
    words: list[str], ahead: int
) -> None:
    unused = pa.array([*"wxyz"[:ahead], *words]).dictionary_encode()[ahead:]
    values, weights = different(unused)
    found = dict(zip(values.to_pylist(), weights.tolist(), strict=True))
    assert found == {one: words.count(one) for one in words}


@given(WORDS, WORDS)
def test_rows_of_values_are_where_they_stand(words: list[str], among: list[str]) -> None:
    expected = [place for place, word in enumerate(words) if word in among]
    for strings in (pa.array(words), pa.array(words).dictionary_encode()):
        assert rows_of(strings, pa.array(among)).tolist() == expected


def test_strings_that_repeat_are_counted_and_others_are_not() -> None:
    values, weights = counted(pa.array(["a", "a", "b", "a", "b"])) or ((), ())
    assert (values.to_pylist(), weights.tolist()) == (["a", "b"], [3, 2])
    assert counted(pa.array(["a", "b", "a"])) is None


@pytest.mark.parametrize(
    ("array", "stays"),
    [
        (pa.array(["x"] * 2).dictionary_encode(), True),
        (pa.array(["x", "y"]).dictionary_encode(), False),
        (pa.array([1, 1]).dictionary_encode(), False),
        (pa.array([None, None], pa.string()).dictionary_encode(), False),
        (pa.DictionaryArray.from_arrays([0, 0, 0, 1], [None, "x"]), False),
    ],
)
def test_only_strings_that_repeat_stay_in_their_dictionary(array: pa.Array, *, stays: bool) -> None:
    assert stays_coded(array) is stays
