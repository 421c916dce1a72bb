from __future__ import annotations

import base64

import pytest
from tests.sensors.session.network.hars import (
    SECONDS,
    entry,
    flows_of,
    har,
    one,
    words,
    written,
)

from hongxian.errors import ArtefactError
from hongxian.sensors.session.model import Frame


def test_an_entry_becomes_a_flow() -> None:
    flow = one(entry())
    assert (flow.number, flow.locator, flow.at) == (0, "x.har entry 0", SECONDS)
    assert (flow.url, flow.host, flow.port) == (
        "https://api.example.cn/v1?id=1", "api.example.cn", 443,
    )  # fmt: skip
    assert (flow.method, flow.status, flow.error, flow.package) == ("POST", 200, None, None)
    assert flow.request.header("host") == "api.example.cn"
    assert flow.request.body == b'{"imei": "1"}'
    assert flow.response is not None
    assert flow.response.body == b"{}"
    assert not flow.opaque


def test_an_entry_that_lacks_nearly_everything_is_still_a_flow() -> None:
    flows, unread = flows_of(written(har({"request": {"url": "http://a.cn:8080/x"}})))
    (flow,) = flows
    assert (flow.host, flow.port, flow.method, flow.at) == ("a.cn", 8080, "GET", None)
    assert (flow.response, flow.status, flow.request.body) == (None, None, b"")
    assert words(unread) == [("untimed", 1)]


@pytest.mark.parametrize("bad", [None, 7, "x", [1], {"a": []}, [[]], [{}], True])
@pytest.mark.parametrize("key", ["request", "response", "startedDateTime", "_webSocketMessages"])
def test_fields_of_any_other_type_are_borne(key, bad) -> None:
    made = har(entry(**{key: bad}), entry())
    flows, unread = flows_of(written(made))
    assert flows[-1].at == SECONDS
    assert len(flows) + dict(words(unread)).get("entries", 0) == 2


@pytest.mark.parametrize("bad", [None, 7, "x", [1, 2], [["X-A", "1"]], [{}], {"X-A": "1"}, True])
@pytest.mark.parametrize("key", ["method", "url", "headers", "postData", "bodySize"])
def test_parts_of_any_other_type_are_borne(key, bad) -> None:
    made = entry()
    made["request"][key] = made["response"][key] = made["response"]["content"] = bad
    flows, unread = flows_of(written(har(made, entry())))
    assert len(flows) + dict(words(unread)).get("entries", 0) == 2


def test_pseudo_headers_of_http_2_tell_where_it_went_and_are_no_headers() -> None:
    made = entry("")
    made["request"]["headers"] = [
        {"name": ":authority", "value": "H2.example.cn"}, {"name": ":path", "value": "/p?a=1"},
        {"name": ":scheme", "value": "https"}, {"name": "x-a", "value": "1"},
    ]  # fmt: skip
    flow = one(made)
    assert (flow.url, flow.host, flow.port) == (
        "https://h2.example.cn/p?a=1", "h2.example.cn", 443,
    )  # fmt: skip
    assert flow.request.headers == (("x-a", "1"),)


def test_a_path_alone_is_completed_by_the_host_header() -> None:
    made = entry("/only/path")
    assert one(made).url == "https://api.example.cn/only/path"
    made["request"]["headers"] = [{"name": "Host", "value": "a.cn:80"}]
    assert one(made).url == "http://a.cn/only/path"


def test_the_address_stands_for_a_host_that_is_not_told() -> None:
    made = entry("weird", serverIPAddress="[2001:DB8::1]")
    made["request"]["headers"] = []
    assert one(made).host == "2001:db8::1"


def test_an_entry_that_went_nowhere_is_told() -> None:
    made = entry("weird")
    made["request"]["headers"] = []
    _, unread = flows_of(written(har(made, entry())))
    assert words(unread) == [("entries", 1)]
    with pytest.raises(ArtefactError, match="do not tell where they went"):
        flows_of(written(har(made)))


@pytest.mark.parametrize("url", ["data:text/plain,a", "blob:https://a.cn/1", "about:blank"])
def test_what_never_left_the_device_is_no_traffic(url) -> None:
    flows, unread = flows_of(written(har(entry(url), entry())))
    assert [flow.number for flow in flows] == [1]
    assert not unread


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-16-be", "utf-16-le"])
def test_charsets_with_and_without_a_mark_are_read(charset) -> None:
    made = entry()
    made["request"]["postData"]["text"] = "姓名=张三\U0001f600"
    data = written(har(made, entry())).decode().encode(charset)
    flows, unread = flows_of(data)
    assert flows[0].request.body == "姓名=张三\U0001f600".encode()
    assert len(flows) == 2
    assert not unread


def test_websocket_messages_are_frames_in_both_directions() -> None:
    raw = base64.b64encode(b"\x00\xff").decode()
    messages = [
        {"type": "send", "time": 1767294246.5, "opcode": 1, "data": "你好"},
        {"type": "receive", "time": 1767294247.5, "opcode": 2, "data": raw},
        {"type": "receive", "opcode": 2, "data": "no base64!"},
        7,
    ]
    flow = one(entry("wss://a.cn/s", _resourceType="websocket", _webSocketMessages=messages))
    assert flow.frames[:3] == (
        Frame(at=1767294246.5, sent=True, data="你好".encode()),
        Frame(at=1767294247.5, sent=False, data=b"\x00\xff"),
        Frame(at=None, sent=False, data=b"no base64!"),
    )
    assert flow.port == 443


def test_a_request_that_failed_keeps_its_reason_and_has_no_response() -> None:
    made = entry()
    made["response"].update(status=0, _error="net::ERR_CONNECTION_RESET")
    flow = one(made)
    assert (flow.response, flow.status) == (None, None)
    assert flow.error == "net::ERR_CONNECTION_RESET"


def test_the_app_is_kept_where_the_capture_tells_it() -> None:
    assert one(entry(_app="cn.example.app")).package == "cn.example.app"


def test_what_a_tool_marks_as_missing_is_no_empty_body() -> None:
    made = entry()
    made["response"]["content"] = {"size": 100, "mimeType": "image/png"}
    flows, unread = flows_of(written(har(made, made, entry())))
    assert flows[0].response is not None
    assert flows[0].response.body is None
    assert words(unread) == []
