from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.sensors.store.made import file_of, people, rows_of

from hongxian.sensors.store.sources.faults import SourceError
from hongxian.sensors.store.sources.file import File, local_file
from hongxian.sensors.store.sources.sqlite import quoted, sqlite_tables


def database(path: Path, count: int = 20) -> Path:
    with closing(sqlite3.connect(path)) as made:
        made.execute(
            'create table "用户 表" (id integer primary key autoincrement, name text, phone)'
        )
        made.execute("create table empty (a blob)")
        made.executemany(
            'insert into "用户 表" (name, phone) values (?, ?)',
            [(one["name"], one["phone"]) for one in people(count)],
        )
        made.commit()
    return path


def test_tables_with_types_and_rows(tmp_path: Path) -> None:
    path = database(tmp_path / "a.db")
    before = path.read_bytes()
    empty, users = sqlite_tables(local_file(path, "a.db"))
    assert (empty.name, empty.rows, users.name, users.rows) == ("empty", 0, "用户 表", 20)
    assert [(one.name, one.type) for one in users.columns][1] == ("name", "TEXT")
    assert [row["phone"] for row in rows_of(users)] == [one["phone"] for one in people(20)]
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["a.db"]


def test_a_file_beside_which_a_log_lies_is_read_with_it(tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    with closing(sqlite3.connect(path)) as made:
        made.execute("pragma journal_mode = wal")
        made.execute("create table t (phone text)")
        made.execute("insert into t values ('13812345678')")
        made.commit()
        [table] = sqlite_tables(local_file(path, "w.db"))
        assert rows_of(table) == [{"phone": "13812345678"}]
        made.execute("insert into t values ('13912345678')")
        made.commit()
        [again] = sqlite_tables(local_file(path, "w.db"))
        assert again.fingerprint != table.fingerprint != ""


def test_a_file_that_is_not_on_disk_is_copied_out(tmp_path: Path) -> None:
    path = database(tmp_path / "a.db")
    tables = list(sqlite_tables(File(name="x", opened=lambda: path.open("rb"))))
    assert len(rows_of(tables[1])) == 20


def test_damage_is_told(tmp_path: Path) -> None:
    file = file_of(tmp_path, "a.db", b"SQLite format 3\x00" + bytes(99))
    with pytest.raises(SourceError, match="damaged"):
        list(sqlite_tables(file))
    path = database(tmp_path / "b.db", 5_000)
    data = bytearray(path.read_bytes())
    [_, users] = sqlite_tables(local_file(path, "b.db"))
    data[9_000:60_000] = b"\xff" * 51_000
    path.write_bytes(bytes(data))
    with pytest.raises(SourceError, match="damaged"):
        rows_of(users)
    assert quoted('a"b') == '"a""b"'
