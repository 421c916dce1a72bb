from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.gate.exchange.field_lines import FieldLines
from hongxian.guards.gate.exchange.parts import (
    Request,
    coding_of,
    holds,
    kind_of,
    value,
    values,
)

HEADERS = [(b"a", b"1"), (b"b", b"2"), (b"a", b"3")]


def test_headers_are_looked_up_by_name() -> None:
    assert values(HEADERS, b"a") == [b"1", b"3"]
    assert (value(HEADERS, b"b"), value(HEADERS, b"c")) == (b"2", b"")


def test_headers_of_one_piece_are_looked_up_alike() -> None:
    pairs = [(b"content-type", b"text/html"), (b"content-encoding", b"gzip"), *HEADERS]
    fields = FieldLines(b"".join(b"%b: %b\r\n" % pair for pair in pairs))
    fields.kind, fields.coding = b"text/html", b"gzip"  # as who reads a message says
    for headers in (fields, pairs):
        assert values(headers, b"a") == [b"1", b"3"]
        assert (value(headers, b"b"), value(headers, b"c")) == (b"2", b"")
        assert (kind_of(headers), coding_of(headers)) == (b"text/html", b"gzip")
    assert (kind_of(HEADERS), coding_of(HEADERS)) == (b"", b"")


def test_the_path_is_the_target_without_its_query() -> None:
    assert Request(method="GET", target="/a/b?c=/d", headers=[]).path == "/a/b"


@given(st.binary(max_size=20))
def test_marked_bytes_are_found(data: bytes) -> None:
    assert holds(data, bytes(c in b"\0%" for c in range(256))) == bool({0, 0x25} & set(data))
