from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.keep.lane.frames import ProtocolError
from hongxian.guards.keep.lane.mysql import frames
from hongxian.guards.keep.lane.mysql.front import Front


def commands(pieces: list[bytes], longest: int = 1 << 20) -> list[tuple[bytes, bool]]:
    async def work() -> list[tuple[bytes, bool]]:
        front, found = Front(longest), []
        for one in pieces:
            front.feed(one)
            while front.full:
                found.append(await front.taken())
        return found

    return asyncio.run(work())


@given(st.lists(st.binary(min_size=1, max_size=30), max_size=6), st.lists(st.integers(0, 200)))
def test_commands_are_read_wherever_they_are_cut(bodies: list[bytes], cuts: list[int]) -> None:
    data, places = b"".join(frames.packets(one, 0) for one in bodies), [0, *sorted(cuts)]
    pieces = [data[a:b] for a, b in zip(places, [*places[1:], len(data)], strict=True)]
    assert commands(pieces) == [(one, False) for one in bodies]


def test_a_command_of_several_packets_is_one() -> None:
    body = b"\x03" + b"x" * (frames.MOST + 10)
    assert commands([frames.packets(body, 0)], 1 << 25) == [(body, False)]
    full = b"\x03" + b"x" * (frames.MOST - 1)
    assert commands([frames.packets(full, 0)], 1 << 25) == [(full, False)]


def test_of_a_longer_one_only_the_first_byte_is_kept() -> None:
    body = b"\x03" + b"x" * (frames.MOST + 10)
    data = frames.packets(body, 0) + frames.packets(b"\x0e", 0)
    assert commands([data], 1 << 20) == [(b"\x03", True), (b"\x0e", False)]


@pytest.mark.parametrize(
    "data",
    [frames.packets(b"\x0e", 1), frames.packets(b"\x0e", 0) + frames.packets(b"\x0e", 1),
     frames.packets(b"x" * frames.MOST, 0)[: frames.MOST + 4] + frames.packets(b"x", 5)],
    ids=["first", "second", "continued"],
)  # fmt: skip
def test_packets_out_of_order_end_the_session(data: bytes) -> None:
    with pytest.raises(ProtocolError, match="sequence"):
        commands([data], 1 << 25)


def test_whoever_waits_gets_the_next_one() -> None:
    async def work() -> None:
        front = Front(99)
        waits = asyncio.ensure_future(front.taken())
        await asyncio.sleep(0)
        front.feed(frames.packets(b"\x0e", 0)[:3])
        assert not waits.done()
        front.feed(frames.packets(b"\x0e", 0)[3:])
        assert await waits == (b"\x0e", False)
        assert front.number == 0

    asyncio.run(work())


def test_what_stands_behind_a_packet_can_be_handed_over() -> None:
    async def work() -> None:
        front = Front(99)
        front.proving = front.one = True
        front.feed(frames.packets(b"a", 7) + b"\x16\x03\x01TLS")
        assert await front.taken() == (b"a", False)
        with pytest.raises(ProtocolError, match="early"):
            front.begin()
        assert front.handed() == b"\x16\x03\x01TLS"
        front.begin()
        with pytest.raises(ProtocolError, match="sequence"):
            front.feed(frames.packets(b"a", 7))

    asyncio.run(work())


@given(st.lists(st.binary(max_size=40), max_size=6))
def test_any_bytes_are_commands_or_end_the_session(pieces: list[bytes]) -> None:
    try:
        found = commands(pieces, 20)
    except ProtocolError:
        return
    assert sum(len(body) for body, _ in found) <= sum(map(len, pieces))
