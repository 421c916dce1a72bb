from __future__ import annotations

import h11
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.gate.live.chunks import LAST, LONGEST_LINE, Chunks, chunk
from hongxian.guards.gate.live.heads import HeadError


def read(data: bytes, cuts: list[int] | None = None) -> tuple[bytes, bool, bytes]:
    """Return body, whether it ended, and what stands behind it."""
    chunks = Chunks()
    body, start = b"", 0
    for end in [*sorted(cuts or []), len(data)]:
        if end > start and not chunks.done:
            body += chunks.feed(data[start:end])
            start = end
    return body, chunks.done, chunks.rest + data[start:]


@pytest.mark.parametrize(("sent", "body"), [
    (b"3\r\nabc\r\n0\r\n\r\n", b"abc"),
    (b"3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n", b"abc0123456789"),
    (b"0\r\n\r\n", b""), (b"0\r\nX: y\r\nZ:\r\n\r\n", b""), (b"003\r\nabc\r\n00\r\n\r\n", b"abc"),
    (b"2\r\n\r\n\r\n0\r\n\r\n", b"\r\n"), (b'1;a="b"\r\nx\r\n0;z\r\n\r\n', b"x"),
])  # fmt: skip
def test_bodies_in_chunks_are_read(sent: bytes, body: bytes) -> None:
    for cut in range(len(sent) + 1):
        assert read(sent + b"GET", [cut]) == (body, True, b"GET")


@pytest.mark.parametrize("sent", [
    b"-3\r\nabc", b"+3\r\nabc", b"0x3\r\nabc", b"3 \r\nabc", b" 3\r\nabc", b"3\nabc\n0\n\n",
    b"3\r\nabcd\r\n", b"3\r\nabc\n0\r\n\r\n", b"3\r\nabc0\r\n\r\n", b"\r\n", b"g\r\n", b"3;\n\r\n",
    b"fffffffffffffffff\r\n", b"3\r\nabc\rX", b"0\r\nX\r\n\r\n", b"0\r\n X: y\r\n\r\n",
    b"0\r\nX: \0\r\n\r\n",
    b"0\r\nX : y\r\n\r\n", b"3;" + b"a" * LONGEST_LINE + b"\r\nabc", b"1" * (LONGEST_LINE + 2),
    b"0\r\n" + b"X: y\r\n" * LONGEST_LINE, b"1\rx", b"3;a\rb\r\nabc", b"3;\0\r\nabc",
])  # fmt: skip
def test_what_two_readers_could_read_differently_is_refused(sent: bytes) -> None:
    with pytest.raises(HeadError):
        read(sent)
    with pytest.raises(HeadError):
        read(sent, list(range(len(sent))))


@given(st.lists(st.binary(max_size=20), max_size=5), st.lists(st.integers(0, 120), max_size=6))
def test_wherever_bytes_are_cut_the_body_is_the_same(pieces: list[bytes], cuts: list[int]) -> None:
    sent = b"".join(map(chunk, pieces)) + LAST
    assert read(sent + b"next", cuts) == (b"".join(pieces), True, b"next")


PARTS = st.sampled_from([
    b"3", b"a", b"\r\n", b"\r", b"\n", b"abc", b"0", b";x", b" ", b"X: y",
    b"0\r\n\r\n", b"3\r\nabc\r\n",
])  # fmt: skip


@given(st.lists(PARTS, max_size=8), st.lists(st.integers(0, 60), max_size=4))
def test_the_outcome_does_not_hang_on_cuts_and_another_reader_agrees(
    parts: list[bytes], cuts: list[int]
) -> None:
    sent = b"".join(parts)

    def outcome(where: list[int]) -> object:
        try:
            return read(sent, where)
        except HeadError:
            return None

    whole = outcome([])
    assert outcome(cuts) == whole
    if whole is not None and whole[1]:  # type: ignore[index]
        assert whole[0] == _by_h11(sent)  # type: ignore[index]


def _by_h11(sent: bytes) -> bytes:
    connection = h11.Connection(h11.SERVER)
    connection.receive_data(
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + sent
    )
    assert isinstance(connection.next_event(), h11.Request)
    body = b""
    while isinstance(event := connection.next_event(), h11.Data):
        body += bytes(event.data)
    assert isinstance(event, h11.EndOfMessage)
    return body


def test_nothing_is_no_chunk() -> None:
    assert chunk(b"") == b""
    assert chunk(b"abc") == b"3\r\nabc\r\n"
