from __future__ import annotations

import pytest
from tests.guards.mask.tables import plan

from hongxian.guards.mask.databases import key_names
from hongxian.guards.mask.databases.key_names import KeyNames
from hongxian.guards.mask.plan import Named

PHONE = "13812345678"
NAMED = {"user:<key>": Named("basic.phone", "partial"), "<key>": Named("basic.phone", "suppress")}


def test_only_the_parts_that_are_values_are_masked() -> None:
    own = plan(named=NAMED)
    names = KeyNames(own)
    keys = [f"user:{PHONE}", "user:7", f"user:{PHONE}:cart", PHONE, "plain", ""]
    assert names.masked(keys) == [
        "user:138****5678", "user:7", "user:138****5678:cart", "#1", "plain", "",
    ]  # fmt: skip
    assert set(own.columns) == {"user:<key>", "user:<key>:cart", "<key>"}
    assert names.masked([PHONE]) == ["#2"]


def test_a_key_is_known_again_by_its_pattern(monkeypatch: pytest.MonkeyPatch) -> None:
    names = KeyNames(plan(named=NAMED))
    for key in (f"user:{PHONE}", "plain:1", PHONE):
        names.know(key)
    assert names.is_key("user:13900000000")
    for text in ("plain:1", PHONE, "user:abc", f"see user:{PHONE}", f"user:{PHONE}:" + "x" * 1_000):
        assert not names.is_key(text)
    monkeypatch.setattr(key_names, "MOST", 1)
    names.know(f"cart/{PHONE}")
    assert not names.is_key(f"cart/{PHONE}")
