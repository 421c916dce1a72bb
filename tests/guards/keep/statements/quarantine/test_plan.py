from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hongxian.guards.keep.statements.classify import classify
from hongxian.guards.keep.statements.quarantine.plan import plan

if TYPE_CHECKING:
    from hongxian.guards.keep.statements.catalog import Catalog


@pytest.mark.parametrize(
    ("sql", "codes"),
    [
        ("selec", {"unparsable"}),
        ("select no_such()", {"function_unknown"}),
        ("alter system set a = 1", {"no_quarantine"}),
        ("alter table users drop column name", set()),
        ("alter table users alter column name type int using 1", {"no_quarantine"}),
        ("delete from pg_class", {"no_quarantine"}),
        ("begin; delete from logs; commit", {"own_transaction"}),
        ("delete from logs; drop role clerk", {"no_quarantine"}),
        ("drop table hongxian_trash_x.users", {"trash", "relation_unknown"}),
        ("alter table users set schema hongxian_trash_x", {"no_quarantine"}),
        ("alter schema shop rename to hongxian_trash_x", {"no_quarantine"}),
        ("create table hongxian_trash_x.a as select 1", {"no_quarantine"}),
        ("prepare p as delete from logs", set()),
        ("declare c cursor for select 1", set()),
        ("delete from logs", set()),
        (b"delete from logs", set()),
        ("select 1; truncate logs", set()),
    ],
)
def test_what_can_be_quarantined(sql: str | bytes, codes: set[str], shop: Catalog) -> None:
    made = plan(classify(sql, shop), shop, "x")
    assert {one.code for one in made.reasons} == codes
    assert made.carried is not bool(codes)
    assert made.schema == "hongxian_trash_x"


def test_what_is_safe_runs_as_it_is(shop: Catalog) -> None:
    made = plan(classify("select 1; select 2", shop), shop, "x")
    assert made.run == ("select 1", "select 2")
    assert made.undo == made.close == ()


def test_the_schema_is_made_first_and_dropped_last(shop: Catalog) -> None:
    made = plan(classify("delete from logs", shop), shop, "x")
    assert made.run[0] == 'create schema "hongxian_trash_x"'
    assert "delete from logs" in made.run
    assert made.undo[-1:] == ('drop schema "hongxian_trash_x" cascade',)
    assert made.close == ('drop schema if exists "hongxian_trash_x" cascade',)
