import random
import struct

from hypothesis import given
from hypothesis import strategies as st
from tests.sensors.session.network.wire import message, varint

from hongxian.sensors.session.network.protobuf import (
    MOST,
    fields_in,
    grpc_frames,
    likely,
    protobuf_in,
)


def test_fields_are_named_by_their_numbers() -> None:
    data = message(_1="867400020316620", _2=13800138000, _3=39.9042)
    data += varint(4 << 3 | 5) + struct.pack("<f", 1.5) + varint(5 << 3 | 1) + struct.pack("<Q", 7)
    assert list(protobuf_in(data) or ()) == [
        ("1", b"867400020316620"), ("2", "13800138000"), ("3", "39.9042"), ("4", "1.5"),
        ("5", "7"),
    ]  # fmt: skip


def test_a_message_of_figures_alone_must_be_announced() -> None:
    data = message(_1=13800138000, _2=5)
    assert protobuf_in(data) is None
    assert list(protobuf_in(data, announced=True) or ()) == [("1", "13800138000"), ("2", "5")]


def test_random_bytes_are_hardly_ever_a_message() -> None:
    dice = random.Random(1)
    found = sum(
        protobuf_in(dice.randbytes(dice.randrange(16, 200))) is not None for _ in range(9000)
    )
    assert found <= 9


def test_broken_messages_are_none() -> None:
    good = message(_1="text", _2=300)
    assert fields_in(good[:-1]) is None
    assert fields_in(b"\x0b\x01") is None
    assert fields_in(b"\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff") is None
    assert fields_in(b"\x0a") is None
    assert fields_in(b"") is None
    assert fields_in(b"\x08\x01" * (MOST + 1)) is None
    assert protobuf_in(b"\x08", announced=True) is None


def test_a_message_in_a_message_makes_it_likely() -> None:
    inner = message(_1=13800138000, _2=300)
    assert likely(fields_in(message(_1=inner)) or [])
    assert not likely(fields_in(message(_1=b"\xff\xfe\xfd")) or [])


def test_frames_of_grpc_are_told_apart() -> None:
    frame = b"\0" + (3).to_bytes(4, "big") + b"abc"
    assert grpc_frames(frame * 2) == [b"abc", b"abc"]
    assert grpc_frames(frame[:-1]) is None
    assert grpc_frames(b"\x07" + frame[1:]) is None
    assert grpc_frames(frame + b"\0\0") is None
    assert grpc_frames(b"") is None


@given(st.binary(max_size=200))
def test_any_bytes_are_a_message_or_not(data: bytes) -> None:
    list(protobuf_in(data, announced=True) or ())
    assert sum(map(len, grpc_frames(data) or ())) <= len(data)


@given(st.dictionaries(st.integers(1, 900), st.text(), min_size=1, max_size=9))
def test_every_text_of_a_message_comes_out(fields: dict[int, str]) -> None:
    data = message(**{f"_{number}": text for number, text in fields.items()})
    found = list(protobuf_in(data, announced=True) or ())
    assert found == [(str(number), text.encode()) for number, text in fields.items()]
