from __future__ import annotations

from pathlib import Path

import pytest
from tests.sensors.store.made import file_of, people, rows_of

from hongxian.sensors.store.sources.sqldump import dump_tables


def mysql(count: int) -> str:
    rows = ",".join(f"({one['id']},'{one['name']}','{one['phone']}')" for one in people(count))
    return (
        "-- MySQL dump\nCREATE TABLE `u` (`id` int, `n` varchar(9) COMMENT '姓名', `p` char(11));\n"
        f"INSERT INTO `u` VALUES {rows};\nCREATE TABLE `empty` (`a` int);\n"
    )


def test_inserts_are_rows_with_the_columns_of_their_table(tmp_path: Path) -> None:
    [table] = dump_tables(file_of(tmp_path, "a.sql", mysql(30)))
    assert (table.name, table.rows, table.medium) == ("u", 30, "dump")
    assert [one.comment for one in table.columns] == ["", "姓名", ""]
    assert [row["p"] for row in rows_of(table)] == [one["phone"] for one in people(30)]


def test_copies_are_rows_and_comments_come_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hongxian.sensors.store.sources.sqldump.ROWS", 4)
    lines = "".join(f"{one['name']}\t{one['phone']}\n" for one in people(10))
    text = (
        "CREATE TABLE public.u (n text, p text);\nCOMMENT ON COLUMN public.u.p IS '手机';\n"
        f"COPY public.u (n, p) FROM stdin;\n{lines}\\.\n"
    )
    [table] = dump_tables(file_of(tmp_path, "a.sql", text))
    assert [one.comment for one in table.columns] == ["", "手机"]
    assert [batch.num_rows for batch in table.read(None)] == [4, 4, 2]


def test_rows_of_another_width_keep_all_values_and_are_told(tmp_path: Path) -> None:
    text = "INSERT INTO t (a, b) VALUES (1, 2), (3, 4, '13812345678');\n"
    [table] = dump_tables(file_of(tmp_path, "a.sql", text))
    assert rows_of(table)[-1] == {"a": "3", "b": "4", "column3": "13812345678"}
    assert [one.values for one in table.problems] == [{"count": 1}]


def test_sql_without_rows_is_read_as_text(tmp_path: Path) -> None:
    [table] = dump_tables(file_of(tmp_path, "a.sql", "select 1; -- 13812345678\n"))
    assert table.medium == "text"
    assert rows_of(table) == [{"line": "select 1; -- 13812345678\n"}]
