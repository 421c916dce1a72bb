from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.store.sources.sqlread import Copy, Insert, Maker, Note, name_of, statements

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=20)


def read(text: str, *, pieces: int = 1 << 20, longest: int = 1 << 20) -> list[Any]:
    data = text.encode()
    return list(statements([data[at : at + pieces] for at in range(0, len(data), pieces)], longest))


def test_the_ways_in_which_programs_write_inserts() -> None:
    found = read(
        "-- MySQL dump 10.13; not a statement\n/*!40101 SET x='a;b' */;\n"
        "INSERT INTO `db`.`users` (`id`, `name`) VALUES (1,'张''三'),(2,'a\\'b;c\\n'),(3,NULL);\n"
        "insert ignore into \"T\" values (-1.5, now(), X'ff', _binary 'ab', DEFAULT, E'x', '');\n"
        "REPLACE INTO [t 2] VALUES (1)\n"
    )
    users, second, third = found
    assert (users.table, users.columns) == ("users", ["id", "name"])
    assert list(users.rows()) == [["1", "张'三"], ["2", "a'b;c\n"], ["3", None]]
    assert list(second.rows()) == [["-1.5", "now", "X", "ff", "ab", None, "x", ""]]
    assert (third.table, third.count()) == ("t 2", 1)


def test_copy_blocks_end_where_they_say() -> None:
    text = (
        "COPY public.users (id, name) FROM stdin;\n1\t张三\n2\t\\N\n3\ta\\tb\n\\.\n\n"
        "COPY t FROM stdin;\n\\.\nINSERT INTO t VALUES (1);\n"
    )
    for pieces in (1 << 20, 3, 7):
        found = read(text, pieces=pieces)
        rows = [row for one in found if isinstance(one, Copy) for row in one.rows()]
        assert rows == [["1", "张三"], ["2", None], ["3", "a\tb"]]
        assert [one.table for one in found if isinstance(one, Insert)] == ["t"]
        assert sum(one.count() for one in found if isinstance(one, Copy)) == 3


def test_tables_tell_types_and_comments() -> None:
    [made, note] = read(
        "CREATE TABLE IF NOT EXISTS `u` (\n `id` bigint(20) NOT NULL COMMENT '主键',\n"
        " `sex` enum('男','女,x') DEFAULT '男' COMMENT '性''别',\n PRIMARY KEY (`id`),\n"
        " KEY `k` (`sex`)\n) ENGINE=InnoDB COMMENT='用户';\nCREATE INDEX x ON u (id);\n"
        "COMMENT ON COLUMN public.u.sex IS '它''s';\n"
    )
    assert isinstance(made, Maker)
    assert [(one.name, one.type, one.comment) for one in made.columns] == [
        ("id", "bigint(20)", "主键"), ("sex", "enum('男','女,x')", "性'别"),
    ]  # fmt: skip
    assert note == Note("u", "sex", "它's")


def test_a_statement_that_is_too_long_comes_in_parts_and_loses_no_row() -> None:
    rows = ",".join(f"({number},'x;y')" for number in range(200))
    found = read(f"INSERT INTO t (a,b) VALUES {rows};", pieces=50, longest=300)
    assert len(found) > 1
    assert [row[0] for one in found for row in one.rows()] == [str(n) for n in range(200)]


def test_the_last_name_of_a_path_counts() -> None:
    assert name_of('"a"."b""c"') == 'b"c'
    assert name_of("`a`.`b`") == "b"


@given(st.lists(TEXT | st.none(), min_size=1, max_size=4), st.integers(1, 40))
def test_any_text_comes_back_however_it_is_cut(values: list[str | None], pieces: int) -> None:
    def literal(value: str | None) -> str:
        escaped = (value or "").replace("\\", "\\\\").replace("'", "''")
        return "NULL" if value is None else f"'{escaped}'"

    found = read(f"INSERT INTO t VALUES ({', '.join(map(literal, values))});", pieces=pieces)
    assert [row for one in found for row in one.rows()] == [values]


@given(st.text(max_size=300), st.integers(1, 50))
def test_nothing_breaks_the_reader(text: str, pieces: int) -> None:
    data = text.encode("utf-8", "replace")
    for one in statements([data[at : at + pieces] for at in range(0, len(data), pieces)], 40):
        if isinstance(one, Insert | Copy):
            assert one.count() >= 0
