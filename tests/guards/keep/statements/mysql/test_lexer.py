from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.keep.statements.mysql.lexer import Token, UnreadableError, readings


def texts(sql: str, *modes: str) -> list[list[list[str]]]:
    return [[[one.canonical for one in part] for part in reading]
            for reading in readings(sql, frozenset(modes))]  # fmt: skip


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("select 1", ["select", "1"]),
        ("select 'it''s', \"a\"\"b\"", ["select", "'it''s'", ",", "'a\"b'"]),
        (r"select 'it\'s \\ \n'", ["select", "'it''s / \n'"]),
        ("select `a``b`.c", ["select", "`a``b`", ".", "c"]),
        ("select 1 -- x\n, 2 # y\n, 3 /* z */", ["select", "1", ",", "2", ",", "3"]),
        ("select 5--1", ["select", "5", "-", "-", "1"]),
        ("select 1e5, 0x1F, .5, 1.5, a1, 1a", ["select", "1e5", ",", "0x1F", ",", ".5", ",", "1.5", ",",
                                               "a1", ",", "1a"]),
        ("a<=>b:=c||d", ["a", "<=>", "b", ":=", "c", "||", "d"]),
        ("选 中", ["选", "中"]),
        ("select /*+ NO_MERGE(t) */ 1", ["select", "1"]),
    ],
)  # fmt: skip
def test_words(sql: str, words: list[str]) -> None:
    assert texts(sql) == [[words]]


def test_modes_change_what_quotes_mean() -> None:
    assert texts('select "a"', "ANSI_QUOTES") == [[["select", "`a`"]]]
    assert texts(r"select 'a\', 1", "NO_BACKSLASH_ESCAPES") == [[["select", "'a/'", ",", "1"]]]


def test_statements_are_told_apart() -> None:
    assert texts("select ';'; ; drop table t;") == [[["select", "';'"], ["drop", "table", "t"]]]
    assert texts("") == [[]]


@pytest.mark.parametrize(
    "comment", ["/*! b */", "/*!50000 b */", "/*!100100 b*/", "/*M! b */", "/*M!100100 b */"]
)
def test_comments_that_may_run_are_read_both_ways(comment: str) -> None:
    assert texts(f"a {comment} c") == [[["a", "b", "c"]], [["a", "c"]]]


def test_only_spaces_of_the_server_are_spaces() -> None:
    assert texts("a --\u00a0b, c") == [[["a", "-", "-", "\u00a0b", ",", "c"]]]
    assert texts("a\u00a0b\u2028c \x0bd") == [[["a\u00a0b\u2028c", "d"]]]
    assert texts("a --\x7f b") == texts("a --") == [[["a"]]]
    assert Token("word", "\u017felect").upper == "\u017felect"


def test_the_first_words_of_a_dump_are_a_comment() -> None:
    assert texts("/*M!999999\\- enable the sandbox mode */ a") == [[["a"]]]
    assert len(texts("/*M!999999 enable the sandbox mod */ a")) == 2


def test_names_have_no_escapes() -> None:
    assert texts(r'select "a\", `b\`', "ANSI_QUOTES") == [[["select", "`a\\`", ",", "`b\\`"]]]


@pytest.mark.parametrize("sql", ["/*!1 ' */ x /* ' */", "/*M! -- */ x\n*/", "/*! ` */ x /* ` */"])
def test_a_comment_that_ends_at_two_places_is_not_read(sql: str) -> None:
    with pytest.raises(UnreadableError):
        readings(sql)


def test_each_comment_has_two_readings() -> None:
    assert len(texts("/*!1a*/ /*!2b*/ /*!3c*/")) == 8


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("select 'a", "unparsable"), ("select `a", "unparsable"), ("select /* a", "unparsable"),
        ("select /*! a", "unparsable"), ("/*! a /* b */ c */", "unparsable"), ("a\0b", "zero_byte"),
        ("a \x01", "unparsable"), ("/*!a*/" * 6, "too_deep"),
        ("select /*+ set_var(sql_mode='') */ 1", "reading_setting"),
    ],
)  # fmt: skip
def test_what_cannot_be_read(sql: str, code: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        readings(sql)
    assert caught.value.args == (code,)


def test_quoted_words_are_no_keywords() -> None:
    assert Token("name", "drop").upper == Token("string", "drop").upper == ""
    assert Token("word", "drop").upper == "DROP"
    assert Token("sign", ";").is_sign(";")
    assert not Token("string", ";").is_sign(";")


@given(st.text("'\"`\\/*!-# ;a1\n", max_size=30))
def test_any_text_is_read_or_refused(sql: str) -> None:
    try:
        found = readings(sql)
    except UnreadableError as error:
        found = [[[Token("word", str(error.args[0]))]]]
    assert found
