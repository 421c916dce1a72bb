from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hongxian.guards.gate.exchange.covers import COVER, Covers, ends, partly
from hongxian.guards.mask.cells import texts
from hongxian.guards.mask.policy_file import load_policy
from hongxian.guards.mask.techniques.partial import covered, shape_of

TYPES = (
    "basic.phone", "identity.doc_number", "property.bank_card", "identity.passport",
    "property.vehicle", "netid.account", "device.imei", "basic.email", "netid.ip", "device.mac",
    "basic.name", "basic.religion", "basic.address",
)  # fmt: skip
VALUES = st.text(st.sampled_from("0123456789abcdefXé@.:-中欧阳省市区县路 "), max_size=24)


@given(st.sampled_from(TYPES), VALUES)
@settings(max_examples=200)
@example("basic.name", "欧阳锋")
@example("basic.name", "李雷")
@example("basic.name", "Jean-Luc O'Neil")
@example("basic.email", "a.b@c.cn")
@example("netid.ip", "10.20.30.40")
@example("device.mac", "aa:bb:cc:dd:ee:ff")
@example("basic.address", "浙江省杭州市西湖区文三路1号")
def test_a_value_is_covered_as_a_column_is(info: str, text: str) -> None:
    (as_column,) = covered(texts([text]), shape_of(info)).to_pylist()
    assert partly(info)(text) == as_column


def test_nothing_is_shown_of_what_is_too_short() -> None:
    assert ends("138", 3, 4, 4) == "***"
    assert ends("", 1, 1, 2) == "*"


def policy(tmp_path: Path, text: str) -> Covers:
    path = tmp_path / "mask.toml"
    path.write_text(text, "utf-8")
    return Covers(load_policy(path), "lender")


RULES = """
[keys]
active = "k"
[keys.k]
env = "HONGXIAN_TEST_KEY"
[audiences.lender]
like = "partner"
[types."basic.phone"]
lender = "keep"
public = "suppress"
test = { technique = "suppress", mark = "x" }
[types."basic.email"]
lender = "partial"
public = { technique = "partial", left = 2 }
[types."identity.doc_number"]
lender = "pseudonym"
"""


@pytest.mark.parametrize(("info", "audience", "shown"), [
    ("basic.phone", None, None), ("basic.phone", "public", COVER), ("basic.phone", "test", "x"),
    ("basic.email", None, "***"), ("basic.email", "public", "13*********"),
])  # fmt: skip
def test_a_policy_says_what_each_audience_sees(
    tmp_path: Path, info: str, audience: str | None, shown: str | None
) -> None:
    cover = policy(tmp_path, RULES).of(info, audience)
    assert (cover and cover("13800138000")) == shown


def test_techniques_with_a_key_work_on_single_values(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("HONGXIAN_TEST_KEY", "ab" * 32)
    cover = policy(tmp_path, RULES).of("identity.doc_number")
    assert cover is not None
    first = cover("110105194912310021")
    assert first == cover("110105194912310021") != "110105194912310021"


def test_without_a_policy_conventions_hold() -> None:
    cover = Covers().of("basic.phone")
    assert cover is not None
    assert cover("13800138000") == "138****8000"
