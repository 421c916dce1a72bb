from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.gate.agents import spop
from hongxian.guards.gate.agents.spop_session import Session

GREETING: dict[str, spop.Value] = {
    "supported-versions": "1.0, 2.0", "max-frame-size": 1_000, "capabilities": "pipelining,async",
}  # fmt: skip
MESSAGE = spop.string("m") + b"\x00"


def hello(**more: spop.Value) -> bytes:
    told = {**GREETING, **{name.replace("_", "-"): value for name, value in more.items()}}
    return spop.frame_bytes(spop.HAPROXY_HELLO, spop.pairs(told))


def without(name: str) -> bytes:
    told = {key: value for key, value in GREETING.items() if key != name}
    return spop.frame_bytes(spop.HAPROXY_HELLO, spop.pairs(told))


def notify(stream: int = 7, number: int = 1, payload: bytes = MESSAGE) -> bytes:
    return spop.frame_bytes(spop.NOTIFY, payload, stream, number)


def sent(session: Session) -> list[tuple[int, Any]]:
    """Return kinds and values of the frames that are to be sent."""
    data, found = session.taken(), []
    while data:
        size = int.from_bytes(data[:4])
        frame = spop.read_frame(data[4 : 4 + size])
        plain = frame.kind == spop.ACK
        told: Any = (frame.stream, frame.number) if plain else spop.key_values(frame.payload)
        found.append((frame.kind, told))
        data = data[4 + size :]
    return found


def greeted(most: int = 100_000) -> Session:
    session = Session(most)
    assert session.feed(hello()) == []
    session.taken()
    return session


@pytest.mark.parametrize(("most", "size"), [(100_000, 1_000), (500, 500)])
def test_the_smaller_frame_is_agreed_on(most: int, size: int) -> None:
    session = Session(most)
    assert session.waits
    session.feed(hello())
    told = {"version": "2.0", "max-frame-size": size, "capabilities": "pipelining"}
    assert sent(session) == [(spop.AGENT_HELLO, told)]
    assert (session.waits, session.ended) == (False, False)


def test_a_check_of_health_ends_with_the_greeting() -> None:
    session = Session(1_000)
    session.feed(hello(healthcheck=True) + notify())
    assert [kind for kind, _ in sent(session)] == [spop.AGENT_HELLO]
    assert (session.ended, session.status) == (True, spop.NORMAL)


@pytest.mark.parametrize(("data", "status"), [
    (without("supported-versions"), 5), (hello(supported_versions="1.0"), 8),
    (hello(supported_versions="2"), 8), (hello(supported_versions=2), 5),
    (without("max-frame-size"), 6), (hello(max_frame_size=True), 6), (hello(max_frame_size=255), 9),
    (without("capabilities"), 7), (notify(), 4), (hello() + hello(), 4),
    (spop.frame_bytes(spop.HAPROXY_HELLO, spop.pairs(GREETING), 1, 0), 4),
    (b"\x7f\xff\xff\xff", 3), (b"\x00\x00\x00\x06" + b"\x01" * 6, 4),
    (hello() + (1_001).to_bytes(4), 3), (hello() + notify(payload=b"\x05m"), 4),
    (hello() + notify().replace(b"\x03\x00\x00\x00\x01", b"\x03\x00\x00\x00\x00"), 10),
    (hello() + spop.frame_bytes(spop.UNSET, b"", 7, 1), 10),
    (hello() + spop.frame_bytes(spop.HAPROXY_DISCONNECT, b"\x01"), 4),
    (b"GET / HTTP/1.1\r\n\r\n", 3),
])  # fmt: skip
def test_what_is_malformed_ends_the_connection_with_its_code(data: bytes, status: int) -> None:
    session = Session(100_000)
    assert session.feed(data) == []
    kind, told = sent(session)[-1]
    assert (kind, told["status-code"]) == (spop.AGENT_DISCONNECT, status)
    assert (session.ended, session.status) == (True, status)
    assert (session.feed(notify()), session.taken()) == ([], b"")


def test_questions_are_answered_in_any_order() -> None:
    session = greeted()
    first, second = session.feed(notify(7, 1) + notify(8, 1))
    session.answer(second, b"")
    session.answer(first, b"")
    assert sent(session) == [(spop.ACK, (8, 1)), (spop.ACK, (7, 1))]
    assert [one.name for one in first.messages] == ["m"]


def test_frames_of_unknown_kinds_are_passed_over() -> None:
    session = greeted()
    assert len(session.feed(spop.frame_bytes(77, b"whatever") + notify())) == 1


@pytest.mark.parametrize("known", [True, False])
def test_haproxy_may_end_the_connection(known: bool) -> None:
    session = greeted() if known else Session(1_000)
    told = spop.pairs({"status-code": 0, "message": "bye"})
    session.feed(spop.frame_bytes(spop.HAPROXY_DISCONNECT, told))
    assert sent(session) == [(spop.AGENT_DISCONNECT, {"status-code": 0, "message": "normal"})]
    session.answer(spop_notify(), b"")
    assert session.taken() == b""


def spop_notify() -> Any:
    (found,) = greeted().feed(notify())
    return found


@given(st.lists(st.integers(1, 30), min_size=1, max_size=20))
def test_frames_may_come_in_pieces_of_any_size(sizes: list[int]) -> None:
    data = hello() + b"".join(notify(n) for n in range(5))
    session = Session(1_000)
    found = []
    turn = 0
    while data:
        size = sizes[turn % len(sizes)]
        found += session.feed(data[:size])
        assert session.waits or len(data) <= size or session.greeted
        data, turn = data[size:], turn + 1
    assert [one.stream for one in found] == list(range(5))
    assert not session.waits


@given(st.booleans(), st.binary(max_size=400))
def test_whatever_comes_ends_in_order_or_is_waited_for(begun: bool, data: bytes) -> None:
    session = greeted() if begun else Session(1_000)
    session.feed(data)
    frames = sent(session)
    if session.status:
        assert frames[-1][0] == spop.AGENT_DISCONNECT
        assert frames[-1][1]["status-code"] == session.status
    assert len(session._held) <= 400


@given(st.integers(0, 200), st.integers(0, 255))
def test_a_broken_byte_breaks_nothing_else(place: int, byte: int) -> None:
    data = bytearray(hello() + notify(7, 1, MESSAGE * 10) + notify(8))
    data[place % len(data)] = byte
    session = Session(1_000)
    for one in session.feed(bytes(data)):
        session.answer(one, b"")
    assert session.status in {0, 3, 4, 5, 6, 7, 8, 9, 10}
    assert sent(session) or session.waits
