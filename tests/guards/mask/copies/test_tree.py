from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.guards.mask.tables import plan

from hongxian.guards.mask.copies.tree import column_of, mask_rows
from hongxian.guards.mask.known import recognised
from hongxian.guards.mask.plan import Named

PHONE, OTHER = "13812345678", "13987654321"


def masked(*rows: Any, audience: str = "analyst", **named: Named) -> list[Any]:
    batch = [[row] for row in rows]
    mask_rows(batch, plan(audience, named=named, recognise=recognised))
    return [row[0] for row in batch]


PARTIAL = {"by.<key>": Named("basic.phone", "partial")}


def test_keys_that_are_values_are_masked_and_keep_their_order() -> None:
    [row] = masked({"by": {PHONE: {"phone": PHONE}, "none": 1, OTHER: 2}}, **PARTIAL)
    assert list(row["by"]) == ["138****5678", "none", "139****4321"]
    assert row["by"]["none"] == 1
    assert PHONE not in str(row)


def test_keys_and_values_of_one_kind_get_one_pseudonym() -> None:
    [row] = masked({"by": {PHONE: 1}, "phone": PHONE})
    assert list(row["by"]) == [row["phone"]]
    assert row["phone"] != PHONE


def test_keys_that_become_alike_lose_nothing() -> None:
    [row] = masked({"by": {"13812345678": 1, "13800005678": 2, "138****5678": 3}}, **PARTIAL)
    assert row == {"by": {"138****5678": 3, "138****5678#2": 1, "138****5678#3": 2}}
    [row] = masked({"by": {PHONE: 1}}, **{"by.<key>": Named(None, "suppress")})
    assert row == {"by": {"***": 1}}


def test_words_that_only_look_like_names_stay() -> None:
    [row] = masked({"姓名": "x", "高兴": 1, "张三": 2})
    assert list(row) == ["姓名", "高兴", "张三"]
    [row] = masked({"张三": 1, "李四": 2}, **{"<key>": Named("basic.name", "partial")})
    assert list(row) == ["张*", "李*"]


leaf = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9)
trees = st.recursive(
    leaf, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=12,
)  # fmt: skip


@given(st.lists(trees, min_size=1, max_size=4))
def test_rows_in_which_nothing_is_masked_stay_as_they_are(rows: list[Any]) -> None:
    batch = [[row] for row in rows]
    before = repr(batch)
    mask_rows(batch, plan(named={}))
    assert repr(batch) == before


@pytest.mark.parametrize(
    ("values", "kind"),
    [([1, None, 2], "int64"), ([1.5, 2.0], "double"), ([1, "x"], "string"), ([1 << 70], "string")],
    ids=["whole", "floats", "mixed", "large"],
)
def test_values_become_a_column_of_their_kind(values: list[Any], kind: str) -> None:
    assert str(column_of(values, str).type) == kind
