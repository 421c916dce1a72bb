from __future__ import annotations

import pyarrow as pa
from tests.guards.mask.rings import masked, shown


def test_numbers_become_multiples_of_the_step() -> None:
    assert shown("round", "x", [1234, 1250, 1350, None], step=100) == [1200, 1200, 1400, None]
    assert shown("round", "x", [1299], step=100, mode="down") == [1200]
    assert shown("round", "x", [39.90451, None], step=0.01) == [39.9, None]
    assert shown("round", "x", [0.3], step=0.1) == [0.3]


def test_texts_stay_texts_and_what_is_no_number_is_counted() -> None:
    found = masked("round", "x", ["1234.5", "much", None], step=10)
    assert (found.values.to_pylist(), found.refused) == (["1230", None, None], 1)
    assert found.values.type == pa.string()


def test_numbers_beyond_whole_floats_stay_floats() -> None:
    assert shown("round", "x", [1e300], step=10) == [1e300]
