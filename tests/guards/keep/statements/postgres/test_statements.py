from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.guards.keep.statements.said import said

if TYPE_CHECKING:
    from hongxian.guards.keep.statements.catalog import Catalog


@pytest.mark.parametrize(
    ("sql", "verdict", "codes"),
    [
        ("explain (analyze off) delete from logs", "safe", set()),
        ("explain analyze delete from logs", "destructive", {"mass_all"}),
        ("explain (analyze no) delete from logs", "destructive", {"mass_all"}),
        ("prepare p as delete from logs", "destructive", {"mass_all"}),
        ("prepare p as select 1; execute p", "safe", set()),
        ("execute p", "unknown", {"prepared_unknown"}),
        ("declare c cursor for select trap.wipe()", "destructive", {"mass_all"}),
        ("copy users to stdout", "safe", set()),
        ("copy users from stdin", "safe", set()),
        ("copy nope from stdin", "unknown", {"relation_unknown"}),
        ("copy users from '/x'", "reversible", {"server_file"}),
        ("copy users to '/x'", "destructive", {"server_file"}),
        ("copy users from program 'x'", "unknown", {"program"}),
        ("copy users from stdin where drop_user(5) is null", "destructive", {"many_calls"}),
        ("call trap.purge()", "destructive", {"mass_all"}),
        ("begin; savepoint a; rollback to a; commit", "safe", set()),
        ("prepare transaction 'x'", "reversible", {"prepared_transaction"}),
        ("commit prepared 'x'", "destructive", {"prepared_transaction"}),
        ("vacuum", "safe", set()),
        ("vacuum full users", "reversible", {"rewritten"}),
        ("vacuum (full off) users", "safe", set()),
        ("reindex table users", "safe", set()),
        ("cluster users", "reversible", {"rewritten"}),
        ("refresh materialized view sales", "safe", set()),
        ("refresh materialized view sales with no data", "reversible", {"emptied_view"}),
        ("refresh materialized view nope", "unknown", {"relation_unknown"}),
        ("alter sequence users_id_seq restart", "reversible", {"sequence"}),
        ("create schema x create table t (a int) create view v as select trap.wipe()", "destructive",
         {"mass_all", "many_calls"}),
        ("create event trigger e on sql_drop execute function audit_row()", "reversible",
         {"event_trigger_made"}),
        ("alter system set a = 1", "destructive", {"system_setting"}),
        ("drop database shop", "destructive", {"drop_database"}),
        ("drop role clerk", "destructive", {"drop_role"}),
        ("security label on table users is 'x'", "reversible", {"policy"}),
        ("alter table users rename to x", "reversible", {"renamed"}),
        ("load 'x'", "unknown", {"kind_unknown"}),
        ("create operator # (leftarg = int, rightarg = int, function = int4pl); select 1", "unknown",
         {"made", "changed_before"}),
        ("listen a; notify a; unlisten a; discard all; checkpoint; show all", "safe", set()),
    ],
)  # fmt: skip
def test_statements(sql: str, verdict: str, codes: set[str], shop: Catalog) -> None:
    assert said(sql, shop) == (verdict, codes)


@pytest.mark.parametrize(
    ("sql", "rows", "codes"),
    [
        ("delete from notes where id < 5", 4, set()),
        ("delete from notes where id < 500", 499, {"mass_unproven", "mass_estimated"}),
        ("delete from tenants where name > 'a'", 1, {"mass_unproven", "mass_estimated"}),
        ("update active_users set name = 'x' where id < 5", 4, set()),
        ("select 1; delete from notes where id < 5", 4, set()),
    ],
)
def test_the_planner_takes_doubt_back(
    sql: str, rows: float, codes: set[str], shop: Catalog
) -> None:
    from hongxian.guards.keep.statements.classify import classify

    found = classify(sql, shop, lambda _: rows)
    assert {one.code for one in found.reasons} == codes


def test_an_estimate_of_a_table_that_nobody_counted_is_no_proof() -> None:
    from hongxian.guards.keep.statements.catalog import Catalog, Column, Relation
    from hongxian.guards.keep.statements.classify import classify

    catalog = Catalog.of(relations=[Relation("a", "t", columns=(Column("id", "integer"),))])
    found = classify("delete from t where id > 5", catalog, lambda _: 1)
    assert [one.code for one in found.reasons] == ["mass_unproven"]
