from __future__ import annotations

import sys
import threading
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.keep.statements.postgres import parse as module
from hongxian.guards.keep.statements.postgres.parse import (
    Argument,
    UnreadableError,
    fingerprint,
    parse,
    parse_body,
)
from hongxian.words.worded import WordedError


def test_statements_come_in_order_with_their_own_text() -> None:
    found = parse("  select '中' ; /* a */ DROP TABLE \"Ü\";; -- end")
    assert [(one.kind, one.text) for one in found] == [
        ("SelectStmt", "select '中'"), ("DropStmt", '/* a */ DROP TABLE "Ü"'),
    ]  # fmt: skip


@pytest.mark.parametrize("empty", ["", " ", ";", "-- nothing", "/* /* a */ */"])
def test_nothing_is_no_statement(empty: str) -> None:
    assert parse(empty) == []


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("selec 1", "unparsable"),
        ("select 'open", "unparsable"),
        ("\ufeffselect 1", "unparsable"),
        ("select 1\0; drop table t", "zero_byte"),
        ("select '\udcff'", "no_unicode"),
        ("select 1" + " " * module.LONGEST, "too_long"),
        ("select " + "+".join(["1"] * 2000), "too_deep"),
        ("select " + "+".join(["1"] * 400_000), "too_deep"),
        ("select " + "(" * 30_000 + "1" + ")" * 30_000, "unparsable"),
    ],
    ids=["typo", "open", "bom", "zero", "surrogate", "long", "deep", "deepest", "brackets"],
)
def test_what_cannot_be_read_says_why(sql: str, code: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        parse(sql)
    assert caught.value.args == (code,)


def test_a_long_flat_text_is_read() -> None:
    (one,) = parse("insert into t values " + ",".join(["(1,'x')"] * 50_000))
    assert one.kind == "InsertStmt"
    assert len(one.node["selectStmt"]["SelectStmt"]["valuesLists"]) == 50_000


def test_without_room_for_a_stack_a_long_text_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", full)
    with pytest.raises(UnreadableError, match="too_deep"):
        parse("select 1" + " " * module.SHORT)
    assert threading.stack_size() == 0


def test_a_body_knows_its_arguments() -> None:
    body = "begin n := p_id + 1; row.x := $body$a$body$; end"
    arguments = (Argument("p_id"), Argument("n"), Argument("row", composite=True), Argument(""))
    datums = parse_body(body, arguments)["datums"]
    names = [next(iter(one.values())).get("refname") for one in datums]
    assert names[:3] == ["p_id", "n", "row"]
    with pytest.raises(UnreadableError, match="unparsable"):
        parse_body(body)


@pytest.mark.parametrize(
    ("returns", "body"),
    [
        ("void", "begin end"),
        ("text", "begin return 1; end"),
        ("setof record", "begin return query select 1; end"),
        ("trigger", "begin new.a := old.a; return new; end"),
        ("event_trigger", "begin raise notice 'x'; end"),
    ],
)
def test_bodies_of_every_kind(returns: str, body: str) -> None:
    assert "action" in parse_body(body, returns=returns)


def test_a_body_cannot_end_its_own_quotes() -> None:
    with pytest.raises(UnreadableError):
        parse_body("begin end $body$; create function g() returns void language sql as $body$ x")


def test_fingerprints_differ_in_more_than_literals() -> None:
    one = fingerprint("delete from t where id = 1")
    assert one == fingerprint("DELETE  FROM t WHERE id=22 -- x")
    assert one != fingerprint("delete from u where id = 1")
    assert len(one) == 16


def test_the_missing_parser_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pgparse", None)
    with pytest.raises(WordedError, match="needs the extra keep"):
        parse("select 1")


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (parse, parse_body):
        with suppress(UnreadableError):
            assert read(text) is not None
