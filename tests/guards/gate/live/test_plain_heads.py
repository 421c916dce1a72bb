from __future__ import annotations

import httptools
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.guards.gate.live.test_heads import REFUSED, TAKEN

from hongxian.guards.gate.live.heads import RequestReader
from hongxian.guards.gate.live.plain_heads import plain_answer, plain_request

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
    assert plain_request(GET) == (
        "GET", "/a?b=1", 1,
        [(b"host", b"a.cn"), (b"x-user", b"u"), (b"connection", b"keep-alive")],
    )  # fmt: skip


def test_a_plain_answer_is_read_at_once() -> None:
    assert plain_answer(OK) == (200, b"OK", [(b"server", b"x"), (b"content-length", b"2")], 2)


@pytest.mark.parametrize("head", [
    OK.replace(b"200", b"204"), OK.replace(b"200", b"100"), OK.replace(b"200", b"2x0"),
    OK.replace(b"1.1", b"1.0"), OK.replace(b"OK", b"O\0"),
    OK.replace(b"Content-Length: 2\r\n", b""), OK[:-1], b"",
    OK.replace(b"Server", b"Transfer-Encoding"), OK.replace(b" OK", b""),
])  # fmt: skip
def test_any_other_answer_is_left(head: bytes) -> None:
    assert plain_answer(head) is None


@pytest.mark.parametrize("name", REFUSED)
def test_nothing_is_taken_that_is_refused(name: str) -> None:
    found = plain_request(REFUSED[name])
    if found is not None:  # what is wrong is found later, in the headers that both readers tell
        assert found[3] == RequestReader()._parsed(REFUSED[name])[3]


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
    found = plain_request(data)
    if found is not None:
        assert RequestReader()._parsed(data) == found


@given(
    HEADERS, st.binary(max_size=20), st.sampled_from([b"200 OK", b"404 No", b"299 ", b"500 \xff"])
)
def test_answers_are_read_as_llhttp_does(headers: list, body: bytes, status: bytes) -> None:
    lines = b"".join(name + b": " + value + b"\r\n" for name, value in headers)
    head = b"HTTP/1.1 " + status + b"\r\nContent-Length: %d\r\n" % len(body) + lines + b"\r\n"
    found = plain_answer(head)
    if found is not None:
        told = Answered(head + body)
        assert (told.parser.get_status_code(), told.headers) == (found[0], found[2])
        assert (told.reason, told.body, told.ended, found[3]) == (found[1], body, True, len(body))
        assert told.keeps == ((b"connection", b"close") not in found[2])


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_taken_is_the_same(name: str) -> None:
    compared(TAKEN[name])
