from __future__ import annotations

import httptools
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.guards.gate.live.test_heads import REFUSED, TAKEN

from hongxian.guards.gate.live.heads import HeadError, RequestHead, RequestReader
from hongxian.guards.gate.live.plain_heads import HOP, head_end, plain_answer, plain_request

GET = b"GET /a?b=1 HTTP/1.1\r\nHost: a.cn\r\nX-User:  u \r\nConnection: keep-alive\r\n\r\n"
OK = b"HTTP/1.1 200 OK\r\nServer: x\r\nContent-Length: 2\r\n\r\n"
BYTES = st.sampled_from(list(b"\r\n\t :;,_-/#?*aAzZ019.\0\x7f\x80\xff\x0b{\"'"))
NAMES = st.sampled_from([
    b"Host", b"X-A", b"Content-Length", b"content-length", b"Transfer-Encoding", b"Connection",
    b"Upgrade", b"X_B", b"Expect", b"TE", b"", b"a b", b"\xffa",
])  # fmt: skip
VALUES = st.sampled_from([
    b"a.cn", b"3", b"007", b"3, 3", b" 3 ", b"+3", b"", b"chunked", b"close", b"keep-alive", b"\t",
    b"Upgrade", b"x\xe4", b"9" * 16, b"a\x0bb", b"100-continue",
])  # fmt: skip
HEADERS = st.lists(st.tuples(NAMES, VALUES), max_size=5)


class Answered:
    """What llhttp reads in an answer."""

    def __init__(self, data: bytes) -> None:
        self.headers: list[tuple[bytes, bytes]] = []
        self.reason, self.body, self.ended, self.keeps = b"", b"", False, False
        self.parser = httptools.HttpResponseParser(self)
        self.parser.feed_data(data)

    def on_status(self, status: bytes) -> None:
        self.reason += status

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name.lower(), value.strip(b" \t")))

    def on_headers_complete(self) -> None:
        self.keeps = self.parser.should_keep_alive()

    def on_body(self, data: bytes) -> None:
        self.body += data

    def on_message_complete(self) -> None:
        self.ended = True


def test_a_plain_request_is_read_at_once() -> None:
    found = plain_request(GET)
    assert found is not None
    assert found[:3] == ("GET", "/a?b=1", 1)
    assert found[3].lines == b"host: a.cn\r\nx-user: u\r\n"
    assert (found[3].keeps, found[3].closes, found[3].length, found[3].odd) == (True, False, -1, 0)


def test_a_plain_answer_is_read_at_once() -> None:
    found = plain_answer(OK)
    assert found is not None
    assert (*found[:2], list(found[2]), found[2].length) == (200, b"OK", [(b"server", b"x")], 2)


def test_the_host_goes_before_all_else() -> None:
    found = plain_request(b"GET / HTTP/1.1\r\nA: 1\r\nHost:b\r\nRange: c\r\n\r\n")
    assert found is not None
    assert found[3].lines == b"host: b\r\na: 1\r\nrange: c\r\n"
    assert (found[3].odd, found[3].count) == (True, 3)


def test_type_and_coding_of_an_answer_are_told() -> None:
    more = b"Content-Type: a/b\r\nETag: x\r\nContent-Encoding: gzip\r\nDate: y\r\n\r\n"
    found = plain_answer(OK[:-2] + more)
    assert found is not None
    assert (found[2].kind, found[2].coding) == (b"a/b", b"gzip")
    assert found[2].unchanged() == b"server: x\r\ncontent-type: a/b\r\ndate: y\r\n"


@given(st.lists(st.sampled_from([b"\r", b"\n", b"a", b"\t", b"\r\n\r\n", b"bcd"])))
def test_the_end_of_a_head_is_behind_its_first_empty_line(parts: list[bytes]) -> None:
    data = b"".join(parts)
    at = data.find(b"\r\n\r\n")
    assert head_end(data) == (-1 if at < 0 else at + 4)


@pytest.mark.parametrize("head", [
    OK.replace(b"200", b"204"), OK.replace(b"200", b"100"), OK.replace(b"200", b"2x0"),
    OK.replace(b"1.1", b"1.0"), OK.replace(b"OK", b"O\0"),
    OK.replace(b"Content-Length: 2\r\n", b""), OK[:-1], b"",
    OK.replace(b"Server", b"Transfer-Encoding"), OK.replace(b" OK", b""),
    OK.replace(b"Server: x", b"Content-Type:"), OK.replace(b"Server: x", b"A: " + b"x" * 20_000),
    OK.replace(b"Server: x", b"Content-Type: a\r\nContent-Type: b"),
    OK.replace(b"Server: x", b"Content-Encoding: a\r\nContent-Encoding: b"),
])  # fmt: skip
def test_any_other_answer_is_left(head: bytes) -> None:
    assert plain_answer(head) is None


@pytest.mark.parametrize("name", REFUSED)
def test_nothing_is_taken_that_is_refused(name: str) -> None:
    assert RequestReader().plain(REFUSED[name]) is None


@given(st.binary(max_size=80), st.integers(0, 60), BYTES)
@example(b"", 4, 0x0D)
def test_nothing_is_read_otherwise_than_llhttp_does(noise: bytes, place: int, one: int) -> None:
    for data in (noise + b"\r\n\r\n", GET[:place] + bytes([one]) + GET[place:],
                 GET[:place] + bytes([one]) + GET[place + 1 :]):  # fmt: skip
        compared(data)


@given(HEADERS, st.sampled_from([b"/", b"/a?b#c", b"*", b'/"<>^`{|}', b"http://a.cn/", b"//a"]))
def test_headers_are_read_as_llhttp_does(headers: list, target: bytes) -> None:
    lines = b"".join(name + b":" + value + b"\r\n" for name, value in headers)
    compared(b"POST " + target + b" HTTP/1.1\r\nHost: a\r\n" + lines + b"\r\n")


def compared(data: bytes) -> None:
    """Check that the plain reader takes what llhttp takes, and the same."""
    found = RequestReader().plain(data)
    if found is not None:
        assert told_of(found) == told_of(RequestReader().framed(data))


def told_of(head: RequestHead) -> list[object]:
    """Return all that is read in a head."""
    return [head.method, head.target, list(head.headers), head.length, head.keep, head.newer,
            head.upgrade, head.expects]  # fmt: skip


def test_too_many_headers_are_refused() -> None:
    with pytest.raises(HeadError, match="many_headers"):
        RequestReader(2).plain(GET)


@given(
    HEADERS, st.binary(max_size=20), st.sampled_from([b"200 OK", b"404 No", b"299 ", b"500 \xff"])
)
def test_answers_are_read_as_llhttp_does(headers: list, body: bytes, status: bytes) -> None:
    lines = b"".join(name + b": " + value + b"\r\n" for name, value in headers)
    head = b"HTTP/1.1 " + status + b"\r\nContent-Length: %d\r\n" % len(body) + lines + b"\r\n"
    found = plain_answer(head)
    if found is not None:
        told = Answered(head + body)
        kept = [pair for pair in told.headers if pair[0] not in (*HOP, b"content-length")]
        assert (told.parser.get_status_code(), kept) == (found[0], list(found[2]))
        assert (told.reason, told.body, told.ended) == (found[1], body, True)
        assert (told.keeps, len(body)) == (not found[2].closes, found[2].length)


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_taken_is_the_same(name: str) -> None:
    compared(TAKEN[name])
