from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.keep.lane import frames
from hongxian.guards.keep.lane.frames import ProtocolError, message
from hongxian.guards.keep.lane.front import Front, Outcome

BIND = message(b"B", b"p\0s\0" + bytes(6))
STREAM = [
    frames.query(b"select 1"),
    frames.parse(b"s", b"select 2"),
    BIND,
    message(b"D", b"Ss\0"),
    message(b"E", b"p\0\0\0\0\0"),
    message(b"C", b"Pp\0"),
    message(b"H"),
    message(b"S"),
    message(b"d", b"x" * 5_000),
    message(b"c"),
    message(b"f", b"no\0"),
    message(b"F", bytes(10)),
    message(b"B", b"p\0s\0" + b"v" * 9_000),
    frames.query(b"refuse"),
    message(b"X"),
]


class Judge:
    """Lets all through but one text, and holds another."""

    def __init__(self) -> None:
        self.seen: list[object] = []

    def query(self, text: bytes) -> Outcome:
        self.seen.append(text)
        return frames.query(b"no") if text == b"refuse" else ... if text == b"hold" else None

    def parse(self, name: bytes, text: bytes, types: bytes) -> Outcome:
        self.seen.append((name, text, types))
        return None

    def bind(self, portal: bytes, name: bytes, rest: memoryview) -> Outcome:
        self.seen.append((portal, name, bytes(rest[:6])))
        return None

    def named(self, kind: int, what: int, name: bytes, rest: bytes) -> Outcome:
        self.seen.append((chr(kind), chr(what), name, rest))
        return None

    def call(self, oid: int) -> Outcome:
        self.seen.append(oid)
        return None

    def passing(self, kind: int) -> None:
        self.seen.append(chr(kind))


SEEN = [
    b"select 1",
    (b"s", b"select 2", b"\0\0"),
    (b"p", b"s", bytes(6)),
    ("D", "S", b"s", b""),
    ("E", "P", b"p", bytes(4)),
    ("C", "P", b"p", b""),
    "H",
    "S",
    "d",
    "c",
    "f",
    0,
    (b"p", b"s", b"v" * 6),
    b"refuse",
    "X",
]


@given(st.lists(st.integers(1, 900), max_size=60))
def test_any_pieces_give_the_same(sizes: list[int]) -> None:
    data, out, judge = b"".join(STREAM), [], Judge()  # type: ignore[var-annotated]
    front = Front(judge, out.append, 100_000)
    place = 0
    for size in [*sizes, len(data)]:
        if place < len(data):
            front.feed(data[place : place + size])
        place += size
    assert judge.seen == SEEN
    assert b"".join(out) == data.replace(frames.query(b"refuse"), frames.query(b"no"))


def test_large_bindings_are_streamed() -> None:
    out: list[bytes] = []
    judge = Judge()
    front = Front(judge, out.append, 1_000)
    large = message(b"B", b"p\0s\0" + b"v" * 50_000)
    for place in range(0, len(large), 700):
        front.feed(large[place : place + 700])
        assert front.waiting == 0, "nothing of it is kept"
    front.feed(message(b"S"))
    assert (judge.seen, b"".join(out)) == ([(b"p", b"s", b"v" * 6), "S"], large + message(b"S"))


def test_what_is_held_waits_with_all_behind_it() -> None:
    out: list[bytes] = []
    judge = Judge()
    front = Front(judge, out.append, 1_000)
    front.feed(message(b"H") + frames.query(b"hold") + frames.query(b"a") + b"Q\0")
    assert (front.held, out, judge.seen) == (True, [message(b"H")], ["H", b"hold"])
    front.feed(b"\0\0\6b\0")
    front.settled(frames.query(b"instead"))
    assert b"".join(out[1:]) == b"".join(frames.query(one) for one in (b"instead", b"a", b"b"))
    front.feed(frames.query(b"hold") + frames.query(b"hold"))
    front.settled(b"")
    assert front.held


BAD = {
    "length": b"Q\0\0\0\3",
    "kind": b"z\0\0\0\4",
    "password": b"p\0\0\0\4",
    "no end": message(b"Q", b"a"),
    "end within": message(b"Q", b"a\0b\0"),
    "long": b"Q\x7f\0\0\0",
    "long copy": b"d\x7f\xff\xff\xff",
    "long name": b"D\0\1\0\0",
    "sync with a body": message(b"S", b"x"),
    "call": message(b"F", b"x"),
    "describe": message(b"D", b"Xa\0"),
    "describe nothing": message(b"D"),
    "bind": message(b"B", b"a"),
    "execute": message(b"E", b"a\0"),
    "parse types": message(b"P", b"a\0b\0\0\1"),
    "parse name": message(b"P", b"n" * 5_000 + b"\0b\0\0\0"),
    "bind name": b"B\0\1\0\0" + b"n" * 9_000,
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_message(name: str) -> None:
    with pytest.raises(ProtocolError):
        Front(Judge(), [].append, 20_000).feed(BAD[name])


@given(st.binary(max_size=200))
def test_no_bytes_break_it(data: bytes) -> None:
    out: list[bytes] = []
    front = Front(Judge(), out.append, 100)
    try:
        front.feed(data)
    except ProtocolError:
        return
    assert data.startswith(b"".join(out)) or b"refuse" in data or b"hold" in data


def test_what_follows_a_large_message_that_was_refused_goes_nowhere() -> None:
    sent: list[bytes] = []
    judge = Judge()
    judge.bind = lambda *_: frames.query(b"no")  # type: ignore[method-assign]
    front = Front(judge, sent.append, 1_000)
    inner = frames.query(b"drop table t")
    with pytest.raises(ProtocolError, match="long"):
        front.feed(message(b"B", b"p\0s\0" + bytes(2_000) + inner)[:1_500])
    assert sent == []
