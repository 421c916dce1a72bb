from __future__ import annotations

from typing import Any

import pytest
from tests.sensors.session.network.hars import flows_of, words
from tests.sensors.session.network.mitms import AT, http, mitm, other, tnet

from hongxian.errors import ArtefactError
from hongxian.sensors.session.model import Flow, Frame
from hongxian.sensors.session.network import mitm as module

MESSAGES: list[Any] = [[1, True, b"hi", AT, False], [2, False, b"\xff", AT + 1, False, False]]


def one(data: dict[str, Any]) -> Flow:
    (flow,), _ = flows_of(mitm(data))
    return flow


@pytest.mark.parametrize("version", range(7, 22))
def test_a_flow_of_each_version_is_read_alike(version) -> None:
    flows, unread = flows_of(mitm(http(version)))
    (flow,) = flows
    assert (flow.url, flow.host, flow.port) == (
        "https://api.example.cn/v1?id=1", "api.example.cn", 443,
    )  # fmt: skip
    assert (flow.method, flow.status, flow.at, flow.locator) == ("POST", 200, AT, "x.har flow 0")
    assert (flow.request.body, flow.request.codings) == (b"imei=1", ("gzip",))
    assert flow.response is not None
    assert (flow.response.body, flow.response.codings) == (b"{}", ())
    assert not unread


def test_flows_of_before_are_read_too() -> None:
    old = {
        b"type": b"http", b"version": [0, 13], b"id": b"1", b"error": None,
        b"request": {b"method": b"GET", b"scheme": b"http", b"host": b"A.cn", b"port": 81,
                     b"path": b"/", b"headers": [], b"content": b"", b"timestamp_start": AT},
        b"response": {b"code": 404, b"headers": [], b"content": b"no"},
        b"server_conn": {b"address": {b"address": [b"a.cn", 81], b"use_ipv6": False}},
    }  # fmt: skip
    flow = one(old)
    assert (flow.url, flow.status, flow.at) == ("http://a.cn:81/", 404, AT)


def test_a_version_that_is_newer_is_read_and_told() -> None:
    flows, unread = flows_of(mitm(http(99), http()))
    assert len(flows) == 2
    assert words(unread) == [("newer", 1)]


@pytest.mark.parametrize("length", [4, 5, 6])
def test_messages_of_a_websocket_stand_with_their_handshake(length) -> None:
    messages = [[*one, False, False][:length] for one in ([1, True, b"hi", AT], MESSAGES[1][:4])]
    flow = one(http(15, websocket={"messages": messages, "closed_by_client": True}))
    assert flow.frames == (
        Frame(at=AT, sent=True, data=b"hi"), Frame(at=AT + 1, sent=False, data=b"\xff"),
    )  # fmt: skip


def test_messages_apart_from_their_handshake_find_it() -> None:
    shake = http(7, metadata={"websocket": True})
    apart = other("websocket", version=7, messages=MESSAGES)
    found = {**apart, "metadata": {"websocket_handshake": "f1"}}
    lost = {**apart, "metadata": {"websocket_handshake": "f9"}}
    flows, unread = flows_of(mitm(shake, found, lost))
    assert [(flow.url, len(flow.frames)) for flow in flows] == [
        ("https://api.example.cn/v1?id=1", 0),
        ("https://api.example.cn/v1?id=1", 2),
        ("ws://9.9.9.9:853", 2),
    ]
    assert flows[1].at == AT
    assert not unread


def test_handshakes_that_are_kept_are_few(monkeypatch) -> None:
    monkeypatch.setattr(module, "MOST_HANDSHAKES", 1)
    shakes = [http(7, id=name, metadata={"websocket": True}) for name in ("f1", "f2")]
    apart = other("websocket", messages=["text", [1, True, 7, AT], [1, True, "t", AT]])
    flows, _ = flows_of(mitm(*shakes, {**apart, "metadata": {"websocket_handshake": "f1"}}))
    assert flows[2].host == "9.9.9.9"
    assert [frame.data for frame in flows[2].frames] == [b"t"]


@pytest.mark.parametrize("kind", ["tcp", "udp"])
def test_a_stream_is_only_a_peer(kind) -> None:
    flow = one(other(kind))
    assert (flow.url, flow.host, flow.port) == (f"{kind}://9.9.9.9:853", "9.9.9.9", 853)
    assert (flow.opaque, flow.at, flow.method) == (True, AT, "")


