from __future__ import annotations

import pytest
from tests.guards.keep.statements.mysql.said import said

from hongxian.guards.keep.statements.catalog import Catalog, Column, Function, Relation, Trigger
from hongxian.guards.keep.statements.mysql import calls as module
from hongxian.guards.keep.statements.mysql.calls import body, known, routine, views
from hongxian.guards.keep.statements.postgres.case import Case
from hongxian.guards.keep.statements.verdict import Verdict

COLUMNS = (Column("b", "int(11)"), Column("c", "int(11)"), Column("d", "varchar(9)"))
TABLE = Relation("s", "a", rows=900, columns=COLUMNS, keys=(("c",), ("d",)))
VIEW = Relation("s", "v", "v", definition="select f() from `s`.`v`")
CATALOG = Catalog.of(
    relations=[TABLE, VIEW],
    functions=[Function("s", "f", body="return f() + g()"), Function("s", "g", body="return 1"),
               Function("s", "bad", body="delete from a"), Function("s", "datetime", body="drop x")],
)  # fmt: skip


def said_of(words: str, catalog: Catalog = CATALOG) -> Verdict:
    case = Case()
    body(words, catalog, case)
    return case.verdict


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("begin insert into a values (1); set @a = 1; end", Verdict.SAFE),
        ("update a set b = 1 where c = new.c", Verdict.SAFE),
        ("update a set b = 1 where c = p", Verdict.SAFE),
        ("update a set b = 1 where c = p and b > 5", Verdict.SAFE),
        ("update a set b = 1", Verdict.DESTRUCTIVE),
        ("update a set b = 1 where 1", Verdict.DESTRUCTIVE),
        ("update a set b = 1 where c = b", Verdict.DESTRUCTIVE),
        ("update a set b = 1 where c = x.c", Verdict.DESTRUCTIVE),
        ("update a set b = 1 where d = p", Verdict.DESTRUCTIVE),
        ("while x do update a set b = 1 where c = p; end while", Verdict.DESTRUCTIVE),
        ("insert into a select 1 on duplicate key update b = 1", Verdict.DESTRUCTIVE),
        ("insert into a values (1) on duplicate key update b = 1", Verdict.SAFE),
        ("delete from a where b = 1", Verdict.DESTRUCTIVE),
        ("do bad()", Verdict.DESTRUCTIVE),
        ("select * from v", Verdict.SAFE),
        ("select nope()", Verdict.UNKNOWN),
        ("update nope set b = 1 where c = p", Verdict.UNKNOWN),
        ("call x()", Verdict.UNKNOWN),
        ("set @a = 'open", Verdict.UNKNOWN),
        ("return datetime(1)", Verdict.DESTRUCTIVE),
        ("declare n int(11)", Verdict.SAFE),
    ],
)
def test_bodies_are_judged_by_their_words_and_changes(words: str, verdict: Verdict) -> None:
    assert said_of(words) is verdict


def test_routines_that_call_themselves_end() -> None:
    case = Case()
    routine("F", CATALOG, case)
    assert (case.verdict, {one.name for one in case.touched}) == (Verdict.SAFE, {"s.f", "s.g"})


def test_triggers_that_fire_one_another_end() -> None:
    fire = Trigger(
        "t", ("", ""), frozenset({"update"}), definition="update a set b=1 where c=new.c"
    )
    looped = Catalog.of(
        relations=[Relation("s", "a", "r", 900, COLUMNS, (("c",),), triggers=(fire,))]
    )
    assert said("update a set b = 2 where c = 5", looped)[1] <= {"many_calls"}
    deep = Case()
    seen = frozenset(str(one) for one in range(module.DEEPEST + 1))
    body("update a set b = 1 where c = p", CATALOG, deep, seen)
    assert deep.verdict is Verdict.UNKNOWN


def test_views_are_found_as_a_server_may_keep_them() -> None:
    assert views("V", CATALOG) == views("v", CATALOG) == [VIEW]
    assert views("a", CATALOG) == []
    broken = Catalog.of(relations=[Relation("s", "w", "v", definition="select 'open")])
    assert said("do (select 1 from w)", broken) == ("unknown", {"unparsable"})


def test_tables_of_words() -> None:
    assert {"COUNT", "NOW"} <= known()["functions"]["safe"]
