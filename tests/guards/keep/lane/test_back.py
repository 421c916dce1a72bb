from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.keep.lane.back import LARGEST, Back
from hongxian.guards.keep.lane.frames import ProtocolError, message

STREAM = b"".join(
    (
        message(b"T", b"t" * 30),
        *(message(b"D", b"d" * n) for n in range(20)),
        message(b"C", b"INSERT\0"),
        message(b"E", b"Cours\0\0"),
        message(b"N", b"n"),
        message(b"Z", b"I"),
        message(b"D", b"x" * 9_000),
        message(b"S", b"hide"),
        message(b"Z", b"T"),
    )
)


def see(seen: list[tuple[int, bytes]]) -> Callable[[int, bytes], bytes | None]:
    def look(kind: int, body: bytes) -> bytes | None:
        seen.append((kind, body))
        if body.startswith(b"Cours"):
            return message(b"E", b"instead")
        return b"" if body == b"hide" else None

    return look


@given(st.lists(st.integers(1, 400), max_size=60))
def test_any_pieces_give_the_same(sizes: list[int]) -> None:
    seen: list[tuple[int, bytes]] = []
    out: list[bytes] = []
    back = Back(see(seen), out.append)
    place = 0
    for size in [*sizes, len(STREAM)]:
        if place < len(STREAM):
            back.feed(STREAM[place : place + size])
        place += size
    wanted = STREAM.replace(message(b"E", b"Cours\0\0"), message(b"E", b"instead"))
    assert b"".join(out) == wanted.replace(message(b"S", b"hide"), b"")
    assert [chr(kind) for kind, _ in seen] == ["C", "E", "Z", "S", "Z"]


def test_what_is_too_large_goes_on_unseen() -> None:
    out: list[bytes] = []
    seen: list[tuple[int, bytes]] = []
    large = message(b"E", b"x" * LARGEST)
    back = Back(see(seen), out.append)
    back.feed(large[:100])
    back.feed(large[100:])
    assert (b"".join(out), seen) == (large, [])


def test_lengths_that_are_none() -> None:
    with pytest.raises(ProtocolError):
        Back(see([]), [].append).feed(b"Z\0\0\0\3I")
