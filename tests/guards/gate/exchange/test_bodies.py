from __future__ import annotations

import gzip
import json
import zlib
from contextlib import suppress

import brotli
import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.gate.exchange.bodies import (
    BodyError,
    asked,
    decoded,
    encoded,
    plain,
    spaced,
    unescaped,
)

TEXT = json.dumps({"phone": "13800138000"}).encode() * 50
PACKED = {
    "gzip": gzip.compress(TEXT, mtime=0), "br": brotli.compress(TEXT), "zstd": zstd.compress(TEXT),
    "deflate": zlib.compress(TEXT), "identity": TEXT, "": TEXT,
    "deflate, gzip": gzip.compress(zlib.compress(TEXT), mtime=0),
}  # fmt: skip
RAW = zlib.compressobj(wbits=-15)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("coding", PACKED)
def test_packed_bodies_are_unpacked(coding: str) -> None:
    assert decoded(PACKED[coding], coding.encode(), len(TEXT)) == TEXT


def test_deflate_without_its_frame_is_read_as_browsers_do() -> None:
    assert decoded(RAW.compress(TEXT) + RAW.flush(), b"deflate", len(TEXT)) == TEXT


def test_members_of_gzip_follow_one_another() -> None:
    assert decoded(PACKED["gzip"] * 2, b"gzip", 2 * len(TEXT)) == TEXT * 2


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd", "deflate"])
def test_a_body_that_unpacks_to_more_than_the_bound_is_refused(coding: str) -> None:
    with pytest.raises(BodyError, match="large"):
        decoded(PACKED[coding], coding.encode(), len(TEXT) - 1)


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd", "deflate"])
@pytest.mark.parametrize("cut", ["half", "other"])
def test_a_broken_body_is_told(coding: str, cut: str) -> None:
    data = PACKED[coding][:-9] if cut == "half" else b"no packed bytes"
    with pytest.raises(BodyError, match="corrupt"):
        decoded(data, coding.encode(), 1 << 20)


def test_a_coding_that_nobody_knows_is_told() -> None:
    with pytest.raises(BodyError, match="coding"):
        decoded(b"x", b"gzip, snappy", 10)


@given(st.sampled_from(["gzip", "br", "deflate", "zstd"]), st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(coding: str, data: bytes) -> None:
    made = b""
    with suppress(BodyError):
        made = decoded(data, coding.encode(), 1_000)
    assert len(made) <= 1_000


@pytest.mark.parametrize("coding", ["gzip", "br"])
def test_what_is_packed_again_can_be_read(coding: str) -> None:
    assert decoded(encoded(TEXT, coding), coding.encode(), len(TEXT)) == TEXT


def test_what_cannot_be_packed_stays_plain() -> None:
    assert encoded(TEXT, "zstd") is TEXT


@given(JSON)
def test_json_without_escapes_means_the_same(value: object) -> None:
    assert json.loads(unescaped(json.dumps(value).encode())) == value


@pytest.mark.parametrize(("written", "meant"), [
    (rb'"\u0031\u0033800138000"', b'"13800138000"'),
    (rb'"\u7535\u8bdd"', '"电话"'.encode()),
    (rb'"\ud83d\ude00"', '"😀"'.encode()),
    (rb'"\ud83d"', rb'"\ud83d"'),
    (rb'"\ude00x"', rb'"\ude00x"'),
    (rb'"\ud83d\u0031"', rb'"\ud83d1"'),
    (rb'"\u0022\u005c\u000a"', rb'"\u0022\u005c\u000a"'),
    (rb'"\\u0031"', rb'"\\u0031"'),
    (rb'"http:\/\/a"', b'"http://a"'),
    (b'"plain"', b'"plain"'),
])  # fmt: skip
def test_escapes_are_undone_where_they_need_not_be(written: bytes, meant: bytes) -> None:
    assert unescaped(written) == meant


@pytest.mark.parametrize(("sent", "read"), [
    ("13800138000".encode("utf-16"), b"13800138000"),
    ("13800138000".encode("utf-16-le"), b"13800138000"),
    ("13800138000".encode("utf-16-be"), b"13800138000"),
    ("13800138000".encode("utf-32"), b"13800138000"),
    ("13800138000".encode("utf-32-be"), b"13800138000"),
    ("13800138000".encode("utf-32-le"), b"13800138000"),
    (b"phone=%31%3380013800%30&a=b+c", b"phone=13800138000&a=b c"),
    (b"100%", b"100%"),
    (b"a\0\0\0\0b", b"ab"),
])  # fmt: skip
def test_other_spellings_are_read(sent: bytes, read: bytes) -> None:
    assert plain(sent).lstrip(b"\xff\xfe") == read


@pytest.mark.parametrize(("sent", "read"), [
    (b'{"p":13800138000.0}', b'{"p":13800138000}'),
    (b'{"p":1.3800138e10}', b'{"p":13800138000}'),
    (b'{"p":1.3800138E+10}', b'{"p":13800138000}'),
    (b'{"p":1.38001380001e3}', b'{"p":1.38001380001e3}'),
    (b'{"p":1.3800138e99}', b'{"p":1.3800138e99}'),
    (b'{"v":"1.0.0"}', b'{"v":"1.0.0"}'),
])  # fmt: skip
def test_whole_numbers_stand_without_a_fraction(sent: bytes, read: bytes) -> None:
    assert asked(sent) == read


def test_line_ends_are_no_letters_before_a_value() -> None:
    sent = rb'{"a":"13800138000\n13911112222"}'
    assert spaced(sent) == rb'{"a":"13800138000  13911112222"}'
    assert len(spaced(rb"\\n\r\x")) == len(rb"\\n\r\x")
    assert asked(sent) == spaced(sent)
