from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.store.draw import LONGEST, Draw, Drawn, rows_from


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
