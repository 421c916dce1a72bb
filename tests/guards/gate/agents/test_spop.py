from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.gate.agents import spop
from hongxian.guards.gate.agents.spop import Reader, SpopError

TEXT = st.text(st.characters(max_codepoint=127), max_size=300)
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-(1 << 63), (1 << 63) - 1), TEXT, st.binary(max_size=300)
)


@pytest.mark.parametrize(("number", "size"), [
    (0, 1), (239, 1), (240, 2), (2287, 2), (2288, 3), (264431, 3), (264432, 4), (33818863, 4),
    (33818864, 5), (4328786159, 5), (4328786160, 6), ((1 << 64) - 1, 10),
])  # fmt: skip
def test_numbers_are_as_long_as_the_protocol_says(number: int, size: int) -> None:
    made = spop.varint(number)
    assert (len(made), Reader(made).varint()) == (size, number)


@given(st.integers(0, (1 << 64) - 1))
def test_every_number_comes_back(number: int) -> None:
    assert Reader(spop.varint(number)).varint() == number


@given(st.dictionaries(TEXT, VALUES, max_size=8))
def test_every_value_comes_back(values: dict[str, spop.Value]) -> None:
    found = spop.key_values(spop.pairs(values))
    assert found == values
    assert [type(one) for one in found.values()] == [type(one) for one in values.values()]


@pytest.mark.parametrize(("data", "value"), [
    (b"\x00", None), (b"\x01", False), (b"\x11", True), (b"\x02\x07", 7), (b"\x05\xf0\x00", 240),
    (b"\x02" + spop.varint((1 << 64) - 5), -5), (b"\x03" + spop.varint((1 << 32) - 5), 4294967291),
    (b"\x04" + spop.varint(-5), -5), (b"\x06\x7f\x00\x00\x01", "127.0.0.1"),
    (b"\x07" + bytes(15) + b"\x01", "::1"), (b"\x08\x02ab", "ab"), (b"\x09\x02ab", b"ab"),
])  # fmt: skip
def test_values_of_all_types_are_read(data: bytes, value: spop.Value) -> None:
    assert Reader(data).typed() == value


@pytest.mark.parametrize("data", [
    b"", b"\x0a", b"\x0f\x00", b"\x08\x05ab", b"\x06\x7f", b"\x02", b"\x02\xf0",
    b"\x02" + b"\xff" * 40, b"\x09\xff\xff\xff\xff\x0f",
])  # fmt: skip
def test_what_is_no_value_is_refused(data: bytes) -> None:
    with pytest.raises(SpopError) as told:
        Reader(data).typed()
    assert told.value.status == spop.INVALID


@given(st.binary(max_size=200))
def test_whatever_comes_is_read_or_refused(data: bytes) -> None:
    for read in (spop.read_frame, spop.key_values, spop.messages, spop.header_pairs):
        try:
            read(data)
        except SpopError as error:
            assert error.status == spop.INVALID  # noqa: PT017 - either is right


def test_a_frame_is_as_it_was_written() -> None:
    made = spop.frame_bytes(spop.ACK, b"payload", 300, 2)
    assert int.from_bytes(made[:4]) == len(made) - 4
    frame = spop.read_frame(made[4:])
    assert (frame.kind, frame.flags, frame.stream, frame.number) == (103, 1, 300, 2)
    assert frame.payload == b"payload"


def test_messages_have_names_and_arguments() -> None:
    one = spop.string("a") + b"\x01" + spop.string("x") + spop.typed(5)
    found = spop.messages(one + spop.string("b") + b"\x00")
    assert [(message.name, message.values) for message in found] == [("a", {"x": 5}), ("b", {})]


def test_headers_end_with_an_empty_one() -> None:
    block = spop.string("X-A") + spop.string("1") + spop.string("x-a") + spop.string("")
    assert spop.header_pairs(block + b"\x00\x00rest") == [(b"x-a", b"1"), (b"x-a", b"")]
    assert spop.header_pairs(block) == [(b"x-a", b"1"), (b"x-a", b"")]


def test_variables_are_set_for_request_and_answer() -> None:
    assert spop.set_vars({"a": "b"}) == b"\x01\x03\x02\x01a\x08\x01b"
