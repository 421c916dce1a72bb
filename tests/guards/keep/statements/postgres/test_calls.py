from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.guards.keep.statements.said import said

if TYPE_CHECKING:
    from hongxian.guards.keep.statements.catalog import Catalog


@pytest.mark.parametrize(
    ("sql", "verdict", "codes"),
    [
        ("select now(), random(), lower('X')", "safe", set()),
        ("select setval('users_id_seq', 5)", "reversible", {"server_function"}),
        ("select lo_unlink(5)", "destructive", {"server_function"}),
        ("select ts_stat('select 1')", "unknown", {"text_function"}),
        ("select currtid2('a', '(0,1)'), pg_nextoid('a', 'b', 'c')", "unknown", {"unlisted"}),
        ("select pg_stat_get_numscans(5)", "safe", set()),
        ("select trap.total(1)", "destructive", {"mass_all", "many_calls"}),
        ("select trap.off()", "destructive", {"protective_setting"}),
        ("select sum(id), array_agg(name) from users", "safe", set()),
    ],
)
def test_calls(sql: str, verdict: str, codes: set[str], shop: Catalog) -> None:
    assert said(sql, shop) == (verdict, codes)


def test_compiled_code_is_known_by_its_extension() -> None:
    from hongxian.guards.keep.statements.catalog import Catalog, Function

    def made(extension: str) -> Catalog:
        return Catalog.of(functions=[Function("public", "f", language="c", extension=extension)])

    assert said("select f()", made("pg_trgm")) == ("safe", set())
    assert said("select f()", made("dblink")) == ("unknown", {"compiled"})
    assert said("select f()", made("")) == ("unknown", {"compiled"})


def test_types_of_ranges_put_values_together() -> None:
    from hongxian.guards.keep.statements.catalog import Catalog, Function

    def made(body: str) -> Catalog:
        return Catalog.of(functions=[Function("public", "f", language="internal", body=body)])

    assert said("select f()", made("range_constructor2")) == ("safe", set())
    assert said("select f()", made("lo_unlink")) == ("unknown", {"compiled"})
