"""These tests run tshark over captures that are made here."""

from __future__ import annotations

import gzip

import pytest
from tests.sensors.session.network.hars import flows_of, words
from tests.sensors.session.network.wires import (
    AT,
    PHONE,
    PREFACE,
    SERVER,
    Tcp,
    Tls,
    Wire,
    h2,
    hpack,
    http1,
    pcapng,
    query,
    ws,
)

from hongxian.errors import ArtefactError
from hongxian.sensors.session.network import packets

BODY = b'{"imei": "' + "张".encode() + b"\0" + b"1" * 2_500 + b'"}'
POST = ("POST /v1?id=1 HTTP/1.1", "Host: api.example.cn", f"Content-Length: {len(BODY)}")
OK = "HTTP/1.1 200 OK"


def plain(wire: Wire, server: str = SERVER) -> Wire:
    tcp = Tcp(wire, server=server)
    tcp.send(http1(*POST, body=BODY))
    tcp.got(http1("HTTP/1.1 100 Continue"))
    tcp.got(http1(OK, "Content-Length: 2", "X-A: b: c", body=b"ok"))
    tcp.close()
    return wire


def secret(wire: Wire) -> bytes:
    """Put TLS of HTTP/1 on a wire and return its key log."""
    tls = Tls(Tcp(wire, port=443, local=41_000), "sec.example.cn")
    tls.send(http1("GET /s HTTP/1.1", "Host: sec.example.cn"))
    tls.got(http1(OK, "Content-Length: 2", body=b"ok"))
    return tls.keylog


def test_plain_http_is_read_with_its_whole_body() -> None:
    flows, unread = flows_of(plain(Wire()).pcap())
    (flow,) = flows
    assert (flow.method, flow.url, flow.host, flow.port, flow.status) == (
        "POST", "http://api.example.cn/v1?id=1", "api.example.cn", 80, 200,
    )  # fmt: skip
    assert flow.request.body == BODY
    assert flow.at == pytest.approx(AT + 0.05)
    assert flow.response is not None
    assert (flow.response.body, flow.response.header("x-a")) == (b"ok", "b: c")
    assert flow.locator == "x.har frame 6"
    assert not unread


def test_requests_one_behind_the_other_find_their_responses() -> None:
    wire = Wire()
    tcp = Tcp(wire)
    tcp.send(b"".join(http1(f"GET /{path} HTTP/1.1", "Host: a.cn") for path in "abc"))
    packed = gzip.compress(b"packed")
    chunk = b"%x\r\n" % len(packed) + packed + b"\r\n0\r\n\r\n"
    tcp.got(http1("HTTP/1.1 204 No Content"))
    tcp.got(http1(OK, "Content-Encoding: gzip", "Transfer-Encoding: chunked", body=chunk))
    flows, _ = flows_of(wire.pcap())
    assert [(flow.url, flow.status) for flow in flows] == [
        ("http://a.cn/a", 204), ("http://a.cn/b", 200), ("http://a.cn/c", None),
    ]  # fmt: skip
    assert [flow.number for flow in flows] == [0, 1, 2]
    assert flows[1].response is not None
    body, codings = flows[1].response.body, flows[1].response.codings
    assert (gzip.decompress(body or b"") if codings else body) == b"packed"


def test_tls_is_read_with_its_key_log_and_opaque_without() -> None:
    wire = Wire()
    keylog = secret(wire)
    (flow,), unread = flows_of(wire.pcap(), keylog)
    assert (flow.url, flow.status, flow.opaque) == ("https://sec.example.cn/s", 200, False)
    assert not unread
    (flow,), unread = flows_of(wire.pcap())
    assert (flow.host, flow.port, flow.opaque, flow.at) == ("sec.example.cn", 443, True, AT)
    assert flow.url == "tls://sec.example.cn:443"
    assert words(unread) == []


def test_a_capture_that_carries_its_secrets_is_read_by_itself() -> None:
    wire = Wire()
    keylog = secret(wire)
    (flow,), unread = flows_of(pcapng(wire.pcap(), keylog))
    assert (flow.url, flow.response is not None) == ("https://sec.example.cn/s", True)
    assert not unread


def test_http_2_is_read_stream_by_stream() -> None:
    wire = Wire()
    tls = Tls(Tcp(wire, port=443), "h2.example.cn", ("h2",))
    common = ((":scheme", "https"), (":authority", "h2.example.cn"))
    post = hpack((":method", "POST"), (":path", "/p"), *common, ("content-encoding", "gzip"))
    get = hpack((":method", "GET"), (":path", "/q"), *common, ("x-a", "1"))
    packed = gzip.compress(b'{"a": 1}')
    tls.send(PREFACE + h2(1, 4, 1, post) + h2(0, 0, 1, packed[:9]) + h2(0, 1, 1, packed[9:]))
    tls.send(h2(1, 5, 3, get) + h2(1, 5, 5, get) + h2(1, 5, 7, get))
    tls.got(h2(4, 0, 0) + h2(1, 4, 1, hpack((":status", "200"))) + h2(0, 0, 1, b"one "))
    tls.got(h2(1, 5, 3, hpack((":status", "404"))) + h2(3, 0, 5, b"\0\0\0\1") + h2(0, 1, 1, b"two"))
    tls.got(h2(1, 4, 7, hpack((":status", "200"))) + h2(0, 0, 7, b"half"))
    flows, unread = flows_of(wire.pcap(), tls.keylog)
    found = {flow.number: flow for flow in flows}
    assert [found[number].url.rpartition("/")[2] for number in range(4)] == ["p", "q", "q", "q"]
    assert [found[number].status for number in range(4)] == [200, 404, None, 200]
    assert found[0].request.body == b'{"a": 1}'
    assert found[0].response is not None
    assert (found[0].response.body, found[0].response.cut) == (b"one two", False)
    assert found[1].request.headers == (("x-a", "1"),)
    assert found[2].error == "stream reset"
    assert found[3].response is not None
    assert (found[3].response.body, found[3].response.cut) == (b"half", True)
    assert words(unread) == []


