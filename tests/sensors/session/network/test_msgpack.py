import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.session.network.msgpack_ import msgpack_in


def test_names_and_values_come_out() -> None:
    data = msgpack.packb({"user": {"phone": 13800138000, "raw": b"\xff"}, "tags": ["a"]})
    assert list(msgpack_in(data) or ()) == [
        ("user.phone", "13800138000"), ("user.raw", b"\xff"), ("tags[0]", "a"),
    ]  # fmt: skip
    assert list(msgpack_in(msgpack.packb([1, {"a": "b"}])) or ()) == [("[0]", "1"), ("[1].a", "b")]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x81\xa1a",
        b"\x81\xa1a\x01\x01\x01",
        msgpack.packb({1: 2, 3: 4}),
        msgpack.packb([1, 2, 3, 4]),
        b"\x91" * 3000,
        b"\xdf\xff\xff\xff\xff\x01",
        b"\x81\xa4\xff\xff\xff\xff\x01",
        b"\x81\x80\x01\x01",
    ],
)
def test_other_bytes_are_none(data: bytes) -> None:
    assert msgpack_in(data) is None


@given(st.sampled_from([b"\x82", b"\x92", b"\xde\0\2", b"\x81\xa1a"]), st.binary(max_size=100))
def test_any_bytes_behind_an_opening_are_taken(opening: bytes, data: bytes) -> None:
    list(msgpack_in(opening + data) or ())
