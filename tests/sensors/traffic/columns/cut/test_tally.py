from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from hongxian.sensors.traffic.columns.cut import fast
from hongxian.sensors.traffic.columns.cut import tally as plain


@pytest.mark.parametrize("built", [plain, fast], ids=["plain", "as-built"])
def test_lines_are_counted_by_endpoint(built: Any) -> None:
    of = built.tally
    a, b = built.Place("GET", "/a"), built.Place("GET", "/b")
    shapes = [SimpleNamespace(place=one) for one in (b, a, a, b, a)]
    counted = of(shapes, [5.0, 3.0, 9.0, 0.0, 1.0], ["x", "x", None, "x", "y"], 1, 2)
    places, sampled, fresh = counted
    assert [one.name for one in places] == ["/b", "/a"]
    assert (b.number, b.row, b.first, b.last) == (0, 0, 0.0, 5.0)
    assert (a.number, a.row, a.first, a.last) == (1, 1, 1.0, 9.0)
    assert sampled == [0, 1, 2, 3]
    assert fresh == [(b, "x"), (a, "x"), (a, "y")]
    assert of(shapes, [1.0] * 5, ["x"] * 5, 2, 2)[1:] == ([], [])
