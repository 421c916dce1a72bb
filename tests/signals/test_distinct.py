from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from hongxian.signals.distinct import EXACT, Distinct

VALUES = st.lists(st.integers(0, 2**63 - 1), max_size=EXACT)


def counted(values: list[int]) -> Distinct:
    made = Distinct()
    for value in values:
        made.add(value)
    return made


@given(VALUES, VALUES)
@settings(max_examples=40, deadline=None)
def test_few_values_are_counted_exactly_and_merging_is_union(a: list[int], b: list[int]) -> None:
    one, two = counted(a), counted(b)
    assert len(one) == len(set(a))
    assert one.exact
    one.merge(two)
    both = len(set(a) | set(b))
    assert len(one) == both if both <= EXACT else abs(len(one) - both) < 0.08 * both


def test_a_value_is_new_once() -> None:
    made = Distinct()
    assert made.add(7)
    assert not made.add(7)


def test_many_values_are_counted_within_a_few_percent() -> None:
    rng = random.Random(3)
    values = [rng.getrandbits(63) for _ in range(20_000)]
    made = counted(values)
    assert not made.exact
    assert abs(len(made) - 20_000) < 1_000
    assert not made.add(1)
    few = counted(values[:100])
    few.merge(made)
    assert abs(len(few) - 20_000) < 1_000
    made.merge(counted([1, 2, 3]))
    assert len(Distinct.load(made.dump())) == len(made)
    assert isinstance(made.dump(), bytes)


def test_it_comes_back_from_plain_data() -> None:
    made = counted([3, 1, 2])
    assert made.dump() == [1, 2, 3]
    again = Distinct.load(made.dump())
    assert len(again) == 3
    assert not again.add(2)
