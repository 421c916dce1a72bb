from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from hongxian.sensors.traffic.columns.cut import cutter, fast
from hongxian.sensors.traffic.columns.cut import tally as plain
from hongxian.sensors.traffic.columns.quick import fields


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


@pytest.mark.parametrize("build", ["plain", "as-built"])
def test_lines_that_are_cut_are_counted_by_the_numbers_of_their_shapes(build: str) -> None:
    built: Any = plain if build == "plain" else fast
    made = (cutter if build == "plain" else fast).Cutter(*fields())
    lines = [("/a", 5, "x"), ("/b", 5, "x"), ("/a", 9, None), ("/a", 9, "x"), ("/a", None, "y"),
             ("/c", None, "y")]  # fmt: skip
    data = "\n".join(
        json.dumps({"uri": uri, "time": at, "uid": who}) for uri, at, who in lines
    ).encode()
    assert made.cut(data, 0, 1 << 20, made.most) == 6
    assert built.times(made, data) == [b"5", b"9", b""]
    assert built.wrong(made, ["a", "b", "c"]) == -1
    assert built.wrong(made, ["a", "b", None]) == 5
    a, b = built.Place("GET", "/a", 1), built.Place("GET", "/b", 2)
    found, sampled, fresh, shapes, moments, counts = built.tallied(
        made, (["a", "b", "c"], [a, b, b]), [5.0, 9.0, 0.0], 1, 2
    )  # fmt: skip
    assert [one.name for one in found] == ["/a", "/b"]
    assert (a.row, a.first, a.last, b.row, b.first, b.last) == (0, 0.0, 9.0, 1, 0.0, 5.0)
    assert sampled == [0, 1, 2, 5]
    assert fresh == [(a, b'\x00"x"'), (b, b'\x00"x"'), (a, b'\x00"y"'), (b, b'\x00"y"')]
    assert (shapes, moments) == (list("abaaac"), [5.0, 5.0, 9.0, 9.0, 0.0, 0.0])
    assert counts == [(0, 4), (1, 1), (2, 1)]
    made.cut(data, 0, 1 << 20, made.most)
    assert built.tallied(made, (["a", "b", "c"], [a, b, b]), [5.0, 9.0, 0.0], 2, 2)[1:3] == ([], [])
