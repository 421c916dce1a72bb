from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sensors.store.made import people

from hongxian.sensors.store.counts import ColumnCounts
from hongxian.sensors.store.draw import rows_from
from hongxian.sensors.store.tally import ColumnTally


def tally(
    *arrays: pa.Array, label: str = "", timed: bool = False, lines: bool = False
) -> ColumnCounts:
    made = ColumnTally(ColumnCounts(name="c"), label=label, timed=timed, lines=lines)
    start = 0
    for array in arrays:
        made.add(array, rows_from(start, len(array), 3))
        start += len(array)
    return made.part().done()


def test_rows_with_a_hit_are_counted_once_each_with_their_numbers() -> None:
    counts = tally(
        pa.array(["a", "13812345678 or 13987654321", None, "b"]),
        pa.array(["13700001111"]),
        label="",
    )
    hit = counts.hits["basic.phone"]
    assert (counts.rows, counts.nulls, hit.valid, hit.whole, hit.distinct) == (5, 1, 2, 1, 2)
    assert hit.first == [2, 5]
    assert hit.excerpt == "138****78"
    assert counts.type == "string"


@pytest.mark.parametrize("label", ["", "phone"])
def test_repeated_values_count_as_often_as_they_stand(label: str) -> None:
    counts = tally(pa.array(["13812345678"] * 30 + ["x", None] * 5), label=label)
    hit = counts.hits["basic.phone"]
    assert (hit.valid, hit.whole, hit.distinct, counts.distinct) == (30, 30, 1, 2)
    assert hit.first == [1, 2, 3]


def test_a_label_tells_grades_apart() -> None:
    good = [one["id_card"] for one in people(5)]
    wrong = [one[:-1] + ("1" if one[-1] != "1" else "2") for one in good[:2]]
    hit = tally(pa.array(good + wrong), label="id_card").hits["identity.doc_number"]
    assert (hit.valid, hit.labelled, hit.whole) == (5, 2, 7)


def test_large_pieces_are_read_in_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hongxian.sensors.store.tally.SLICE", 64)
    array = pa.array([one["phone"] for one in people(50)])
    assert tally(array).hits["basic.phone"].valid == tally(array).rows == 50


def test_moments_are_spanned() -> None:
    counts = tally(pa.array(["2020-05-01 10:00:00", "2019-01-01 00:00:00"]), timed=True)
    assert (counts.oldest, counts.newest) == ("2019-01-01", "2020-05-01")
    counts = tally(pa.array(["2026-01-01 a", "b", None]), pa.array(["2026-02-02 c"]), lines=True)
    assert (counts.oldest, counts.newest) == ("2026-01-01", "2026-02-02")


def test_the_same_seed_draws_the_same_sample() -> None:
    array = pa.array([one["phone"] for one in people(3_000)])
    assert tally(array) == tally(array)
    assert tally(array).sampled == 3_000


def test_nothing_to_read() -> None:
    counts = tally(pa.array([1, 2]), pa.array([None], pa.string()))
    assert (counts.rows, counts.hits, counts.bytes) == (3, {}, 0)


def test_whole_numbers_count_when_one_of_them_is_large_enough() -> None:
    numbers = pa.array([5, None, 13812345678])
    counts = tally(pa.array([1, 2]), numbers)
    hit = counts.hits["basic.phone"]
    assert (hit.valid, hit.first, counts.distinct, counts.sampled) == (1, [5], 4, 4)
    assert tally(pa.array([10_001, 10_002]), label="qq").hits == {}
    assert tally(pa.array([100_001, 4_000_000_000]), label="qq").hits["netid.account"].rows == 2


CELLS = st.sampled_from(["13812345678", "a 13987654321", "2020-05-01 10:00", "20190101", "x", None])


@given(st.lists(CELLS), st.sampled_from(["", "phone"]), st.booleans(), st.integers(0, 9))
def test_a_dictionary_is_counted_as_its_values_are(
    cells: list[str | None], label: str, timed: bool, cut: int
) -> None:
    plain = pa.array(cells * 3, pa.string())
    parts = [plain[:cut], plain[cut:]]
    coded = [part.dictionary_encode() for part in parts]
    assert tally(*coded, label=label, timed=timed) == tally(*parts, label=label, timed=timed)


def test_a_row_with_several_values_is_told_once() -> None:
    made = ColumnTally(ColumnCounts(name="c"), label="", timed=False, lines=False)
    rows = rows_from(0, 4, 3).taken([0, 0, 0, 1, 3])
    made.add(pa.array(["13812345678", "13987654321", None, "x", "13700001111"]), rows)
    assert made.part().done().hits["basic.phone"].first == [1, 4]


@pytest.mark.parametrize(
    ("array", "first"),
    [
        (pa.array([1.5, None, 13812345678.0]), [3]),
        (pa.array([None, Decimal("13812345678.00"), Decimal("2.50")]), [2]),
    ],
    ids=["float", "decimal"],
)
def test_of_numbers_without_a_name_the_large_ones_are_read(
    array: pa.Array, first: list[int]
) -> None:
    counts = tally(array)
    assert (counts.hits["basic.phone"].first, counts.bytes, counts.distinct) == (first, 15, 2)
    assert tally(pa.array([39.904211, None]), label="latitude").hits["location.precise"].valid == 1
