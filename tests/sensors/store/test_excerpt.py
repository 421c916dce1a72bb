from __future__ import annotations

import pytest

from hongxian.sensors.store.excerpt import excerpt


@pytest.mark.parametrize(
    ("value", "info", "shown"),
    [
        ("13812345678", "basic.phone", "138****78"),
        ("11010519491231002X", "identity.doc_number", "110****"),
        ("6222021234567890128", "property.bank_card", "6222****"),
        ("zhang@example.cn", "basic.email", "z****@****"),
        ("Abc12345!", "auth.password", "****"),
        ("AKIA1234567890", "secret.api_key", "****"),
        ("192.168.1.1", "netid.ip", "19****"),
        ("abc", "netid.account", "****"),
    ],
)
def test_an_excerpt_shows_too_little_to_know_the_value(value: str, info: str, shown: str) -> None:
    assert excerpt(value, info) == shown
