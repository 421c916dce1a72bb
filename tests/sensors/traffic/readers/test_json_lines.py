from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.traffic.readers.json_lines import NAMES, WHO, json_line, json_row

NGINX = {"time_iso8601": "2015-05-17T10:05:03+00:00", "request_method": "POST",
         "request_uri": "/m?a=1",
         "status": "200", "remote_addr": "10.0.0.7", "request_body": '{"phone":"1"}',
         "remote_user": "-", "scheme": "https", "host": "Api.example:443"}  # fmt: skip
KONG = {"started_at": 1431857103000, "client_ip": "10.0.0.7", "consumer": {"username": "li"},
        "request": {"method": "GET", "uri": "/m", "querystring": {"a": "1"},
                    "headers": {"host": "api.example", "authorization": "Bearer x"}},
        "response": {"status": 404, "size": 12, "body": {"found": []}}}  # fmt: skip
ENVOY = {"start_time": "2015-05-17T10:05:03Z", "method": "GET", "path": "/m?a=1",
         "response_code": 503, "downstream_remote_address": "10.0.0.7:5555",
         "authority": "a.cn"}  # fmt: skip


def read(row: Any):  # noqa: ANN201 - an exchange
    return json_line(json.dumps(row).encode(), "a.json:1")


def test_nginx_is_read() -> None:
    found = read(NGINX)
    assert (found.at, found.method, found.target) == (1431857103, "POST", "/m?a=1")
    assert (found.status, found.host, found.secure) == (200, "api.example", True)
    assert (found.principals, found.request) == ({"ip": "10.0.0.7"}, b'{"phone":"1"}')


def test_kong_is_read() -> None:
    found = read(KONG)
    assert (found.method, found.target, found.status, found.size) == ("GET", "/m?a=1", 404, 12)
    assert found.principals == {"account": "li", "token": "Bearer x", "ip": "10.0.0.7"}
    assert (found.host, found.response) == ("api.example", b'{"found":[]}')


def test_envoy_is_read() -> None:
    found = read(ENVOY)
    assert (found.target, found.status, found.host) == ("/m?a=1", 503, "a.cn")
    assert found.principals == {"ip": "10.0.0.7"}


def test_a_request_line_and_a_whole_url_are_read() -> None:
    assert read({"request": "GET /a HTTP/1.1"}).target == "/a"
    found = read({"method": "get", "url": "http://h.cn:80/a?b"})
    assert (found.method, found.host, found.target, found.secure) == ("GET", "h.cn", "/a?b", False)
    assert read({"method": "GET", "url": "/", "https": True}).secure is True
    assert read({"method": "GET", "uri": "/", "query_string": "?b=1"}).target == "/?b=1"


@pytest.mark.parametrize("row", [{}, [], 1, {"method": "GET"}, {"request": "GET"},
                                 {"method": "GET", "url": "http://[x"}])  # fmt: skip
def test_other_objects_are_no_requests(row: Any) -> None:
    assert read(row) is None


def test_other_lines_are_no_requests() -> None:
    assert json_line(b"{", "") is None
    assert json_line(b"[" * 100_000, "") is None


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.dictionaries(st.sampled_from(["method", "uri", "headers", "body"]), inner)
    | st.lists(inner, max_size=3), max_leaves=6,
)  # fmt: skip
KEYS = sorted({name.split(".")[0] for names in (NAMES | WHO).values() for name in names})


@given(st.dictionaries(st.sampled_from(KEYS), VALUES))
def test_any_object_is_a_request_or_none(row: dict[str, Any]) -> None:
    found = json_row({"method": "GET", "uri": "/x", **row}, "")
    assert found is None or found.at >= 0
