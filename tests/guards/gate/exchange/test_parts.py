from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.gate.exchange.parts import Request, holds, value, values

HEADERS = [(b"a", b"1"), (b"b", b"2"), (b"a", b"3")]


def test_headers_are_looked_up_by_name() -> None:
    assert values(HEADERS, b"a") == [b"1", b"3"]
    assert (value(HEADERS, b"b"), value(HEADERS, b"c")) == (b"2", b"")


def test_the_path_is_the_target_without_its_query() -> None:
    assert Request(method="GET", target="/a/b?c=/d", headers=[]).path == "/a/b"


@given(st.binary(max_size=20))
def test_marked_bytes_are_found(data: bytes) -> None:
    assert holds(data, bytes(c in b"\0%" for c in range(256))) == bool({0, 0x25} & set(data))
