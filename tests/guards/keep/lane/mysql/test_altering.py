from __future__ import annotations

import pytest

from hongxian.guards.keep.lane.mysql.altering import alters
from hongxian.guards.keep.statements.catalog import Catalog
from hongxian.guards.keep.statements.mysql.classify import classify


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("select 1", False), ("insert into t values (1)", False), ("select 'set' /* use */", False),
        ("set autocommit = 0", True), ("use x", True), ("select 1; use x", True),
        ("/*!40101 set names utf8 */", True), ("select 1 /*! ; use x */", True),
        ("select /*!40001 sql_no_cache */ 1", False), ("call p()", True), ("no such thing", True),
    ],
)  # fmt: skip
def test_what_can_change_how_texts_are_read(text: str, so: bool) -> None:
    catalog = Catalog.of()
    found = classify("select 1" if text.startswith("insert") else text, catalog)
    assert alters(found, text) is so
