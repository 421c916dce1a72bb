from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.traffic.schema import DEEPEST, merge, schema_of


def test_types_and_names_are_told_and_no_value() -> None:
    found = schema_of({"name": "张三", "age": 3, "tags": ["a", 1], "ok": True, "x": None, "w": 1.5})
    assert found == {"type": "object", "properties": {
        "name": {"type": "string"}, "age": {"type": "integer"}, "ok": {"type": "boolean"},
        "tags": {"type": "array", "items": {"type": ["integer", "string"]}},
        "x": {"type": "null"}, "w": {"type": "number"},
    }}  # fmt: skip


def test_keys_that_are_values_are_not_told() -> None:
    found = schema_of({"13800138000": {"name": "x"}, "a@b.cn": {"name": "y"}})
    assert "138" not in json.dumps(found)
    assert found["additionalProperties"]["properties"] == {"name": {"type": "string"}}
    assert "138" not in json.dumps(schema_of({"13800138000": 1, "name": 2}))


def test_schemas_of_examples_add_up() -> None:
    whole = merge(schema_of({"a": 1}), schema_of({"a": 1.5, "b": [{"c": 1}]}))
    assert whole["properties"]["a"] == {"type": "number"}
    assert whole["properties"]["b"]["items"]["properties"] == {"c": {"type": "integer"}}
    assert merge({}, {"type": "string"}) == {"type": "string"}


def test_depth_is_bounded() -> None:
    deep: Any = 1
    for _ in range(500):
        deep = [deep]
    assert json.dumps(schema_of(deep)).count("array") == DEEPEST


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
                    lambda inner: st.lists(inner, max_size=3)
                    | st.dictionaries(st.text(max_size=5), inner, max_size=3),
                    max_leaves=10)  # fmt: skip


@given(JSON, JSON)
def test_merging_does_not_ask_for_the_order(a: Any, b: Any) -> None:
    one, other = schema_of(a), schema_of(b)
    assert merge(one, other) == merge(other, one)
    assert merge(one, one) == one
