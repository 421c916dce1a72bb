from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.guards.keep.statements.said import said

if TYPE_CHECKING:
    from hongxian.guards.keep.statements.catalog import Catalog


@pytest.mark.parametrize(
    ("sql", "verdict", "codes"),
    [
        ("set work_mem = '1GB'", "safe", set()),
        ("set search_path = a, b", "safe", set()),
        ("set session_replication_role = replica", "destructive", {"protective_setting"}),
        ("set transaction isolation level serializable", "safe", set()),
        ("set nope = 1", "unknown", {"setting_unknown"}),
        ("reset all", "safe", set()),
        ("reset work_mem", "safe", set()),
        ("reset standard_conforming_strings", "safe", set()),
        ("set client_encoding to default", "safe", set()),
        ("set work_mem from current", "safe", set()),
        ("set role clerk", "reversible", {"server_setting"}),
        ("alter role clerk set work_mem = '1GB'", "reversible", {"server_setting"}),
        ("alter role clerk set session_replication_role = replica", "destructive",
         {"protective_setting", "server_setting"}),
        ("alter database shop reset all", "reversible", {"server_setting"}),
        ("create role x", "reversible", {"rights"}),
        ("create role x nosuperuser login password 'x'", "reversible", {"rights"}),
        ("create role x superuser", "destructive", {"rights", "powerful_role"}),
        ("create role x in role me", "destructive", {"rights", "powerful_role"}),
        ("alter role clerk bypassrls", "destructive", {"rights", "powerful_role"}),
        ("alter role clerk nobypassrls", "reversible", {"rights"}),
        ("grant clerk to x", "reversible", {"rights"}),
        ("grant me to clerk", "destructive", {"rights", "powerful_role"}),
        ("revoke me from clerk", "reversible", {"rights"}),
        ("grant pg_execute_server_program to clerk", "destructive", {"rights", "powerful_role"}),
    ],
)  # fmt: skip
def test_rights(sql: str, verdict: str, codes: set[str], shop: Catalog) -> None:
    assert said(sql, shop) == (verdict, codes)


def test_reset_goes_back_to_what_the_server_says() -> None:
    from hongxian.guards.keep.statements.catalog import Catalog

    odd = Catalog.of(settings={"standard_conforming_strings": "off", "client_encoding": "UTF8"})
    assert said("reset all", odd) == ("unknown", {"reading_setting"})
    assert said("set standard_conforming_strings to default", odd) == (
        "unknown",
        {"reading_setting"},
    )
    assert said("set standard_conforming_strings = on", odd) == ("safe", set())
