from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.keep.lane.frames import ProtocolError
from hongxian.guards.keep.lane.mysql import frames


@pytest.mark.parametrize(
    "size", [0, 5, frames.MOST - 1, frames.MOST, frames.MOST + 1, 2 * frames.MOST]
)
def test_a_body_goes_on_in_the_next_packet(size: int) -> None:
    made = frames.packets(b"x" * size, 254)
    place, sizes, numbers = 0, [], []
    while place < len(made):
        sizes.append(int.from_bytes(made[place : place + 3], "little"))
        numbers.append(made[place + 3])
        place += 4 + sizes[-1]
    assert sum(sizes) == size
    assert sizes[:-1] == [frames.MOST] * (len(sizes) - 1)
    assert sizes[-1] < frames.MOST
    assert numbers == [(254 + at) & 0xFF for at in range(len(sizes))]


@given(st.integers(0, (1 << 64) - 1), st.binary(max_size=3))
def test_numbers_of_any_length(number: int, before: bytes) -> None:
    if number < 0xFB:
        told = bytes([number])
    else:
        first, size = next(
            one for one in ((0xFC, 2), (0xFD, 3), (0xFE, 8)) if number < 1 << (8 * one[1])
        )
        told = bytes([first]) + number.to_bytes(size, "little")
    assert frames.length_at(before + told + b"y", len(before)) == (number, len(before + told))
    with pytest.raises(ProtocolError):
        frames.length_at(before + told[:-1], len(before))


def test_what_ends_an_answer_tells_the_status() -> None:
    assert frames.status_of(b"\x00\x05\xfc\x01\x01\x03\x00\x00\x00", plain_eof=False) == 3
    assert frames.status_of(b"\xfe\x00\x00\x09\x00", plain_eof=True) == 9
    for body in (b"\xfb", b"\x00\xff", b"\x00"):
        with pytest.raises(ProtocolError):
            frames.length_at(body, len(body) - 1 if body != b"\x00" else 5)
    with pytest.raises(ProtocolError):
        frames.status_of(b"\x00\x00\x00\x01", plain_eof=False)


def test_errors() -> None:
    made = frames.error(1227, "KP001", b"no")
    assert made == b"\xff\xcb\x04#KP001no"
    assert frames.error_number(made) == 1227
