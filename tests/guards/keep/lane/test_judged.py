from __future__ import annotations

import pytest

from hongxian.guards.keep.lane.judged import WORDS, defines, lasting, prepares, waits
from hongxian.guards.keep.statements.catalog import Catalog
from hongxian.guards.keep.statements.classify import Classifier
from hongxian.guards.keep.statements.verdict import Verdict

JUDGE = Classifier(Catalog.of(server=150000))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("select 1", (False, False, True)),
        ("begin; select 1; commit", (False, False, True)),
        ("create table t (a int)", (True, False, False)),
        ("select 1; drop table t", (True, False, False)),
        ("prepare p as select 1", (False, True, False)),
        ("execute p", (False, False, False)),
        ("truncate t", (False, False, True)),
        ("do 'begin end'", (True, False, False)),
    ],
)
def test_what_a_text_leaves_behind(text: str, told: tuple[bool, bool, bool]) -> None:
    found = JUDGE.classify(text)
    assert (defines(found), prepares(found), lasting(found)) == told


def test_the_words_are_those_of_the_verdicts() -> None:
    assert [one.name.lower() for one in Verdict] == list(WORDS)


def test_what_is_judged_when_it_is_used() -> None:
    text = "create function f() returns int language sql as 'select a from to_come'"
    assert waits(JUDGE.classify(text))
    assert not waits(JUDGE.classify("create table t (a int)"))
