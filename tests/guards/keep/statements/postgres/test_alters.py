from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.guards.keep.statements.said import said

if TYPE_CHECKING:
    from hongxian.guards.keep.statements.catalog import Catalog


@pytest.mark.parametrize(
    ("sql", "verdict", "codes"),
    [
        ("alter table users add column a int", "safe", set()),
        ("alter table users add column a int default trap.wipe()", "destructive", {"mass_all", "many_calls"}),
        ("alter table users add column a int references users on delete cascade", "reversible",
         {"cascade_made"}),
        ("alter table users add check (id > 0), validate constraint c", "safe", set()),
        ("alter table users drop column name", "destructive", {"drop_column"}),
        ("alter table users drop constraint users_email_key", "reversible", {"altered"}),
        ("alter table users alter id type bigint", "reversible", {"altered"}),
        ("alter table users alter id type bigint using 0", "destructive", {"column_type"}),
        ("alter table users alter id type smallint", "destructive", {"column_type"}),
        ("alter table users alter id type bigint[]", "destructive", {"column_type"}),
        ("alter table users alter nope type text", "destructive", {"column_type"}),
        ("alter table orders alter note type text", "reversible", {"altered"}),
        ("alter table orders alter note type varchar(5)", "destructive", {"column_type"}),
        ("alter table users set unlogged", "destructive", {"unlogged"}),
        ("alter table users disable trigger all", "destructive", {"trigger_off"}),
        ("alter table users disable row level security", "destructive", {"row_security_off"}),
        ("alter foreign table users options (add a 'b')", "unknown", {"alter_unknown"}),
        ("create temp table x (a int); alter table x drop column a", "safe", set()),
        ("drop table users", "destructive", {"drop_table"}),
        ("drop table users, nope", "unknown", {"drop_table", "relation_unknown"}),
        ("drop table nope", "unknown", {"relation_unknown"}),
        ("drop table if exists nope", "destructive", {"drop_table"}),
        ("drop view active_users", "reversible", {"dropped"}),
        ("drop view active_users cascade", "destructive", {"drop_cascade"}),
        ("drop schema app", "reversible", {"dropped"}),
        ("drop schema app cascade", "destructive", {"drop_schema"}),
        ("drop function add(int, int)", "reversible", {"dropped"}),
        ("drop type mood", "reversible", {"dropped"}),
        ("drop trigger touch on users", "reversible", {"dropped"}),
        ("drop cast (text as int)", "reversible", {"dropped"}),
        ("drop publication p", "destructive", {"drop_publication"}),
        ("alter function add(int, int) volatile", "reversible", {"altered"}),
        ("alter function add(int, int) set session_replication_role = 'replica'", "destructive",
         {"altered", "protective_setting"}),
        ("alter type mood add value 'x'", "safe", set()),
        ("alter type mood rename value 'sad' to 'x'", "reversible", {"renamed"}),
        ("alter domain positive add check (trap.wipe() = 1)", "destructive", {"altered", "mass_all"}),
        ("alter extension pg_trgm update", "reversible", {"extension"}),
        ("alter extension dblink update", "unknown", {"extension"}),
        ("alter database shop connection limit 5", "reversible", {"altered"}),
        ("alter database shop allow_connections false", "destructive", {"altered"}),
    ],
)  # fmt: skip
def test_alters(sql: str, verdict: str, codes: set[str], shop: Catalog) -> None:
    assert said(sql, shop) == (verdict, codes)


def test_what_is_dropped_is_named(shop: Catalog) -> None:
    from hongxian.guards.keep.statements.classify import classify

    def touched(sql: str) -> list[tuple[str, str]]:
        return [(one.kind, one.name) for one in classify(sql, shop).touched]

    assert touched("drop table users") == [("table", "public.users")]
    assert touched("drop materialized view sales") == [("view", "public.sales")]
    assert touched("drop schema app cascade") == [("schema", "app")]
    assert touched("drop function app.f(int)") == [("function", "app.f")]
    assert touched("drop index x") == [("other", "x")]
    assert touched("drop type mood") == [("type", "mood")]


def test_what_cannot_be_dropped_by_the_grammar_we_know_is_unknown() -> None:
    from hongxian.guards.keep.statements.catalog import Catalog
    from hongxian.guards.keep.statements.postgres.alters import HANDLERS
    from hongxian.guards.keep.statements.postgres.case import TOP, Case
    from hongxian.guards.keep.statements.postgres.judge import Judge

    case = Case()
    node = {"removeType": "OBJECT_NEW", "objects": [{"String": {"sval": "x"}}]}
    HANDLERS["DropStmt"](Judge(Catalog.of()), node, TOP, case)
    assert case.verdict.name == "UNKNOWN"
