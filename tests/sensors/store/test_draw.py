from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.store.draw import LONGEST, Draw, Drawn, first_places, rows_from


def digits(values: Any) -> dict[str, Any]:
    """Return the positions of the values that are digits alone, as hits of one type."""
    found = [place for place, one in enumerate(values.to_pylist()) if one.isdigit()]
    return {"digits": np.array(found, dtype=np.int64)} if found else {}


def drawn(values: list[str], cuts: list[int], salt: bytes | None) -> Drawn:
    draw = Draw()
    for start, end in zip([0, *cuts], [*cuts, len(values)], strict=True):
        draw.add(pa.array(values[start:end], pa.string()), rows_from(start, end - start, 7))
    return draw.drawn(digits, salt)


VALUES = st.lists(st.sampled_from(["1", "2", "男", "女", "x", "13812345678", ""]), max_size=60)


@given(VALUES, st.lists(st.integers(0, 60), max_size=4), st.sampled_from([None, b"salt"]))
def test_batches_do_not_matter(values: list[str], cuts: list[int], salt: bytes | None) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hongxian.sensors.store.draw.POOL", 10)
        patch.setattr("hongxian.sensors.store.draw.SHAPED", 3)
        cuts = sorted(min(one, len(values)) for one in cuts)
        whole, pieces = drawn(values, [], None), drawn(values, cuts, salt)
        assert pieces.counted() == whole.counted()
        assert pieces.places.tolist() == whole.places.tolist()
        assert len(whole.values) == min(10, len(values))


def test_another_seed_draws_other_rows() -> None:
    places = [rows_from(0, 50, seed).places for seed in (1, 2)]
    first = [set(np.argsort(one)[:10].tolist()) for one in places]
    assert first[0] != first[1]
    assert rows_from(20, 30, 1).places.tolist() == places[0][20:].tolist()
    assert len(set(places[0].tolist())) == len(rows_from(0, 50, 1))


def test_what_is_drawn_holds_no_value() -> None:
    phone = "13812345678"
    told = drawn([phone, "x"], [], b"salt")
    assert phone not in repr(told)
    assert told.values.tolist() != drawn([phone, "x"], [], b"other").values.tolist()


def test_long_values_are_not_kept() -> None:
    values = ["1", "x" * (LONGEST + 1), "2"]
    assert len(drawn(values, [], None).values) == 2
    assert drawn(values, [], None).counted()[0] == {"digits": 2}


def test_numbers_are_drawn_as_texts() -> None:
    draw = Draw()
    draw.add(pa.array([1, 2, 2]), rows_from(0, 3, 0))
    draw.add(pa.array(["x"]), rows_from(3, 1, 0))
    told = draw.drawn(digits)
    assert (len(told.values), len(told.different()), told.counted()[0]) == (4, 3, {"digits": 2})
    assert Draw().drawn(digits).counted() == ({}, {})


def test_rows_behind_the_last_one_taken_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hongxian.sensors.store.draw.POOL", 10)
    values = [str(place) for place in range(400)]
    pieces = drawn(values, list(range(20, 400, 20)), None)
    first = np.sort(rows_from(0, 400, 7).places)[:10]
    assert pieces.places.tolist() == drawn(values, [], None).places.tolist() == first.tolist()
    draw = Draw()
    draw.last = first[0]
    draw.add(pa.array(values), rows_from(0, 400, 7))
    assert draw.held == 0


def test_of_equal_places_the_first_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hongxian.sensors.store.draw.POOL", 3)
    places = np.array([5, 1, 5, 5, 9], dtype=np.uint64)
    assert first_places(places).tolist() == [0, 1, 2]
    assert first_places(places[[0, 1, 2]]).tolist() == [0, 1, 2]


def test_rows_tell_which_of_them_come_before_a_place() -> None:
    rows = rows_from(5, 30, 1)
    middle = np.sort(rows.places)[15]
    for place in (middle, middle, rows.places.max()):
        chosen = rows.before(place)
        assert chosen.tolist() == np.flatnonzero(rows.places < place).tolist()
        assert (rows.taken(chosen).places < place).all()
