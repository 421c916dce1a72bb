from __future__ import annotations

import h11
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.gate.live.heads import (
    HeadError,
    RequestReader,
    answer_bytes,
    length_line,
    request_bytes,
)


def head(line: str = "POST /a?b=c HTTP/1.1", *headers: str) -> bytes:
    return "\r\n".join([line, *headers, "", ""]).encode("latin-1")


H = "Host: a.cn"
TAKEN = {
    "plain": head("GET / HTTP/1.1", H),
    "length": head("POST / HTTP/1.1", H, "Content-Length: 12"),
    "chunks": head("POST / HTTP/1.1", H, "Transfer-Encoding: Chunked"),
    "old": head("GET / HTTP/1.0"),
    "empty value": head("GET / HTTP/1.1", H, "X:"),
    "text value": head("GET / HTTP/1.1", H, "X: \xe4\xb8\xad"),
    "no host named": head("GET / HTTP/1.1", "Host:"),
    "port": head("GET / HTTP/1.1", "Host: [::1]:80"),
}
REFUSED = {
    "CL.TE": head("POST / HTTP/1.1", H, "Content-Length: 6", "Transfer-Encoding: chunked"),
    "TE.CL": head("POST / HTTP/1.1", H, "Transfer-Encoding: chunked", "Content-Length: 6"),
    "two lengths": head("POST / HTTP/1.1", H, "Content-Length: 6", "Content-Length: 6"),
    "different lengths": head("POST / HTTP/1.1", H, "Content-Length: 6", "Content-Length: 7"),
    "list of lengths": head("POST / HTTP/1.1", H, "Content-Length: 6, 6"),
    "signed length": head("POST / HTTP/1.1", H, "Content-Length: +6"),
    "negative length": head("POST / HTTP/1.1", H, "Content-Length: -6"),
    "hex length": head("POST / HTTP/1.1", H, "Content-Length: 0x6"),
    "spaced length": head("POST / HTTP/1.1", H, "Content-Length: 6 6"),
    "empty length": head("POST / HTTP/1.1", H, "Content-Length:"),
    "huge length": head("POST / HTTP/1.1", H, "Content-Length: 99999999999999999999999"),
    "TE list": head("POST / HTTP/1.1", H, "Transfer-Encoding: gzip, chunked"),
    "TE twice": head("POST / HTTP/1.1", H, *["Transfer-Encoding: chunked"] * 2),
    "TE then other": head("POST / HTTP/1.1", H, "Transfer-Encoding: chunked",
                          "Transfer-Encoding: x"),
    "TE other": head("POST / HTTP/1.1", H, "Transfer-Encoding: xchunked"),
    "TE identity": head("POST / HTTP/1.1", H, "Transfer-Encoding: identity"),
    "TE tab": head("POST / HTTP/1.1", H, "Transfer-Encoding: \x0bchunked"),
    "TE quoted": head("POST / HTTP/1.1", H, 'Transfer-Encoding: "chunked"'),
    "TE in HTTP/1.0": head("POST / HTTP/1.0", H, "Transfer-Encoding: chunked"),
    "TE lookalike": head("POST / HTTP/1.1", H, "Transfer_Encoding: chunked"),
    "CL lookalike": head("POST / HTTP/1.1", H, "Content_Length: 3"),
    "space before colon": head("GET / HTTP/1.1", H, "X : a"),
    "tab before colon": head("POST / HTTP/1.1", H, "Content-Length\t: 6"),
    "obs-fold": head("GET / HTTP/1.1", H, "X: a", " b"),
    "first line folded": head("GET / HTTP/1.1", " Host: a"),
    "no name": head("GET / HTTP/1.1", H, ": a"),
    "no colon": head("GET / HTTP/1.1", H, "X"),
    "NUL in value": head("GET / HTTP/1.1", H, "X: a\0b"),
    "NUL in name": head("GET / HTTP/1.1", H, "X\0: a"),
    "NUL in target": head("GET /\0 HTTP/1.1", H),
    "control in value": head("GET / HTTP/1.1", H, "X: a\x01b"),
    "CR in value": head("GET / HTTP/1.1", H, "X: a\rb"),
    "LF in value": head("GET / HTTP/1.1", H, "X: a\nTransfer-Encoding: chunked"),
    "LF ends": b"GET / HTTP/1.1\nHost: a\n\r\n\r\n",
    "two spaces": head("GET  / HTTP/1.1", H),
    "space in target": head("GET /a b HTTP/1.1", H),
    "tab in line": head("GET\t/ HTTP/1.1", H),
    "no target": head("GET HTTP/1.1", H),
    "HTTP/0.9": b"GET /\r\n\r\n",
    "HTTP/1.2": head("GET / HTTP/1.2", H),
    "HTTP/2.0": head("GET / HTTP/2.0", H),
    "RTSP": head("GET / RTSP/1.0", H),
    "unknown method": head("FETCH / HTTP/1.1", H),
    "small method": head("get / HTTP/1.1", H),
    "no host": head("GET / HTTP/1.1"),
    "two hosts": head("GET / HTTP/1.1", H, H),
    "host with path": head("GET / HTTP/1.1", "Host: a/b"),
    "host with user": head("GET / HTTP/1.1", "Host: a@b"),
    "other host in target": head("GET http://b/ HTTP/1.1", H),
    "relative target": head("GET a HTTP/1.1", H),
    "star": head("GET * HTTP/1.1", H),
    "expect": head("POST / HTTP/1.1", H, "Expect: more"),
    "connect": head("CONNECT a:1 HTTP/1.1", H),
    "trace": head("TRACE / HTTP/1.1", H),
    "websocket with body": head("GET / HTTP/1.1", H, "Connection: upgrade", "Upgrade: websocket",
                                "Content-Length: 3"),
    "websocket by POST": head("POST / HTTP/1.1", H, "Connection: upgrade", "Upgrade: websocket"),
}  # fmt: skip


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_right_is_taken(name: str) -> None:
    RequestReader().read(TAKEN[name])


