from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.guards.keep.statements.mysql.said import said

from hongxian.guards.keep.statements.mysql.compound import compounds
from hongxian.guards.keep.statements.mysql.lexer import readings

if TYPE_CHECKING:
    from hongxian.guards.keep.statements.catalog import Catalog


def test_a_body_belongs_to_its_create() -> None:
    def parts(sql: str) -> list[int]:
        return [len(one) for one in compounds(readings(sql)[0])]

    assert parts("select 1; select 2") == [1, 1]
    assert parts("create procedure p() begin select 1; select 2; end; select 3") == [3, 1]
    assert parts("create procedure p() select 1; select 2") == [1, 1]
    assert parts("create procedure p() begin select 1") == [1]


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("select 1;", "reversible"),
        ("declare n int; if n then select 1; else insert into audit (what) values ('x'); end if;",
         "reversible"),
        ("begin select 1; end;", "reversible"),
        ("drop table users;", "destructive"),
        ("if 1 then drop table users; end if;", "destructive"),
        ("if 1 then if 2 then select 1; end if; end if;", "unknown"),
        ("nonsense;", "unknown"),
        ("repeat select 1; until 1 end repeat;", "reversible"),
        ("begin ;", "reversible"),
    ],
)  # fmt: skip
def test_each_part_counts(body: str, verdict: str, mysql_shop: Catalog) -> None:
    assert said(f"create procedure p() begin {body} end", mysql_shop)[0] == verdict
