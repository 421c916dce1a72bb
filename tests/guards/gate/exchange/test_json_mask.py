from __future__ import annotations

import json
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.gate.exchange.bodies import spaced, unescaped
from hongxian.guards.gate.exchange.covers import partly
from hongxian.guards.gate.exchange.finder import Found
from hongxian.guards.gate.exchange.json_mask import JsonMasker, masked_json, starred
from hongxian.info.recognise import Scanner, load_recognisers

PHONE = "13800138000"
INFOS = [row.info for row in load_recognisers()]
SCANNER = Scanner()


def masked(data: bytes) -> bytes:
    data = unescaped(data)
    hits = Found.of([(start, end, INFOS[one]) for start, end, one in SCANNER.find(spaced(data))])
    covers = {"basic.phone": partly("basic.phone")}
    made = masked_json(data, hits, covers)
    assert starred(data, hits, covers) in (None, made)
    return made


@pytest.mark.parametrize(("before", "after"), [
    ({"phone": PHONE}, {"phone": "138****8000"}),
    ({"phone": int(PHONE)}, {"phone": "138****8000"}),
    ([int(PHONE), 1.5], ["138****8000", 1.5]),
    ({"note": f"call {PHONE}, or not"}, {"note": "call 138****8000, or not"}),
    ({"note": f'say "{PHONE}"'}, {"note": 'say "138****8000"'}),
    ({"note": f"\n{PHONE}\t"}, {"note": "\n138****8000\t"}),
    ({"电话": f"电话{PHONE}。"}, {"电话": "电话138****8000。"}),
    ({PHONE: 1, "13811118000": 2}, {"138****8000": 1, "138****8000#2": 2}),
    ({"a": json.dumps({"phone": PHONE})}, {"a": json.dumps({"phone": "138****8000"})}),
    ({"a": f"{PHONE}"}, {"a": "138****8000"}),
    ({"a": [PHONE, "", f" {PHONE} "]}, {"a": ["138****8000", "", " 138****8000 "]}),
])  # fmt: skip
def test_values_are_masked_where_they_stand(before: Any, after: Any) -> None:
    for escaped in (True, False):
        sent = json.dumps(before, ensure_ascii=escaped).encode()
        assert json.loads(masked(sent)) == after


def test_whole_strings_are_covered_in_their_places() -> None:
    covers = {"phone": partly("basic.phone"), "email": partly("basic.email")}
    data = b'{"a":"13800138000","b":["13811118000"]}'
    hits = [(6, 17, "phone"), (6, 17, "other"), (25, 36, "phone")]
    made = b'{"a":"138****8000","b":["138****8000"]}'
    assert starred(data, Found.of(hits), covers) == made
    for text, others in (
        (data, [(6, 17, "email")]), (data, [(6, 17, "phone"), (9, 17, "phone")]),
        (b'{"a":"138 0013800"}', [(6, 17, "phone")]),
    ):  # fmt: skip
        assert starred(text, Found.of(others), covers) is None


def test_nothing_else_of_the_bytes_changes() -> None:
    sent = b'{ "a" : 1.0e3,\n\t"phone":"13800138000" , "b":[ ] }\r\n'
    assert masked(sent) == sent.replace(b"13800138000", b"138****8000")


def test_a_value_that_reaches_over_several_takes_each_of_them() -> None:
    data = b'{"lat":31.2304,"lng":121.4737,"x":"1"}'
    made = JsonMasker(data).masked([(7, 29, lambda _: "gone")])
    assert json.loads(made) == {"lat": "***", "lng": "***", "x": "1"}


def test_what_is_no_json_is_masked_all_the_same() -> None:
    assert JsonMasker(b'x "abcdef').masked([(3, 9, lambda _: "-")]) == b'x "***'


def test_a_part_with_an_escape_at_its_edge_goes_whole() -> None:
    data = rb'{"a":"x\n13\t8 y"}'
    start = data.index(b"13")
    made = JsonMasker(data).masked([(start, start + 4, lambda text: f"<{len(text)}>")])
    assert json.loads(made) == {"a": "x\n<3>8 y"}
    half = JsonMasker(rb'{"a":"\ud83d"}').masked([(7, 9, lambda text: text)])
    assert json.loads(half) == {"a": "***"}


def test_quotes_in_what_is_shown_are_escaped() -> None:
    data = b'{"a":"13800138000","b":"x 13800138000"}'
    spans = [(6, 17), (26, 37)]
    made = JsonMasker(data).masked([(a, b, lambda _: '"\\') for a, b in spans])
    assert json.loads(made) == {"a": '"\\', "b": 'x "\\'}


def test_a_hit_on_a_whole_string_with_its_quotes_covers_it() -> None:
    assert JsonMasker(b'["ab"]').masked([(1, 5, lambda _: "x")]) == b'["***"]'


PHONES = st.integers(13000000000, 19999999999)
LEAVES = (
    st.none() | st.booleans() | st.integers(-999, 999) | st.text(max_size=12)
    | PHONES | PHONES.map(str)
    | PHONES.map(lambda n: f"电话：{n}，谢谢") | PHONES.map(lambda n: f'"{n}"')
)  # fmt: skip
TREES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text('abc电话"\\', max_size=5), inner, max_size=4)
    ),
    max_leaves=16,
)


def compare(before: Any, after: Any) -> None:
    """Hold that two values differ in telephone numbers alone."""
    if isinstance(before, dict):
        assert list(before) == list(after)
        for key in before:
            compare(before[key], after[key])
    elif isinstance(before, list):
        assert len(before) == len(after)
        for one, other in zip(before, after, strict=True):
            compare(one, other)
    elif before != after:
        assert isinstance(after, str)
        assert "*" in after
        assert any(char.isdigit() for char in str(before))


@given(TREES, st.booleans(), st.sampled_from([None, 2]))
def test_whatever_is_masked_stays_json_and_differs_in_values_alone(
    value: Any, escaped: bool, indent: int | None
) -> None:
    sent = json.dumps(value, ensure_ascii=escaped, indent=indent).encode("utf-8", "surrogatepass")
    made = masked(sent)
    compare(json.loads(sent), json.loads(made))
    left = [one for one in SCANNER.find(spaced(made)) if INFOS[one[2]] == "basic.phone"]
    assert not left


@given(
    st.binary(max_size=80), st.lists(st.tuples(st.integers(0, 80), st.integers(1, 20)), max_size=4)
)
def test_any_bytes_and_hits_are_survived(data: bytes, spans: list[tuple[int, int]]) -> None:
    hits = [
        (a, min(a + n, len(data)), lambda text: text[:1]) for a, n in sorted(spans) if a < len(data)
    ]
    JsonMasker(data).masked(hits)


@given(TREES)
def test_hits_anywhere_in_json_leave_json(value: Any) -> None:
    data = orjson.dumps(value) if not _huge(value) else b"[]"
    for start in range(0, len(data) - 1, 3):
        made = JsonMasker(data).masked([(start, min(start + 4, len(data)), lambda _: "x")])
        assert len(made) > 0


def _huge(value: Any) -> bool:
    try:
        orjson.dumps(value)
    except TypeError:
        return True
    return False
