from __future__ import annotations

import math
from collections import Counter
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycanon import anonymity

from hongxian.guards.mask.risk.measures import Risk, k_and_l, measure, quoted

SMALL = st.integers(0, 3)
ROWS = st.lists(st.tuples(SMALL, SMALL, st.sampled_from("abcd"), st.integers(0, 9)),
                min_size=1, max_size=60)  # fmt: skip
QUASI = ["one", "other"]
ADULTS = [  # as pycanon's own tests: two quasi-identifiers, one sensitive attribute
    ("13053", "20s", "heart", 3), ("13053", "20s", "viral", 4), ("13053", "20s", "cancer", 5),
    ("14850", "50s", "cancer", 6), ("14850", "50s", "heart", 11), ("14850", "50s", "viral", 8),
    ("14850", "50s", "viral", 9), ("13068", "30s", "cancer", 7), ("13068", "30s", "cancer", 10),
    ("13068", "30s", "viral", 4),
]  # fmt: skip


def frame(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[*QUASI, "word", "number"])


def risk(rows: list[tuple[Any, ...]], *sensitive: str, least: int = 5) -> Risk:
    store = duckdb.connect()
    store.register("rows", frame(rows))
    store.execute("create table people as select * from rows")
    return measure(store, "people", QUASI, sensitive, least=least)


def agree(rows: list[tuple[Any, ...]]) -> None:
    """Compare with pycanon, measure by measure."""
    data, own = frame(rows), risk(rows, "word", "number")
    store = duckdb.connect()
    store.register("people", data)
    for one in own.diversity:
        assert k_and_l(store, "people", QUASI, one.column) == (own.k, one.distinct)
    assert own.k == anonymity.k_anonymity(data, QUASI)
    for one in own.diversity:
        sensitive = [one.column]
        assert one.distinct == anonymity.l_diversity(data, QUASI, sensitive)
        whole = round(one.entropy)
        told = anonymity.entropy_l_diversity(data, QUASI, sensitive)  # cut down to a whole number
        assert told == (int(one.entropy) if abs(one.entropy - whole) > 1e-9 else told)
        assert abs(told - one.entropy) < 1 + 1e-9
        if len(set(data[one.column])) > 1:
            expected = anonymity.t_closeness(data, QUASI, sensitive)
            assert one.closeness == pytest.approx(expected, abs=1e-12)


@given(ROWS)
def test_random_tables_measure_as_by_pycanon(rows: list[tuple[Any, ...]]) -> None:
    agree(rows)


def test_a_known_table_measures_as_by_pycanon() -> None:
    agree(ADULTS)
    word, number = risk(ADULTS, "word", "number").diversity
    assert (word.ordered, number.ordered) == (False, True)


@given(ROWS)
def test_recursive_diversity_is_as_defined(rows: list[tuple[Any, ...]]) -> None:
    """r1 < c (rl + ... + rm), counts from the most frequent on; written out class by class.

    pycanon counts from the least frequent on, so it agrees only where all are alike.
    """
    (word,) = risk(rows, "word").diversity
    classes: dict[tuple[int, int], Counter[str]] = {}
    for one, other, value, _ in rows:
        classes.setdefault((one, other), Counter())[value] += 1
    counts = [sorted(values.values(), reverse=True) for values in classes.values()]
    least = min(map(len, counts))
    assert word.distinct == least
    expected = max(row[0] / sum(row[least - 1 :]) for row in counts)
    assert word.recursive == (pytest.approx(expected) if least > 1 else None)
    assert word.entropy == pytest.approx(min(
        math.exp(-sum(n / sum(row) * math.log(n / sum(row)) for n in row)) for row in counts
    ))  # fmt: skip
    if least > 1 and all(len(set(row)) == 1 for row in counts):
        told, _ = anonymity.recursive_c_l_diversity(frame(rows), QUASI, ["word"])
        assert told == math.floor(expected + 1)


def test_rows_that_stand_alone_and_small_classes_are_counted() -> None:
    rows = [(0, 0, "a", 1)] * 5 + [(0, 1, "a", 1)] * 2 + [(1, 1, "a", 1)]
    found = risk(rows, least=3)
    assert (found.rows, found.classes, found.k, found.unique, found.below) == (8, 3, 1, 1, 3)
    assert (found.highest, found.average) == (1.0, 3 / 8)
    assert found.diversity == ()


def test_an_empty_table_has_no_risk() -> None:
    found = risk([], "word")
    assert (found.rows, found.k, found.highest, found.average) == (0, 0, 0.0, 0.0)


def test_a_missing_value_is_a_value() -> None:
    rows = [(None, 1, "a", 1), (None, 1, None, None), (0, 1, "a", 1), (0, 1, "a", 2)]
    found = risk(rows, "word", "number")
    assert (found.k, found.classes) == (2, 2)
    assert [one.distinct for one in found.diversity] == [1, 2]
    assert found.diversity[0].closeness == pytest.approx(1 / 4)


@pytest.mark.parametrize("name", ['a "b"', "姓名; drop table x", "a.b", "select", "' --"])
def test_names_of_columns_may_be_anything(name: str) -> None:
    store = duckdb.connect()
    store.execute(f"create table {quoted(name)} as select 1 as {quoted(name)}, 'x' as word")
    found = measure(store, name, [name], ["word", name])
    assert (found.k, found.diversity[0].distinct) == (1, 1)


@given(ROWS)
def test_rows_that_stand_for_several_measure_as_those(rows: list[tuple[Any, ...]]) -> None:
    store = duckdb.connect()
    store.register("rows", frame(rows))
    store.execute("create table counted as select *, count(*) as times from rows group by all")
    whole = risk(rows, "word", "number")
    found = measure(store, "counted", QUASI, ["word", "number"], times="times")
    assert (found.rows, found.classes, found.k) == (whole.rows, whole.classes, whole.k)
    assert (found.unique, found.below) == (whole.unique, whole.below)
    for own, other in zip(found.diversity, whole.diversity, strict=True):
        assert (own.distinct, own.ordered) == (other.distinct, other.ordered)
        assert own.entropy == pytest.approx(other.entropy)
        assert own.recursive == pytest.approx(other.recursive)
        assert own.closeness == pytest.approx(other.closeness)
        pair = k_and_l(store, "counted", QUASI, own.column, "times")
        assert pair == (whole.k, other.distinct)


def test_k_and_l_of_an_empty_table() -> None:
    store = duckdb.connect()
    store.execute("create table people (one int, other int, word text)")
    assert k_and_l(store, "people", QUASI, "word") == (0, 0)
