from __future__ import annotations

import json

import pytest
from tests.sensors.traffic.columns.logs import START

from hongxian.sensors.traffic.columns.exchanges import TextPages
from hongxian.sensors.traffic.columns.pages import Pages

LINE = '10.0.0.7 - {} [15/Jun/2025:15:06:{:02d} +0000] "GET {} HTTP/1.1" {} 203'


def text(second: int = 40, who: str = "li", target: str = "/a", status: int = 200) -> bytes:
    return LINE.format(who, second, target, status).encode()


def test_requests_without_pi_are_only_counted() -> None:
    lines, read, bad, first, last, places, samples, found = TextPages("combined").page(
        [text(), b"", text(49, "-", status=404), b"oops", b"# note"]
    )
    assert (lines, read, bad, first, last) == (5, 2, 1, START, START + 9)
    ((method, name, number, requests, *_, statuses, hosts, callers),) = places
    assert (method, name, number, requests) == ("GET", "/a", 0, 2)
    assert (statuses, hosts, len(callers)) == ({200: 1, 404: 1}, [], 1)
    assert (samples[0], found) == ((0, "/a", b"", b""), [])


@pytest.mark.parametrize("secret", [None, b"s"])
def test_requests_with_pi_are_told_as_those_of_json(secret: bytes | None) -> None:
    found = TextPages("combined", secret).page([text(), text(target="/orders/4711?p=13800138000")])
    row = {"time": START, "method": "GET", "uri": "/a", "status": 200, "client_ip": "10.0.0.7"}
    asked = row | {"uri": "/orders/4711?p=13800138000", "user_id": "li"}
    other = Pages(secret).page([json.dumps(one).encode() for one in (row, asked)])
    (mine,), (theirs,) = found[-1], other[-1]
    assert mine[:3] == theirs[:3]
    assert mine[4] == theirs[4]
    assert mine[5][1:] == theirs[5][1:]
    assert dict(zip(mine[5][0], mine[3], strict=True)) == {"ip": "10.0.0.7", "account": "li"}
    assert ("13800138" in repr(found[-1])) is (secret is None)


def test_lines_of_no_form_are_all_wrong() -> None:
    assert TextPages("").page([b"oops", b"", text()])[:3] == (3, 0, 2)
