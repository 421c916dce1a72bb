from __future__ import annotations

from tests.guards.mask.rings import revealed, shown


def test_a_kept_column_goes_out_as_it_came() -> None:
    import pyarrow as pa

    assert shown("keep", "x", [1, None, 3]) == [1, None, 3]
    assert revealed("keep", "x", pa.array(["a"])) == ["a"]
