from __future__ import annotations

from typing import Any

import pytest

from hongxian.sensors.traffic.columns import shapes as module
from hongxian.sensors.traffic.columns.shapes import Shape, Shapes, column


def made(rows: list[dict[str, Any]], some: Shapes | None = None) -> list[Shape | None]:
    some = some or Shapes()
    return some.of(some.layout(rows), rows)[0]


def row(**what: Any) -> dict[str, Any]:
    return {"method": "GET", "uri": "/a", "status": 200} | what


def test_lines_that_share_their_parts_are_worked_out_once() -> None:
    one, two, three = made([row(), row(), row(uri="/a/77")])
    assert one is two
    assert one
    assert three
    assert three.place is not one.place
    assert (three.place.name, three.ids, three.records, three.speaks) == (
        "/a/{id}", ("77",), True, True,
    )  # fmt: skip
    assert not one.speaks


def test_a_line_that_is_no_request_has_no_shape() -> None:
    assert made([row(uri=None), {"x": 1}]) == [None, None]
    assert made([{"x": 1}]) == [None]


def test_true_and_one_are_different_things() -> None:
    found = made([row(status=True, scheme=True), row(status=1, scheme=1)])
    assert [one and (one.exchange.status, one.exchange.secure) for one in found] == [
        (None, True), (1, None),
    ]  # fmt: skip


def test_objects_and_lists_are_compared_by_what_they_say() -> None:
    rows = [row(uri=None, request={"uri": f"/k/{n}", "method": "GET"}, id=[n]) for n in (1, 2)]
    one, two = made(rows)
    assert one
    assert two
    assert (one.exchange.target, two.exchange.target) == ("/k/1", "/k/2")


def test_a_dot_leads_into_objects() -> None:
    rows: list[dict[str, Any]] = [{"a": {"b": 1}}, {"a": 2}, {"a.b": 3}, {}]
    assert column(rows, "a.b") == [1, None, 3, None]


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_SHAPES", 3)
    some = Shapes()
    (first,) = made([row()], some)
    (again,) = made([row()], some)
    assert again is not first
    assert again
    again.place.known.add(("ip", "1"))
    some.forget_callers()
    assert not again.place.known


def test_long_targets_are_not_remembered() -> None:
    some = Shapes()
    long = row(uri="/a?" + "x" * 5_000)
    (one,), (two,) = made([long], some), made([long], some)
    assert one is not two
