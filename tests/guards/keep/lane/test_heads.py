from __future__ import annotations

import pytest

from hongxian.guards.keep.lane import heads
from hongxian.guards.keep.lane.frames import ProtocolError
from hongxian.guards.keep.lane.heads import message_end, text_end


@pytest.fixture(params=[False, True], ids=["plain", "as it is compiled"], autouse=True)
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heads, "COMPILED", request.param)


def test_where_a_message_ends() -> None:
    assert message_end(b"xS\0\0\0\4", 1) == 6
    assert message_end(b"d\xff\xff\xff\xff", 0) == 1 << 32
    assert message_end(b"d\1\2\3\4", 0) == 0x01020305
    with pytest.raises(ProtocolError):
        message_end(b"S\0\0\0\3", 0)


def test_where_a_text_ends() -> None:
    assert text_end(b"ab\0c", 0, 4) == 2
    with pytest.raises(ProtocolError):
        text_end(b"ab\0c", 0, 2)
    with pytest.raises(ProtocolError):
        text_end(b"abc", 1, 99)