def test_the_name_of_the_handshake_goes_before_the_address() -> None:
    server = {"address": None, "ip_address": ["9.9.9.9", 5], "sni": b"Push.example.cn"}
    flow = one(other("tcp", server_conn={**server, "timestamp_start": AT}, messages=[]))
    assert (flow.host, flow.port, flow.at) == ("push.example.cn", 5, AT)


def test_a_look_up_tells_the_name() -> None:
    sent = {"questions": [{"name": "a.cn", "type": 1}], "timestamp": AT}
    flow = one(other("dns", request=sent))
    assert (flow.url, flow.host, flow.at) == ("dns://9.9.9.9/a.cn", "9.9.9.9", AT)
    assert one(other("dns", request=None)).url == "dns://9.9.9.9/"


def test_what_went_wrong_is_kept() -> None:
    flow = one(http(response=None, error={"msg": "connection reset", "timestamp": AT}))
    assert (flow.error, flow.response, flow.status) == ("connection reset", None, None)


def test_a_tunnel_that_was_not_opened_is_opaque() -> None:
    made = http()
    made["request"].update(method=b"CONNECT", host="bank.cn", authority=b"bank.cn:443", path=b"")
    flow = one(made)
    assert (flow.url, flow.opaque, flow.response) == ("https://bank.cn", True, None)


def test_a_body_that_the_proxy_let_through_is_missing() -> None:
    made = http()
    made["response"]["content"] = None
    flows, unread = flows_of(mitm(made))
    assert flows[0].response is not None
    assert (flows[0].response.body, flows[0].response.cut) == (None, True)
    assert words(unread) == []


def test_a_text_stands_for_bytes_where_it_was_so() -> None:
    made = http()
    made["request"].update(content="张三", headers=[["A", "b"], ["x"], 7])
    made["request"]["host"], made["request"]["port"] = b"2001:DB8::1", 8443
    flow = one(made)
    assert flow.request.body == "张三".encode()
    assert flow.request.headers == (("A", "b"),)
    assert flow.url == "https://[2001:db8::1]:8443/v1?id=1"


@pytest.mark.parametrize("end", [1, 50, 400])
def test_half_a_file_gives_the_flows_before_the_cut(end) -> None:
    flows, unread = flows_of(mitm(*[http()] * 3)[:-end])
    assert len(flows) == 2
    assert words(unread) == [("cut", 1)]
    assert unread[0].where == "x.har flow 2"


@pytest.mark.parametrize(
    "bad", [{"type": "x"}, {"type": "http"}, {}, 7, http(request={}, server_conn={"a": 1}),
            other("tcp", server_conn={"a": 1}), other("dns", server_conn={"a": 1}),
            other("websocket", server_conn={"a": 1})],
)  # fmt: skip
def test_a_flow_that_tells_nothing_is_told_and_the_others_are_read(bad) -> None:
    flows, unread = flows_of(mitm(http(), bad, http()))
    assert [flow.number for flow in flows] == [0, 2]
    assert words(unread) == [("entries", 1)]


def test_damage_inside_a_flow_costs_it_alone_and_between_flows_the_rest() -> None:
    broken = tnet(http()).replace(b"4:AAAA", b"").replace(b"0:~", b"0:?", 1)
    flows, unread = flows_of(mitm(http()) + broken + mitm(http()))
    assert len(flows) == 2
    assert words(unread) == [("entries", 1)]
    flows, unread = flows_of(mitm(http()) + b"?" + mitm(http()))
    assert len(flows) == 1
    assert words(unread) == [("damaged", 1)]


def test_a_flow_that_is_too_large_is_told_and_the_others_are_read(monkeypatch) -> None:
    monkeypatch.setattr("hongxian.sensors.session.network.tnetstring.MOST_BYTES", 2_000)
    large = http()
    large["request"]["content"] = b"a" * 3_000_000
    flows, unread = flows_of(mitm(http(), large, http()))
    assert [flow.number for flow in flows] == [0, 2]
    assert words(unread) == [("huge", 1)]
    with pytest.raises(ArtefactError, match="cut off"):
        flows_of(mitm(large)[:-9])
