from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.tables import (
    Key,
    address,
    address_of,
    at_most,
    known_tables,
    missing_tables,
    one_of,
    span,
    span_of,
    table_faults,
)

KEYS = {
    "listen": Key(str, address, needed=True), "every": Key(str, span),
    "count": Key(int, at_most(9)), "who": Key(list, one_of("a", "b")), "on": Key(bool),
}  # fmt: skip


def faults(row: dict[str, Any]) -> list[str]:
    return [f"{place}: {fault.say('en')}" for place, fault in table_faults("t", row, KEYS)]


def test_a_whole_table_has_no_fault() -> None:
    whole = {"listen": "[::1]:80", "every": "15m", "count": 9, "who": ["a", "b"], "on": False}
    assert faults(whole) == []


@pytest.mark.parametrize(("row", "line"), [
    ({}, "t: listen is missing"),
    ({"listen": "80"}, "t: listen: '80' is no address"),
    ({"listen": ":65536"}, "':65536' is no address"),
    ({"every": "2 m"}, "'2 m' is no span of time"),
    ({"count": 10}, "count may be 9 at most"),
    ({"count": 0}, "'count' has a value of the wrong kind"),
    ({"count": True}, "'count' has a value of the wrong kind"),
    ({"who": ["a", "c"]}, "who = 'c' is none of a, b"),
    ({"who": "a"}, "'who' has a value of the wrong kind"),
    ({"cuont": 1}, "unknown key 'cuont'"),
])  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(row: dict[str, Any], line: str) -> None:
    assert any(line in one for one in faults(row)), faults(row)


def test_tables_that_are_needed_and_missing_are_told() -> None:
    missing = [fault.say("en") for _, fault in missing_tables({"a": {}}, ("a", "upstream"))]
    assert missing == ["the table [upstream] is missing"]


def test_tables_that_nobody_knows_and_what_is_none_are_told() -> None:
    content = {"a": {}, "b": 1, "rows": [], "rwos": {}, "list": {}}
    found = [
        f"{place}: {fault.say('en')}"
        for place, fault in known_tables(content, ["a", "b", "rows", "list"],
                                         {"rows": "wrong_kind", "list": "wrong_kind"})
    ]  # fmt: skip
    assert found == [
        "b: not a table", ": unknown key 'rwos'; nearest: 'rows'",
        "list: 'list' has a value of the wrong kind",
    ]  # fmt: skip


def test_addresses_and_spans_are_read() -> None:
    assert address_of("[::1]:80") == ("::1", 80)
    assert address_of(":8080") == ("0.0.0.0", 8080)
    assert (span_of("50ms"), span_of("2m"), span_of("2 m")) == (0.05, 120.0, 0.0)


VALUES = st.integers() | st.text(max_size=12) | st.booleans() | st.none() | st.lists(st.text())


@given(st.dictionaries(st.sampled_from(sorted(KEYS)) | st.text(max_size=6), VALUES, max_size=5))
def test_any_table_is_read_without_an_error(row: dict[str, Any]) -> None:
    for _, fault in table_faults("t", row, KEYS):
        assert fault.say("zh")
        assert fault.say("en")
