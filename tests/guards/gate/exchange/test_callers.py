from __future__ import annotations

from base64 import urlsafe_b64encode

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.gate.exchange.callers import (
    AmbiguousCallerError,
    Callers,
    Source,
    claims,
    is_address,
)


def token(**told: object) -> bytes:
    return b"Bearer e30." + urlsafe_b64encode(orjson.dumps(told)).rstrip(b"=") + b".c2ln"


WHO = Callers({
    "account": ["claim:sub", "header:X-User", "cookie:uid"], "token": ["header:authorization"],
})  # fmt: skip


@pytest.mark.parametrize(("headers", "who"), [
    ([(b"authorization", token(sub="u1"))], "u1"),
    ([(b"authorization", token(sub=7))], "7"),
    ([(b"authorization", token(other=1)), (b"x-user", b" u2 ")], "u2"),
    ([(b"cookie", b'a=b; uid="u3"; uid=u4')], "u3"),
    ([(b"cookie", b"a=b; uids=1")], None),
    ([(b"authorization", b"Bearer nothing")], None),
    ([(b"authorization", b"Bearer a.!!!.c")], None),
    ([(b"authorization", b"Bearer a.W10.c")], None),
    ([(b"authorization", b"Basic a.b.c")], None),
])  # fmt: skip
def test_the_first_place_that_has_something_tells_the_caller(headers: list, who: object) -> None:
    assert WHO.of(headers, "10.0.0.1").get("account") == who


def test_a_header_that_stands_twice_is_no_caller() -> None:
    with pytest.raises(AmbiguousCallerError):
        WHO.of([(b"x-user", b"a"), (b"x-user", b"b")], "")


def test_the_token_and_the_address_count_besides() -> None:
    found = WHO.of([(b"authorization", b"Bearer abc")], "10.0.0.1")
    assert found == {"token": "Bearer abc", "ip": "10.0.0.1"}
    assert WHO.of([], "") == {}


TRUSTED = Callers({}, ["10.0.0.0/8", "::1"])


@pytest.mark.parametrize(("peer", "chain", "client"), [
    ("10.0.0.1", [b"1.1.1.1"], "1.1.1.1"),
    ("10.0.0.1", [b"6.6.6.6, 1.1.1.1, 10.0.0.9"], "1.1.1.1"),
    ("10.0.0.1", [b"6.6.6.6", b"1.1.1.1"], "1.1.1.1"),
    ("10.0.0.1", [b"nonsense"], "10.0.0.1"),
    ("10.0.0.1", [], "10.0.0.1"),
    ("10.0.0.1", [b"10.0.0.3, 10.0.0.2"], "10.0.0.3"),
    ("2.2.2.2", [b"1.1.1.1"], "2.2.2.2"),
    ("::1", [b"2001:db8::1"], "2001:db8::1"),
    ("", [b"1.1.1.1"], ""),
])  # fmt: skip
def test_only_trusted_proxies_are_believed(peer: str, chain: list[bytes], client: str) -> None:
    assert TRUSTED.address([(b"x-forwarded-for", one) for one in chain], peer) == client


def test_without_trusted_networks_nobody_is_believed() -> None:
    assert Callers({}).address([(b"x-forwarded-for", b"1.1.1.1")], "2.2.2.2") == "2.2.2.2"
    assert (Callers({}).trusts("2.2.2.2"), TRUSTED.trusts("10.1.1.1")) == (False, True)


@given(st.binary(max_size=80))
def test_any_token_is_read_or_says_nothing(sent: bytes) -> None:
    assert isinstance(claims(b"Bearer " + sent), dict)


def test_places_are_read() -> None:
    assert Source.read("header:X-User") == Source("header", "X-User", b"x-user")
    assert (is_address("1.2.3.4"), is_address("a")) == (True, False)
