from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.keep.evidence.entry import (
    FIRST,
    LONGEST,
    Entry,
    EntryError,
    covered,
    line_hash,
    read_entry,
    seconds_of,
    stamp,
)

AT = "2026-01-31T08:00:00.000000Z"
BODIES = st.dictionaries(
    st.text("abc_", min_size=1, max_size=5),
    st.one_of(st.integers(-(2**63), 2**63), st.booleans(), st.none(), st.text(max_size=9),
              st.lists(st.text(max_size=3), max_size=3)),
)  # fmt: skip


def entry(**values: object) -> Entry:
    told: dict[str, object] = {"seq": 0, "at": AT, "kind": "refused", "body": {}, "prev": FIRST}
    return Entry(**{**told, **values})  # type: ignore[arg-type]


@given(BODIES)
def test_a_line_is_read_as_it_was_written(body: dict[str, object]) -> None:
    made = entry(body=body)
    assert read_entry(made.line()) == made


def test_the_line_is_canonical() -> None:
    line = entry(body={"b": "红", "a": [1, True, None]}).line()
    assert line.decode() == (
        f'{{"at":"{AT}","body":{{"a":[1,true,null],"b":"红"}},"kind":"refused",'
        f'"prev":"{FIRST}","seq":0}}'
    )


GOOD = entry(body={"a": 1}).line()


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(b"", id="empty"), pytest.param(b"[]", id="list"),
        pytest.param(GOOD.replace(b":0}", b": 0}"), id="space"),
        pytest.param(GOOD.replace(b'"a":1', b'"a":1.0'), id="fraction"),
        pytest.param(GOOD.replace(b'"a":1', b'"a":1,"a":1'), id="key twice"),
        pytest.param(GOOD.replace(b'"a":1', b'"b":1,"a":1'), id="order"),
        pytest.param(GOOD.replace(b'"a":1', b'"\\u0061":1'), id="escape"),
        pytest.param(GOOD.replace(b'"a":1', b'"a":"\xff"'), id="no UTF-8"),
        pytest.param(GOOD.replace(b'"seq":0', b'"seq":true'), id="seq true"),
        pytest.param(GOOD.replace(b"refused", b"Refused"), id="kind"),
        pytest.param(GOOD.replace(b"000Z", b"000"), id="time"),
        pytest.param(GOOD.replace(FIRST.encode(), b"0"), id="hash"),
        pytest.param(GOOD.replace(b'{"a":1}', b"1"), id="body"),
        pytest.param(GOOD.replace(b',"seq":0', b""), id="missing"),
        pytest.param(GOOD.replace(b',"seq":0', b',"seq":0,"x":0'), id="more"),
        pytest.param(b"[" * 100_000, id="deep"),
        pytest.param(b'"' + b"x" * LONGEST + b'"', id="long"),
    ],
)  # fmt: skip
def test_what_is_spelt_differently_is_no_entry(line: bytes) -> None:
    with pytest.raises(EntryError):
        read_entry(line)


@pytest.mark.parametrize("body", [{"a": 1.5}, {"a": [{"b": 0.1}]}, {"键": 1}, {"a": {1: 2}}])
def test_what_has_no_one_spelling_is_not_written(body: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        entry(body=body).line()


def test_a_long_body_is_not_written() -> None:
    with pytest.raises(EntryError):
        entry(body={"a": "x" * LONGEST}).line()


def test_times_go_there_and_back() -> None:
    assert stamp(seconds_of(AT)) == AT
    assert json.loads(entry().line())["at"] == AT


def test_pi_is_covered_and_digests_stay() -> None:
    body = {
        "says": "call 13800138000", "deep": {"who": ["13800138000", {"x": "13800138000"}]},
        "fingerprint": "1380013800013800", "rows": 3,
    }  # fmt: skip
    shown = covered(body)
    assert "13800138000" not in json.dumps({k: v for k, v in shown.items() if k != "fingerprint"})
    assert (shown["fingerprint"], shown["rows"]) == (body["fingerprint"], 3)


def test_the_hash_is_that_of_a_leaf() -> None:
    assert line_hash(b"") == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
