from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from hongxian.sensors.traffic.columns import pages as module
from hongxian.sensors.traffic.columns.pages import Pages


def line(**what: Any) -> bytes:
    return json.dumps({"time": 1_750_000_000, "method": "GET", "uri": "/a", "user_id": "u",
                       "host": "h", "status": 200} | what).encode()  # fmt: skip


def test_requests_without_pi_are_only_counted() -> None:
    lines, read, bad, first, last, places, samples, found = Pages().page(
        [line(), b"", line(time=1_750_000_009, status=404), b"oops", line(uri=None), b"[1]"]
    )
    assert (lines, read, bad, first, last) == (6, 2, 3, 1_750_000_000, 1_750_000_009)
    ((method, name, number, requests, *_, statuses, hosts, callers),) = places
    assert (method, name, number, requests) == ("GET", "/a", 0, 2)
    assert (statuses, hosts, len(callers)) == ({200: 1, 404: 1}, ["h"], 1)
    assert (len(samples), found) == (2, [])


@pytest.mark.parametrize("secret", [None, b"s"])
def test_requests_with_pi_are_told_without_it(secret: bytes | None) -> None:
    page = Pages(secret).page([
        line(), line(uri="/q?phone=13800138000"), line(request_body={"phone": "13800138001"}),
        line(uri="/orders/4711"),
    ])  # fmt: skip
    found = page[-1]
    assert [one[0] for one in found] == [1, 2, 3]
    assert [one[-1][1] for one in found] == [
        (("basic.phone", "query"),), (("basic.phone", "body"),), (("object", "path"),),
    ]  # fmt: skip
    assert ("13800138" in repr(found)) is (secret is None)


def test_lines_that_hold_no_object_are_no_requests() -> None:
    assert Pages().page([b"oops", b"1"])[:3] == (2, 0, 2)
    deep = b"[" * 100_000
    assert Pages().page([deep, line()])[:3] == (2, 1, 1)


def test_who_was_told_of_before_is_not_told_again(monkeypatch: pytest.MonkeyPatch) -> None:
    some = Pages()
    count = [len(some.page([line()])[5][0][-1]) for _ in range(2)]
    monkeypatch.setattr(module, "MOST_CALLERS", 0)
    assert [*count, len(some.page([line()])[5][0][-1])] == [1, 0, 1]


@settings(max_examples=60, deadline=None)
@given(some.lists(some.binary(max_size=40) | some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(max_size=5),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(
        some.sampled_from(["method", "uri", "request", "time", "status", "user", "query"]), inner
    ),
).map(lambda one: json.dumps(one).encode()), max_size=6))  # fmt: skip
def test_whatever_stands_in_lines_they_are_counted(lines: list[bytes]) -> None:
    page = Pages().page(lines)
    assert page[0] == len(lines)
    assert page[1] + page[2] <= len(lines)
