from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.keep.statements.postgres.parse import UnreadableError, fingerprint, parse
from hongxian.guards.keep.statements.postgres.shape import shape


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("select 1", "select 22"),
        ("select 'a'", "select '中, \"x\" -'"),
        ("select a1 from t where b = 5", "select a1 from t where b = 0x1F"),
        ("select 1.5", "select 1e+5"),
        ('select "a 1" from t where x in (1, 2)', 'select "a 1" from t where x in (3, 44)'),
        ("select $1, 'a''b'", "select $1, 'c''d'"),
    ],
    ids=["number", "text", "hex", "exponent", "name", "quote"],
)
def test_literals_are_out(one: str, other: str) -> None:
    assert shape(one) == shape(other) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("select a1", "select a2"),
        ('select "a 1"', 'select "a 2"'),
        ("select 😀1", "select 😀2"),
        ("select $1", "select $2"),
        ("select 1", "select '1'"),
        ("select 0x1e+5", "select 5"),
        ("select t.a1 from t", "select t.a2 from t"),
    ],
    ids=["name", "quoted", "sign", "parameter", "kind", "sum", "column"],
)
def test_names_stay(one: str, other: str) -> None:
    assert shape(one) != shape(other)


@pytest.mark.parametrize(
    "sql",
    [r"select 'a\'", "select 1 -- x", "select /* x */ 1", "select E'a'", "select é'a'", "select U&'a'",
     'select U&"a"', "select $$a$$", "select $a$ x $a$", "select $1a", "select 'open", "select x'1f'",
     "select \0", "select \1"],
)  # fmt: skip
def test_what_can_be_read_in_two_ways_has_no_shape(sql: str) -> None:
    assert shape(sql) is None


SIGNS = st.text("abe01.+-$'\"() =,;x中", max_size=14)


@given(SIGNS, SIGNS)
def test_texts_of_one_shape_have_one_fingerprint(one: str, other: str) -> None:
    form = shape(f"select {one}")
    swapped = f"select {one}".replace("0", "7").replace("1", "3").replace("中", "国")
    for text in (swapped, f"select {other}"):
        if form is None or shape(text) != form:
            continue
        try:
            parse(f"select {one}")
            parse(text)
        except UnreadableError:
            continue
        assert fingerprint(f"select {one}") == fingerprint(text)
