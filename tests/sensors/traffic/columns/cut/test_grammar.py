from __future__ import annotations

import json

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as some

from hongxian.sensors.traffic.columns.cut import grammar
from hongxian.sensors.traffic.columns.cut.grammar import (
    after_blanks,
    string_end,
    unescaped,
    value_end,
)

VALUES = some.recursive(
    some.none() | some.booleans() | some.integers(-(10**20), 10**20) | some.text(max_size=6)
    | some.floats(allow_nan=False, allow_infinity=False),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=3), inner),
    max_leaves=6,
)  # fmt: skip


def end_of(raw: bytes) -> int:
    return value_end(raw, after_blanks(raw, 0, len(raw)), len(raw), 1)


def accepted(raw: bytes) -> bool:
    """Return whether a text is taken for one value of JSON."""
    end = end_of(raw)
    return end >= 0 and after_blanks(raw, end, len(raw)) == len(raw)


@given(VALUES, some.booleans(), some.sampled_from([None, 1]))
def test_values_end_where_they_end(value: object, plain: bool, indent: int | None) -> None:
    raw = (
        json.dumps(value, ensure_ascii=plain, indent=indent)
        .replace("\n", " ")
        .encode("utf-8", "surrogatepass")
    )
    if accepted(raw):
        assert orjson.loads(raw) == value or isinstance(value, float)
        assert end_of(raw + b", 1]") == len(raw)


@given(some.text(alphabet='{}[]",:\\u0dDc8aEe+-.tfnrl 1\t\x01', max_size=12))
def test_nothing_is_taken_for_json_that_is_none(text: str) -> None:
    raw = text.encode()
    if accepted(raw):
        orjson.loads(raw)


@given(VALUES.filter(lambda one: not isinstance(one, int | float)))
def test_what_is_usual_is_taken(value: object) -> None:
    assert accepted(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")) or any(
        isinstance(one, int | float) for one in _leaves(value)
    )


def _leaves(value: object) -> list[object]:
    if isinstance(value, list):
        return [leaf for one in value for leaf in _leaves(one)]
    if isinstance(value, dict):
        return [leaf for one in value.values() for leaf in _leaves(one)]
    return [value]


@pytest.mark.parametrize(
    "text",
    ["1e5", "1" * 18, "-", "01", "1.", '"\\ud800"', '"\\udc00"', '"\\ud83dx"', '"\\x"', '"\x01"',
     '"', "tru", "nul", "fals", "[1,]", "[1 2]", "[", '{"a"}', '{"a":}', '{"a":1,}', "{1:2}", "{",
     '{"a":1', '"\\u12', '"\\', "[" * 50 + "]" * 50, '{"a":' * 50 + "1" + "}" * 50, ""],
)  # fmt: skip
def test_what_is_unusual_is_left_to_others(text: str) -> None:
    assert not accepted(text.encode())


@given(some.text(max_size=20), some.booleans())
def test_strings_lose_their_escapes(text: str, plain: bool) -> None:
    try:
        told = text.encode()
    except UnicodeEncodeError:
        return
    raw = json.dumps(text, ensure_ascii=plain).encode()
    out = bytearray(len(raw) + 8)
    end = string_end(raw, 1, len(raw))
    assert end == len(raw) - 1
    assert bytes(out[: unescaped(raw, 1, end, out, 0)]) == told


def test_all_escapes_and_lengths_of_characters_are_known() -> None:
    raw = rb'"\"\\\/\b\f\n\r\t\u0041\u00e9\u7ea2\ud83d\ude00\u00E9"'
    out = bytearray(99)
    end = string_end(raw, 1, len(raw))
    assert bytes(out[: unescaped(raw, 1, end, out, 0)]).decode() == orjson.loads(raw)
    assert grammar.hexadecimal(b"00g0", 0, 4) == grammar.hexadecimal(b"00", 0, 2) == -1
