from __future__ import annotations

import pytest

from hongxian.laws.suffixes import has_suffix, is_registry, registrable


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("a.b.com.cn", "b.com.cn"),
        ("www.example.com", "example.com"),
        ("x.github.io", "x.github.io"),
        ("shop.city.kawasaki.jp", "city.kawasaki.jp"),
        ("a.b.c.kawasaki.jp", "b.c.kawasaki.jp"),
        ("a.b.ck", "a.b.ck"),
        ("www.ck", "www.ck"),
        ("www.xn--55qx5d.cn", "www.xn--55qx5d.cn"),
        ("api.xn--55qx5d.xn--fiqs8s", "xn--55qx5d.xn--fiqs8s"),
        ("com.cn", None),
        ("cn", None),
        ("host.invalidtld", None),
    ],
)
def test_the_part_that_somebody_registered(host: str, domain: str | None) -> None:
    assert registrable(host) == domain


def test_a_broken_punycode_label_is_taken_as_it_stands() -> None:
    assert registrable("xn--a-9999999999.example.com") == "example.com"


def test_hosts_end_in_a_known_suffix() -> None:
    assert has_suffix("a.com")
    assert has_suffix("com.cn")
    assert not has_suffix("com")
    assert not has_suffix("java.util.list")


@pytest.mark.parametrize("host", ["cn", "com.cn", "com", "xn--fiqs8s", "c.kawasaki.jp"])
def test_a_suffix_of_a_registry_is_nobodys(host: str) -> None:
    assert is_registry(host)


@pytest.mark.parametrize("host", ["cloudfront.net", "github.io", "a.com.cn", "no.such", "nosuch"])
def test_a_suffix_of_a_company_is_its_own(host: str) -> None:
    assert not is_registry(host)
