from __future__ import annotations

import pyarrow as pa
from tests.guards.mask.rings import masked, shown


def test_nothing_is_left_and_the_type_stays() -> None:
    found = masked("suppress", "x", [1, 2], pa.int32()).values
    assert (found.to_pylist(), found.type) == ([None, None], pa.int32())


def test_a_mark_stands_for_every_value() -> None:
    assert shown("suppress", "x", [1, None], mask=1, mark="[removed]") == ["[removed]", None]
