from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.sensors.store.made import rows_of
from tests.sensors.store.sources.servers import mariadb, postgres

from hongxian.errors import HongxianError
from hongxian.sensors.store.sources.faults import SourceError
from hongxian.sensors.store.sources.query import query_table

SQL = "select 1 as a, 'x' as b union all select 2, 'y' order by 1"
ROWS = [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with closing(sqlite3.connect(tmp_path / "a.db")) as made:
        made.execute("create table t (a integer)")
        made.execute("insert into t values (7)")
        made.commit()
    return tmp_path / "a.db"


def test_the_rows_of_a_query_are_a_table(path: Path) -> None:
    assert rows_of(query_table("", path, SQL)) == ROWS
    assert rows_of(query_table(f"sqlalchemy+sqlite:///{path}", None, SQL)) == ROWS
    found = query_table("", path, "with one as (select a from t) select a as b from one")
    assert (found.place, rows_of(found)) == ("a.db: query", [{"b": 7}])


def test_servers_are_queried_by_connections_that_only_read() -> None:
    with postgres() as spec:
        assert rows_of(query_table(spec, None, SQL)) == ROWS
        with pytest.raises(SourceError, match="database"):
            rows_of(query_table(spec, None, "select nextval(x) from nowhere"))
    with mariadb() as spec:
        assert rows_of(query_table(spec, None, SQL)) == ROWS
        with pytest.raises(SourceError, match="database"):
            rows_of(query_table(spec, None, "select a from nowhere"))


@pytest.mark.parametrize(
    "sql",
    ["delete from t", "select 1; select 2", "drop table t", "sel", "", "pragma journal_mode = wal",
     "with gone as (delete from t returning a) select a from gone", "select a into b from t",
     "attach 'x' as y", "insert into t select 1", "vacuum", "(" * 5_000],
)  # fmt: skip
def test_what_is_more_than_a_select_is_refused(path: Path, sql: str) -> None:
    with pytest.raises(HongxianError, match="not a single SELECT"):
        query_table("", path, sql)
    assert rows_of(query_table("", path, "select a from t")) == [{"a": 7}]


def test_what_goes_wrong_is_told_without_a_value(path: Path) -> None:
    for spec, own in (("", path), (f"sqlalchemy+sqlite:///{path}", None)):
        with pytest.raises(SourceError, match="database"):
            rows_of(query_table(spec, own, "select none from t"))
    with pytest.raises(HongxianError, match="takes no SELECT") as told:
        query_table("redis://me:secret@127.0.0.1:1/0", None, SQL)
    assert "secret" not in str(told.value)
