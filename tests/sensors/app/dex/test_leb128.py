from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.app.dex.leb128 import decode_all, length_at


def encode(value: int) -> bytes:
    out = bytearray()
    while True:
        out.append(value & 0x7F | (0x80 if value > 0x7F else 0))
        value >>= 7
        if not value:
            return bytes(out)


@given(st.lists(st.integers(0, 2**32 - 1)))
def test_every_number_comes_back_with_its_place(numbers: list[int]) -> None:
    data = np.frombuffer(b"".join(map(encode, numbers)), dtype=np.uint8)
    values, first = decode_all(data)
    assert values.tolist() == numbers
    starts = np.cumsum([0, *(len(encode(n)) for n in numbers)])[:-1]
    assert first.tolist() == starts.tolist()
    assert length_at(data, first).tolist() == [len(encode(n)) for n in numbers]


def test_a_number_that_is_cut_off_is_left_out() -> None:
    values, _ = decode_all(np.frombuffer(b"\x05\x80\x80", dtype=np.uint8))
    assert values.tolist() == [5]


def test_length_stops_at_the_end_of_the_data() -> None:
    data = np.frombuffer(b"\x80", dtype=np.uint8)
    assert length_at(data, np.array([0])).tolist() == [2]
