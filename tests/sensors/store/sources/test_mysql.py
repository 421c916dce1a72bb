from __future__ import annotations

import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import pymysql
import pytest
from tests.sensors.store.made import people, rows_of
from tests.sensors.store.sources.servers import mariadb

from hongxian.errors import Exit, HongxianError
from hongxian.facts.reason import Reason
from hongxian.sensors.store.columns import judge_table
from hongxian.sensors.store.read_table import Counting, count_table
from hongxian.sensors.store.sources.faults import SourceError
from hongxian.sensors.store.sources.mysql import connected, mysql_tables
from hongxian.sensors.store.sources.sources import open_source
from hongxian.sensors.store.sources.table import Sample


def connect(spec: str) -> pymysql.Connection:
    return pymysql.connect(
        host="127.0.0.1", port=urlsplit(spec).port or 0, user="root", database="shop",
        charset="utf8mb4", autocommit=True,
    )  # fmt: skip


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with mariadb() as spec:
        with connect(spec) as made, made.cursor() as cursor:
            cursor.execute(
                "create table users (id int primary key, name varchar(40), phone char(11) comment "
                "'手机号', id_card varchar(18), email varchar(80), city varchar(9), "
                "create_time datetime)"
            )
            rows = [tuple(one.values()) for one in people(3_000)]
            cursor.executemany("insert into users values (%s, %s, %s, %s, %s, %s, %s)", rows)
            cursor.execute(
                "create table `odd ``one` (a decimal(4, 1), b json, c blob, d bit(1), e time)"
            )
            cursor.execute(
                "insert into `odd ``one` values "
                "(1.5, '{\"p\": \"13812345678\"}', 'x', b'1', '10:00')"
            )
            cursor.execute("create view v as select 1 as one")
        yield spec


def test_tables_with_types_comments_and_rows(server: str) -> None:
    odd, users = open_source(server).tables([])
    assert (odd.name, users.name) == ("odd `one", "users")
    assert {one.name: (one.type, one.comment) for one in users.columns}["phone"] == (
        "char(11)",
        "手机号",
    )
    found = rows_of(users)
    assert [row["phone"] for row in found] == [one["phone"] for one in people(3_000)]
    assert found[0]["create_time"].year == int(people(1)[0]["create_time"][:4])
    assert "13812345678" in rows_of(odd)[0]["b"]
    every = list(open_source(server.replace("/shop", "")).tables([]))
    assert {"shop.users", "shop.odd `one"} <= {one.name for one in every}


def test_a_sample_has_a_seed_and_is_judged_alike(server: str) -> None:
    users = list(open_source(server).tables([]))[1]
    draws = [
        [row["id"] for row in rows_of(users, Sample(rows=400, seed=seed))] for seed in (1, 1, 2)
    ]
    assert draws[0] == draws[1] != draws[2]
    assert 300 < len(draws[0]) <= 400
    counts = count_table(users, Counting(sample=Sample(rows=400)))
    assert (counts.total, counts.sampled) == (3_000, True)
    infos = {one.info for one in judge_table(counts) if one.status == "confirmed"}
    assert infos == {"basic.name", "basic.phone", "identity.doc_number", "basic.email"}


def test_nothing_can_be_written(server: str) -> None:
    with (
        connected(server, "x") as database,
        database.cursor() as cursor,
        pytest.raises(pymysql.Error),
    ):
        cursor.execute("insert into users (id) values (0)")


def test_what_goes_wrong_is_told_without_password_or_value(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(HongxianError, match="cannot be reached") as error:
        list(open_source("mariadb://me:secret@127.0.0.1:1/x?ssl=1").tables([]))
    assert error.value.code == Exit.SENSOR
    assert "secret" not in str(error.value)
    users = list(open_source(server).tables([]))[1]
    with connect(server) as made, made.cursor() as cursor:
        cursor.execute("rename table users to gone")
        with pytest.raises(SourceError, match="database"):
            rows_of(users)
        cursor.execute("rename table gone to users")
        cursor.execute("create database empty")
    problems: list[Reason] = []
    assert list(open_source(server.replace("/shop", "/empty")).tables(problems)) == []
    assert [one.word for one in problems] == ["store.no_tables"]
    monkeypatch.setitem(sys.modules, "pymysql", None)
    with pytest.raises(HongxianError, match=r"hongxian\[mysql\]"):
        list(mysql_tables(server, "x", []))


def test_keys_of_a_table_are_its_rows_in_their_order(server: str) -> None:
    odd, users = open_source(server).tables([])
    assert odd.cuts is None
    assert users.cuts
    with connect(server) as made, made.cursor() as cursor:
        cursor.execute("analyze table users")
    [users] = [one for one in open_source(server).tables([]) if one.name == "users"]
    assert users.cuts
    spans = users.cuts.spans(1 << 16)
    parts = [[row for batch in users.cuts.read(span) for row in batch.to_pylist()]
             for span in spans]  # fmt: skip
    assert [row["id"] for part in parts for row in part] == [row["id"] for row in rows_of(users)]
    assert [users.cuts.count(span) for span in spans] == list(map(len, parts))
    assert len(parts) > 3
    assert users.cuts.spans(1 << 30) == []


def test_a_key_that_is_no_whole_number_cuts_nothing(server: str) -> None:
    with connect(server) as made, made.cursor() as cursor:
        cursor.execute("create table words (word varchar(9) primary key)")
        cursor.execute("create table pairs (a int, b int, primary key (a, b))")
        cursor.execute("create table empties (a int primary key)")
        cursor.execute("create table split (a int primary key) partition by hash (a) partitions 3")
    try:
        tables = {one.name: one for one in open_source(server).tables([])}
        assert tables["words"].cuts is tables["pairs"].cuts is tables["split"].cuts is None
        assert tables["empties"].cuts
        assert tables["empties"].cuts.spans(1) == []
        with connect(server) as made, made.cursor() as cursor:
            cursor.execute("drop table empties")
        with pytest.raises(SourceError, match="database"):
            tables["empties"].cuts.spans(1)
    finally:
        with connect(server) as made, made.cursor() as cursor:
            cursor.execute("drop table words, pairs, split")
