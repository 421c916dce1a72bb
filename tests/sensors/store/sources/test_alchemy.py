from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from tests.sensors.store.made import people, rows_of

from hongxian.errors import HongxianError
from hongxian.facts.reason import Reason
from hongxian.sensors.store.sources.alchemy import alchemy_tables
from hongxian.sensors.store.sources.faults import SourceError
from hongxian.sensors.store.sources.sources import open_source
from hongxian.sensors.store.sources.table import Sample


@pytest.fixture
def spec(tmp_path: Path) -> str:
    with closing(sqlite3.connect(tmp_path / "a.db")) as made:
        made.execute("create table users (id integer, phone varchar(11))")
        made.executemany(
            "insert into users values (?, ?)", [(one["id"], one["phone"]) for one in people(3_000)]
        )
        made.commit()
    return f"sqlalchemy+sqlite:///{tmp_path}/a.db"


def test_what_sqlalchemy_can_open_can_be_scanned(spec: str) -> None:
    [users] = open_source(spec).tables([])
    assert [(one.name, one.type) for one in users.columns] == [
        ("id", "integer"),
        ("phone", "varchar(11)"),
    ]
    assert [row["phone"] for row in rows_of(users)] == [one["phone"] for one in people(3_000)]


def test_a_sample_is_spread_over_the_table_and_the_same_for_a_seed(spec: str) -> None:
    [users] = open_source(spec).tables([])

    def drawn(seed: int) -> list[int]:
        return [row["id"] for row in rows_of(users, Sample(rows=300, seed=seed))]

    found = drawn(1)
    assert 250 <= len(found) <= 450
    assert len(set(found)) == len(found)
    assert found[-1] > 2_800
    assert found == drawn(1) != drawn(2)
    assert users.rows == 3_000


def test_what_goes_wrong_is_told(
    spec: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    problems: list[Reason] = []
    assert list(open_source(f"sqlalchemy+sqlite:///{tmp_path}/none.db").tables(problems)) == []
    assert [one.word for one in problems] == ["store.no_tables"]
    [users] = open_source(spec).tables([])
    with closing(sqlite3.connect(tmp_path / "a.db")) as made:
        made.execute("drop table users")
    with pytest.raises(SourceError, match="database"):
        rows_of(users)
    for wrong in ("sqlalchemy+nothing://x", "sqlalchemy+sqlite:////none/none/a.db"):
        with pytest.raises(HongxianError, match="cannot be reached"):
            list(open_source(wrong).tables([]))
    with pytest.raises(HongxianError, match="not installed"):
        list(open_source("sqlalchemy+oracle://me:secret@h/x").tables([]))
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    with pytest.raises(HongxianError, match=r"hongxian\[sql\]"):
        list(alchemy_tables("sqlite://", "x", []))
