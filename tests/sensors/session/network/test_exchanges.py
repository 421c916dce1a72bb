from __future__ import annotations

from typing import Any

import pytest

from hongxian.sensors.session.network import exchanges as module
from hongxian.sensors.session.network.exchanges import Exchanges, Side
from hongxian.sensors.session.network.pdml import Group, Packet

PHONE, SERVER = ("10.0.0.2", 4000), ("1.2.3.4", 443)


def packet(*groups: Group, sent: bool = True, stream: str = "tcp 0", **more: Any) -> Packet:
    ends = (PHONE, SERVER) if sent else (SERVER, PHONE)
    made = {"number": 1, "at": 5.0, "opens": False, "answers": False, "protocols": "eth:ip:tcp"}
    return Packet(source=ends[0], target=ends[1], stream=stream, groups=groups, **{**made, **more})


def group(kind: str, *fields: tuple[str, str], **more: str) -> Group:
    named = [(f"{kind}.{name}", shown) for name, shown in more.items()]
    return Group(kind, [(name, shown, shown.encode().hex()) for name, shown in [*fields, *named]])


def request(path: str = "/") -> Group:
    return group("http", ("http.request.method", "GET"), ("http.request.uri", path))


def response(code: str = "200") -> Group:
    return group("http", ("http.response.code", code), ("http.file_data", "ok"))


def frame(stream: str, *headers: tuple[str, str], kind: str = "1", end: str = "1") -> Group:
    named = [pair for name, value in headers
             for pair in (("http2.header.name", name), ("http2.header.value", value))]  # fmt: skip
    head = [("http2.streamid", stream), ("http2.type", kind), ("http2.flags.end_stream", end)]
    return group("http2", *head, *named)


def told(*packets: Packet) -> list:
    exchanges = Exchanges("x")
    flows = [flow for one in packets for flow in exchanges.take(one)]
    return [*flows, *exchanges.rest()]


def test_a_request_and_its_response_are_one_flow() -> None:
    (flow,) = told(packet(request("/a")), packet(response(), sent=False))
    assert (flow.url, flow.status, flow.response.body) == ("http://1.2.3.4:443/a", 200, b"ok")


def test_a_response_alone_is_only_a_peer() -> None:
    (flow,) = told(packet(response(), sent=False, answers=True))
    assert flow.opaque


def test_a_url_that_a_proxy_was_given_is_kept_whole() -> None:
    assert told(packet(request("http://a.cn/b")))[0].url == "http://a.cn/b"


@pytest.mark.parametrize(("sent", "more"), [(True, {"opens": True}), (False, {"answers": True}),
                                            (False, {}), (True, {})])  # fmt: skip
def test_the_server_is_found_from_any_first_packet(sent, more) -> None:
    (flow,) = told(packet(sent=sent, **more))
    assert (flow.url, flow.port) == ("tcp://1.2.3.4:443", 443)


def test_the_name_that_tls_was_told_is_the_host() -> None:
    hello = group("tls", ("tls.handshake.extensions_server_name", "A.cn"))
    assert told(packet(hello))[0].url == "tls://a.cn:443"
    (flow,) = told(packet(hello, protocols="eth:ip:udp:quic:tls", stream="udp 0"))
    assert (flow.url, flow.opaque) == ("quic://a.cn:443", True)


def test_http_2_from_the_middle_tells_who_asks_by_what_is_asked() -> None:
    asked = frame("1", (":method", "GET"), (":path", "/"), (":authority", "a.cn"))
    answered = frame("1", (":status", "200"), ("x-a", "1"))
    (flow,) = told(packet(asked, sent=False), packet(answered, sent=True))
    assert (flow.url, flow.status) == ("https://a.cn:4000/", 200)
    assert flow.response.headers == (("x-a", "1"),)


def test_control_of_http_2_is_no_exchange() -> None:
    assert told(packet(frame("0", kind="4"), frame("1", kind="8"), frame("x"))) == []


def test_messages_without_their_handshake_are_kept() -> None:
    message = group("websocket", opcode="1", mask="1")
    message.fields.append(("websocket.payload.text", "hi", b"hi".hex()))
    (flow,) = told(packet(message))
    assert (flow.url, flow.frames[0].data, flow.frames[0].sent) == ("ws://1.2.3.4:443", b"hi", True)


def test_no_more_connections_than_agreed_are_held(monkeypatch) -> None:
    monkeypatch.setattr(module, "MOST_OPEN", 2)
    exchanges = Exchanges("x")
    streams = [f"tcp {number}" for number in range(5)]
    early = [flow for one in streams for flow in exchanges.take(packet(stream=one))]
    assert len(early) == 3
    assert len(list(exchanges.rest())) == 2


def test_a_body_that_is_too_long_is_cut(monkeypatch) -> None:
    monkeypatch.setattr(module, "MOST_BODY", 5)
    side = Side(ended=True)
    side.add(b"abc")
    assert not side.message().cut
    side.add(b"defg")
    assert (side.message().body, side.message().cut) == (b"abcde", True)


@pytest.mark.parametrize("address", ["", "224.0.0.1", "255.255.255.255", "ff02::fb", "0.0.0.0"])
def test_the_network_at_hand_is_no_peer(address) -> None:
    one = packet()
    other = Packet(**{name: getattr(one, name) for name in Packet.__slots__} | {
        "target": (address, 9)})  # fmt: skip
    assert told(other) == []
