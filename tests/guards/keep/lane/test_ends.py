from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from hongxian.guards.keep.lane import ends, fast
from hongxian.guards.keep.lane.frames import ProtocolError, message, query
from hongxian.guards.keep.lane.front import Front

PLAIN = SimpleNamespace(ClientEnd=ends.ClientEnd, ServerEnd=ends.ServerEnd, Front=Front)
WAYS = pytest.mark.parametrize(
    "way", [PLAIN, fast.compiled() or PLAIN], ids=["plain", "as it is here"]
)


class Told:
    """Writes down what an end is told."""

    seen: list[object]

    def begin(self, data: bytes) -> None:
        self.seen.append(data)
        if data == b"bad":
            raise ProtocolError("first")

    def pause(self) -> None:
        self.seen.append("pause")

    def wrong(self, error: ProtocolError) -> None:
        self.seen.append(str(error))

    def query(self, text: bytes) -> Any:
        return ... if text == b"hold" else None


def client(way: Any) -> Any:
    class One(Told, way.ClientEnd):  # type: ignore[misc]
        def __init__(self) -> None:
            super(Told, self).__init__()
            self.seen = []

    return One()


@WAYS
def test_a_client_s_bytes_go_to_the_front_once_it_is_let_in(way: Any) -> None:
    one, out = client(way), []  # type: ignore[var-annotated]
    one.data_received(b"start")
    one.data_received(b"bad")
    assert one.seen == [b"start", b"bad", "first"]
    one.front = way.Front(one, out.append, 1 << 21)
    one.data_received(query(b"a"))
    assert (out, one.seen[3:]) == ([query(b"a")], [])
    one.data_received(query(b"hold"))
    one.data_received(b"x" * ends.HIGH)
    assert one.seen[3:] == [], "it is full, and no fuller"
    one.data_received(b"x")
    assert one.seen[3:] == ["pause"]


@WAYS
def test_a_client_that_speaks_no_protocol(way: Any) -> None:
    one = client(way)
    one.front = way.Front(one, [].append, 99)
    one.data_received(b"z\0\0\0\4")
    assert one.seen == ["kind"]


@WAYS
def test_a_server_s_bytes_go_to_the_session(way: Any) -> None:
    class One(Told, way.ServerEnd):  # type: ignore[misc]
        def __init__(self, link: Any) -> None:
            super(Told, self).__init__(link)
            self.seen = []

    fed: list[bytes] = []

    def feed(data: bytes) -> None:
        if data == b"bad":
            raise ProtocolError("length")
        fed.append(data)

    link: Any = SimpleNamespace(session=None)
    one = One(link)
    one.data_received(b"nobody is there yet")
    link.session = SimpleNamespace(back=SimpleNamespace(feed=feed))
    one.data_received(message(b"Z", b"I"))
    one.data_received(b"bad")
    assert (fed, one.seen) == ([message(b"Z", b"I")], ["length"])
    one.answer = SimpleNamespace(set_result=fed.append)
    one.data_received(b"S")
    assert fed[1:] == [b"S"]