@pytest.mark.parametrize("name", REFUSED)
def test_what_two_readers_could_read_differently_is_refused(name: str) -> None:
    with pytest.raises(HeadError) as refused:
        RequestReader().read(REFUSED[name])
    assert refused.value.status in (400, 405, 417, 431)
    assert refused.value.reason.replace("_", "").replace("-", "").isalnum()


def test_a_head_read_at_once_goes_on_as_any_other() -> None:
    told = head("POST /a HTTP/1.1", H, "Content-Length: 12", "X: \xe4", "Connection: close")
    plain, framed = RequestReader().plain(told), RequestReader().framed(told)
    assert plain is not None
    assert (plain.length, plain.keep) == (framed.length, framed.keep) == (12, False)
    sent = request_bytes(framed, framed.headers, 12)
    assert request_bytes(plain, plain.headers, 12) == sent
    assert request_bytes(plain, b"host: a.cn\r\nx: \xe4\r\n", 12) == sent
    assert RequestReader().plain(REFUSED["host with path"]) is None
    with pytest.raises(HeadError, match="many_headers"):
        RequestReader(2).plain(told)


def test_lengths_are_told_known_or_not() -> None:
    for length in (0, 7, 7, 1 << 20):
        assert length_line(length) == b"content-length: %d\r\n" % length


def test_too_many_headers_are_refused() -> None:
    with pytest.raises(HeadError, match="many_headers"):
        RequestReader(3).read(head("GET / HTTP/1.1", H, "A: 1", "B: 2", "C: 3"))


def test_what_is_for_the_next_hop_goes_no_further() -> None:
    read = RequestReader().read(head(
        "GET / HTTP/1.1", H, "Connection: close, X-Own", "X-Own: 1", "Keep-Alive: 5", "TE: t",
        "Proxy-Authorization: b", "X-Kept:  2\t",
    ))  # fmt: skip
    assert list(read.headers) == [(b"host", b"a.cn"), (b"x-kept", b"2")]
    assert not read.keep


@pytest.mark.parametrize(("version", "connection", "keep"), [
    ("1.1", "", True), ("1.1", "Connection: close", False), ("1.1", "Connection: Keep-Alive", True),
    ("1.0", "", False), ("1.0", "Connection: keep-alive", True),
])  # fmt: skip
def test_a_connection_goes_on_as_http_says(version: str, connection: str, keep: bool) -> None:
    told = [H, connection] if connection else [H]
    assert RequestReader().read(head(f"GET / HTTP/{version}", *told)).keep is keep


