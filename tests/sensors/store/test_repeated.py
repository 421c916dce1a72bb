from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.store.repeated import counted, different, stays_coded

WORDS = st.lists(st.sampled_from(["a", "b", "男", ""]), min_size=1)


@given(WORDS, st.integers(0, 3))
def test_a_dictionary_gives_each_value_once_in_the_order_of_the_rows(
    words: list[str], ahead: int
) -> None:
    unused = pa.array([*"wxyz"[:ahead], *words]).dictionary_encode()[ahead:]
    values, weights = different(unused)
    assert values.to_pylist() == list(dict.fromkeys(words))
    assert weights.tolist() == [words.count(one) for one in dict.fromkeys(words)]


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
