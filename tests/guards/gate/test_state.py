from __future__ import annotations

import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.gate.state import State
from hongxian.signals.keys import Key
from hongxian.signals.track import DAY

PLACE = ("account", 1, "GET /", "basic.phone")


def test_the_longest_silent_are_forgotten_first() -> None:
    state = State(2, [DAY])
    for who in (1, 2):
        state.tracks(("account", who, "GET /", "object"), 0.0)
    state.tracks(("account", 1, "GET /", "object"), 1.0)
    state.tracks(("account", 3, "GET /", "object"), 2.0)
    assert {place[1] for place, _ in state.of("GET /", ["account"])} == {1, 3}
    assert len(state) == 2
    assert state.endpoints() == ["GET /"]


def test_endpoints_with_blocks_are_bounded() -> None:
    state = State(1, [DAY])
    first = state.blocks("GET /0")
    assert state.blocks("GET /0") is first
    for number in range(1, 1_002):
        state.blocks(f"GET /{number}")
    assert state.blocks("GET /0") is not first


def test_another_process_takes_over_where_this_one_stopped() -> None:
    state = State(10, [DAY])
    for number in range(400):
        key = Key(value=number, cell=number // 16, block=number // 100, place=number % 100)
        state.tracks(PLACE, 5.0)[0].add(key)
        state.blocks("GET /").add(key, 1, 5.0)
    again = State(10, [DAY])
    again.load(state.dump())
    assert again.dump() == state.dump()
    assert len(again.tracks(PLACE, 6.0)[0].whole.numbers) == len(
        state.tracks(PLACE, 6.0)[0].whole.numbers
    )


@pytest.mark.parametrize("data", [
    b"", b"\xc1", b"{}", msgpack.packb([]), msgpack.packb({"version": 9}),
    msgpack.packb({"version": 1, "tracks": [[1]], "blocks": {}}),
    msgpack.packb({"version": 1, "tracks": [], "blocks": []}),
])  # fmt: skip
def test_what_is_no_state_is_refused_and_changes_nothing(data: bytes) -> None:
    state = State(10, [DAY])
    state.tracks(PLACE, 0.0)
    with pytest.raises(ValueError, match="no state of a gate"):
        state.load(data)
    assert len(state) == 1


@given(st.binary(max_size=60))
def test_any_bytes_are_a_state_or_refused(data: bytes) -> None:
    state = State(10, [DAY])
    try:
        state.load(data)
    except ValueError:
        assert len(state) == 0
