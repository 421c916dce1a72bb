from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.session.network.address import address_of, authority, joined


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://A.Example.CN/x?y#z", ("https", "a.example.cn", 443)),
        ("http://a.cn:8080", ("http", "a.cn", 8080)),
        ("WSS://a.cn./", ("wss", "a.cn", 443)),
        ("https://me:pw@a.cn:1/x@y", ("https", "a.cn", 1)),
        ("https://[2001:DB8::1]:9/x", ("https", "2001:db8::1", 9)),
        ("https://[::1]/", ("https", "::1", 443)),
        ("https://a.cn:99999/", ("https", "a.cn", 443)),
        ("https://a.cn?x", ("https", "a.cn", 443)),
        ("data:text/plain,x", ("data", "", None)),
        ("ftp://a.cn/", ("ftp", "a.cn", None)),
        ("/only/path", ("", "", None)),
        ("", ("", "", None)),
        ("https://", ("https", "", 443)),
    ],
)
def test_a_url_leads_to_a_host_and_a_port(url, found) -> None:
    assert address_of(url) == found


def test_a_host_header_is_read_alike() -> None:
    assert authority("a.cn:81") == ("a.cn", 81)
    assert authority(" A.cn ") == ("a.cn", None)


def test_a_url_is_put_together_from_its_parts() -> None:
    assert joined("https", "a.cn", 443, "/x") == "https://a.cn/x"
    assert joined("http", "::1", 443, "x") == "http://[::1]:443/x"
    assert joined("https", "a.cn", None, "") == "https://a.cn"
    assert joined("http", "a.cn", 80, "*") == "http://a.cn*"


@given(st.text(max_size=40))
def test_any_text_is_borne(text) -> None:
    address_of(text)
    address_of(f"https://{text}")
