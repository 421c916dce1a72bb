from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.traffic.readers.lines import FORMATS, alb_line, clf_line, envoy_line

COMBINED = (
    '10.0.0.7 - li [17/May/2015:10:05:03 +0000] "GET /a b?phone=1 HTTP/1.1" 200 203 "-" "curl \\"x"'
)
ENVOY = (
    '[2016-04-15T20:17:00.310Z] "POST /api/v1/locations HTTP/2" 204 - 154 0 226 100 "10.0.35.28" '
    '"nsq2http" "cc21d9b0" "locations:8080" "tcp://10.0.2.1:80"'
)
ENVOY_NEW = (
    '[2021-04-15T20:17:00.310Z] "GET /x HTTP/1.1" 200 - via_upstream - "-" 0 77 12 11 "-" "curl" '
    '"cc21" "shop.example" "10.0.2.1:80" inbound|80||'
)
ALB = (
    "https 2018-07-02T22:23:00.186641Z app/my/50dc6c495c0c9188 192.168.131.39:2817 10.0.0.1:80 "
    '0.086 0.048 0.037 200 200 0 57 "GET https://www.example.com:443/p?q=1 HTTP/1.1" "curl" ECDHE'
)


def test_a_combined_line_is_read() -> None:
    found = clf_line(COMBINED, "a.log:1")
    assert found is not None
    assert (found.method, found.target, found.status, found.size) == (
        "GET",
        "/a b?phone=1",
        200,
        203,
    )
    assert found.principals == {"ip": "10.0.0.7", "account": "li"}
    assert found.at == 1431857103
    common = clf_line(
        '10.0.0.7 - - [17/May/2015:10:05:03 +0000] "HEAD http://h.cn/ HTTP/1.0" 304 -', ""
    )
    assert common is not None
    assert (common.host, common.target, common.principals) == ("h.cn", "/", {"ip": "10.0.0.7"})


def test_envoys_lines_are_read_old_and_new() -> None:
    found = envoy_line(ENVOY, "")
    assert found is not None
    assert (found.method, found.target, found.status) == ("POST", "/api/v1/locations", 204)
    assert (found.host, found.principals) == ("locations", {"ip": "10.0.35.28"})
    new = envoy_line(ENVOY_NEW, "")
    assert new is not None
    assert (new.host, new.size, new.principals) == ("shop.example", 77, {})


def test_a_load_balancers_line_is_read() -> None:
    found = alb_line(ALB, "")
    assert found is not None
    assert (found.host, found.target, found.secure) == ("www.example.com", "/p?q=1", True)
    assert (found.principals, found.status, found.size) == ({"ip": "192.168.131.39"}, 200, 57)


@pytest.mark.parametrize("line", [
    "", "hello", '10.0.0.7 - - [x] "GET" 200 1', '10.0.0.7 - - [x] "\\x16\\x03 x" 400 1',
    '10.0.0.7 - - [x] "GET http://[::1 HTTP/1.1" 200 1',
])  # fmt: skip
def test_other_lines_are_no_requests(line: str) -> None:
    assert all(read(line, "") is None for read in FORMATS.values())


def test_broken_requests_of_each_format_are_none() -> None:
    assert envoy_line('[2016-04-15T20:17:00.310Z] "- - -" 0 UH', "") is None
    assert (
        alb_line(ALB.replace("GET https://www.example.com:443/p?q=1 HTTP/1.1", "- - "), "") is None
    )


@given(st.text(max_size=200))
def test_any_line_is_a_request_or_none(line: str) -> None:
    for base in (COMBINED, ENVOY, ALB):
        for cut in (line, base[: len(line)] + line, line + base):
            for read in FORMATS.values():
                found = read(cut, "")
                assert found is None or found.method


@pytest.mark.parametrize("line", [
    "1 - " * 20_000, '1 - - [x] "' + "\\" * 50_000, "[2016-" * 20_000, "http " * 20_000,
    '[2016-1] "G /" 200 -' + ' "' * 20_000,
])  # fmt: skip
def test_long_lines_come_to_an_end(line: str) -> None:
    assert all(read(line, "") is None or "2016" in line for read in FORMATS.values())
