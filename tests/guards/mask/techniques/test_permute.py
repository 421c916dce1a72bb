from __future__ import annotations

from tests.guards.mask.rings import shown


def test_values_stay_and_rows_change() -> None:
    values = list(range(100))
    found = shown("permute", "x", values, seed=1)
    assert found != values
    assert sorted(found) == values
    assert found == shown("permute", "x", values, seed=1)
    assert found != shown("permute", "x", values)