def test_bodies_are_told() -> None:
    assert RequestReader().read(TAKEN["length"]).length == 12
    assert RequestReader().read(TAKEN["chunks"]).length == -1
    waits = RequestReader().read(head("POST / HTTP/1.1", H, "Expect: 100-Continue"))
    assert waits.expects


def test_a_target_with_its_host_is_one_without() -> None:
    for target, plain in (
        ("http://a.cn/b?c", "/b?c"),
        ("http://A.cn", "/"),
        ("http://a.cn?x", "/?x"),
    ):
        assert RequestReader().read(head(f"GET {target} HTTP/1.1", H)).target == plain
    old = RequestReader().read(head("GET http://b.cn/ HTTP/1.0"))
    assert list(old.headers) == [(b"host", b"b.cn")]
    assert RequestReader().read(head("OPTIONS * HTTP/1.1", H)).target == "*"


def test_only_websockets_are_upgrades() -> None:
    both = ("Connection: keep-alive, Upgrade", "Upgrade: WebSocket")
    assert RequestReader().read(head("GET / HTTP/1.1", H, *both)).upgrade
    for told in (("Connection: upgrade", "Upgrade: h2c"), ("Upgrade: websocket",)):
        assert not RequestReader().read(head("GET / HTTP/1.1", H, *told)).upgrade


def test_heads_are_written_so_that_they_are_read_as_meant() -> None:
    read = RequestReader().read(TAKEN["length"])
    for length, line in ((12, b"content-length: 12"), (0, b"content-length: 0"), (-1, b"chunked")):
        sent = request_bytes(read, read.headers, length)
        assert line in sent
        assert RequestReader().read(sent).length == length
    ws = RequestReader().read(
        head("GET / HTTP/1.1", H, "Connection: Upgrade", "Upgrade: websocket")
    )
    assert RequestReader().read(request_bytes(ws, ws.headers, 0)).upgrade
    assert answer_bytes(200, b"OK", [(b"a", b"b")], b"c: d\r\n") == (
        b"HTTP/1.1 200 OK\r\na: b\r\nc: d\r\n\r\n"
    )


def h11_takes(data: bytes) -> bool:
    connection = h11.Connection(h11.SERVER)
    connection.receive_data(data)
    try:
        return isinstance(connection.next_event(), h11.Request)
    except h11.RemoteProtocolError:
        return False


PIECES = st.sampled_from([
    "Host: a", "Host: b", "Content-Length: 3", "Content-Length: 4", "Content-Length : 3",
    "Transfer-Encoding: chunked", "Transfer-Encoding: x", "X: a\nb", "X: a\rb", "X: a\0b", " X: y",
    "X",
    "Connection: close", "X: \x7f", "X\x80: a", "Content-Length: 3a", "Expect: 100-continue", ": b",
    "Transfer-Encoding: chunked, chunked", "Content-Length: 3,3", "X:\ty", "X: \x80",
])  # fmt: skip
LINES = st.sampled_from([
    "GET / HTTP/1.1", "POST /a HTTP/1.1", "GET / HTTP/1.0", "GET /", "GET / HTTP/1.1 ",
    " GET / HTTP/1.1",
    "GET / HTTP/2.0", "GET /a\tb HTTP/1.1", "GET /\x80 HTTP/1.1", "G@T / HTTP/1.1",
])  # fmt: skip


@given(LINES, st.lists(PIECES, max_size=5))
def test_what_another_strict_reader_refuses_is_refused_here(line: str, headers: list[str]) -> None:
    data = head(line, *headers)
    try:
        RequestReader().read(data)
    except HeadError:
        return
    assert h11_takes(data)


@given(st.binary(max_size=100))
def test_any_bytes_are_taken_or_refused(data: bytes) -> None:
    try:
        RequestReader().read(b"GET / HTTP/1.1\r\nHost: a\r\n" + data + b"\r\n\r\n")
    except HeadError as error:
        refused = error.status
    else:
        refused = 0
    assert refused in (0, 400, 405, 417, 431)
