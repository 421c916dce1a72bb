import base64
import gzip
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sensors.session.network.wire import message

from hongxian.sensors.session.network.wrapped import (
    from_base64,
    from_hex,
    jwt_in,
    meaningful,
    wrapped_in,
)

CONTENT = '{"手机": "13800138000"}?>'.encode()


@given(st.binary(min_size=6, max_size=200), st.booleans(), st.booleans(), st.booleans())
def test_every_kind_of_base64_is_undone(data: bytes, safe: bool, padded: bool, plus: bool) -> None:
    text = (base64.urlsafe_b64encode if safe else base64.b64encode)(data).decode()
    text = text if padded else text.rstrip("=")
    assert (
        from_base64(text.replace("+", " ") if plus and text.strip("+ ") == text else text) == data
    )


def test_base64_with_line_breaks_or_as_a_data_address_is_undone() -> None:
    data = random.Random(1).randbytes(100)
    assert from_base64(base64.encodebytes(data).decode()) == data
    assert from_base64("data:image/png;base64," + base64.b64encode(data).decode()) == data
    assert from_base64("abcd") is None
    assert from_base64("not base64!") is None
    assert from_base64("a" * 9) is None


def test_hexadecimal_digits_are_undone() -> None:
    assert from_hex(f"0x{CONTENT.hex().upper()}") == CONTENT
    assert from_hex("abc") is None


@pytest.mark.parametrize(
    "data",
    [
        CONTENT,
        gzip.compress(CONTENT, mtime=0),
        b"\x89PNG\r\n\x1a\n\0\0\0\0",
        message(_1="867400020316620", _2=7),
        b"\x81\xa5phone\xce\x00\x01\x02\x03",
    ],
)
def test_a_wrapping_is_known_by_what_is_inside(data: bytes) -> None:
    assert meaningful(data)
    assert wrapped_in(base64.b64encode(data).decode()) == ("base64", data)
    assert wrapped_in(data.hex()) == ("hex", data)


def test_words_hashes_and_keys_are_no_wrappings() -> None:
    words = ["application", "getUserInfo", "867400020316620", "AndroidManifest", "1795482000000"]
    assert [one for one in words if wrapped_in(one)] == []
    dice = random.Random(2)
    hashes = [dice.randbytes(size).hex() for size in (8, 16, 20, 32) * 300]
    keys = [base64.b64encode(dice.randbytes(size)).decode() for size in (12, 16, 32, 64) * 300]
    assert len([one for one in hashes + keys if wrapped_in(one)]) <= 2


def test_credentials_of_http_are_undone() -> None:
    assert wrapped_in("Basic " + base64.b64encode(b"me:pw").decode()) == ("base64", b"me:pw")


def test_claims_of_a_web_token_come_out() -> None:
    head, claims = b'{"alg":"HS256"}', b'{"phone":"13800138000"}'
    token = ".".join(base64.urlsafe_b64encode(one).decode().rstrip("=") for one in (head, claims))
    assert list(jwt_in(f"Bearer {token}.c2ln") or ()) == [("head", head), ("claims", claims)]
    assert jwt_in("com.example.application") is None
    assert jwt_in("a b") is None


@given(st.text(max_size=100))
def test_any_text_is_taken(text: str) -> None:
    wrapped_in(text)
    list(jwt_in(text) or ())