def test_websocket_messages_are_frames_of_their_handshake() -> None:
    wire = Wire()
    tcp = Tcp(wire)
    up = ("Upgrade: websocket", "Connection: Upgrade")
    tcp.send(http1("GET /ws HTTP/1.1", "Host: ws.cn", *up, "Sec-WebSocket-Key: dGhlIHNhbXBsZQ=="))
    tcp.got(http1("HTTP/1.1 101 Switching Protocols", *up, "Sec-WebSocket-Accept: s3pPLMBiTxaQ9"))
    tcp.send(ws(b'{"lat": 1}', sent=True) + ws(b"two", sent=True) + ws(b"", sent=True, opcode=9))
    tcp.got(ws(b"\xff\x00", sent=False, opcode=2))
    (flow,), _ = flows_of(wire.pcap())
    assert (flow.url, flow.status) == ("http://ws.cn/ws", 101)
    assert [(frame.sent, frame.data) for frame in flow.frames] == [
        (True, b'{"lat": 1}'), (True, b"two"), (False, b"\xff\x00"),
    ]  # fmt: skip
    assert flow.frames[0].at == pytest.approx(AT + 0.05)


def test_a_look_up_tells_the_name() -> None:
    wire = Wire()
    wire.udp((PHONE, 5_000), ("8.8.8.8", 53), query("api.example.cn"))
    wire.udp(("8.8.8.8", 53), (PHONE, 5_000), query("api.example.cn", SERVER))
    (flow,), _ = flows_of(wire.pcap())
    assert (flow.url, flow.host, flow.port) == ("dns://8.8.8.8/api.example.cn", "8.8.8.8", 53)


def test_what_is_not_known_is_an_opaque_peer_and_the_network_at_hand_is_none() -> None:
    wire = Wire()
    Tcp(wire, port=5_222).send(b"\1\2\3")
    Tcp(wire, port=5_223, local=41_000, server="1.2.3.4", syn=False).got(b"\1\2\3")
    wire.udp((PHONE, 6_000), ("5.6.7.8", 9_000), b"\1\2\3")
    wire.udp((PHONE, 6_000), ("224.0.0.251", 9_000), b"\1\2\3")
    flows, unread = flows_of(wire.pcap())
    assert [flow.url for flow in flows] == [
        f"tcp://{SERVER}:5222", "tcp://1.2.3.4:5223", "udp://5.6.7.8:9000",
    ]  # fmt: skip
    assert all(flow.opaque for flow in flows)
    assert words(unread) == []


def test_a_tunnel_leaves_the_name_of_what_is_behind_it() -> None:
    wire = Wire()
    tcp = Tcp(wire, port=8_080)
    tcp.send(http1("CONNECT bank.cn:443 HTTP/1.1", "Host: bank.cn:443"))
    tcp.got(http1("HTTP/1.1 200 Connection established"))
    (flow,), _ = flows_of(wire.pcap())
    assert (flow.host, flow.opaque) == ("bank.cn", True)


def test_half_a_capture_gives_what_was_before_the_cut() -> None:
    whole = plain(plain(Wire()), "1.2.3.4").pcap()
    flows, unread = flows_of(whole[:-700])
    assert [flow.status for flow in flows][:1] == [200]
    assert ("cut", 1) in words(unread)


def test_a_capture_of_nothing_is_whole_and_a_broken_one_an_error() -> None:
    assert flows_of(Wire().pcap()) == ([], [])
    with pytest.raises(ArtefactError, match="damaged"):
        flows_of(Wire().pcap()[:12] + b"\xff" * 40)


def test_packets_that_come_out_broken_are_counted(monkeypatch) -> None:
    read = packets.read_packet
    monkeypatch.setattr(
        packets, "read_packet", lambda data: read(data) if b"1.2.3.4" in data else None
    )
    flows, unread = flows_of(plain(plain(Wire()), "1.2.3.4").pcap())
    assert [flow.status for flow in flows] == [200]
    assert words(unread) == [("packets", 4)]


def test_without_tshark_nothing_is_claimed(monkeypatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(ArtefactError, match="tshark, which is not installed"):
        flows_of(plain(Wire()).pcap())
