from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.keep.lane import frames
from hongxian.guards.keep.lane.frames import ProtocolError

WORDS = st.binary(min_size=1, max_size=9).filter(lambda one: b"\0" not in one)


def test_messages() -> None:
    assert frames.query(b"a") == b"Q\0\0\0\6a\0"
    assert frames.parse(b"n", b"a") == b"P\0\0\0\x0an\0a\0\0\0"
    assert frames.first_packet(frames.TLS) == b"\0\0\0\x08\x04\xd2\x16\x2f"


@given(st.dictionaries(WORDS, WORDS))
def test_parameters_there_and_back(told: dict[bytes, bytes]) -> None:
    assert frames.read_parameters(frames.startup(3 << 16, told)[8:]) == told


@pytest.mark.parametrize(
    "body", [b"", b"a", b"a\0", b"a\0b\0", b"a\0\0", b"\0a\0\0", b"a\0b\0a\0c\0\0"]
)
def test_parameters_that_are_none(body: bytes) -> None:
    with pytest.raises(ProtocolError):
        frames.read_parameters(body)


def test_errors_there_and_back() -> None:
    fields = {"S": "ERROR", "C": "KP001", "M": "红\0线"}
    made = frames.error(fields)
    assert frames.read_error(made[5:]) == {**fields, "M": "红线"}
    assert "??" in frames.read_error(frames.error(fields, "latin-1")[5:])["M"]
    assert frames.error(fields, kind=b"N")[:1] == b"N"
