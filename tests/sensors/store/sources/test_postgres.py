from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from adbc_driver_postgresql import dbapi
from tests.sensors.store.made import arrow, people, rows_of
from tests.sensors.store.sources.servers import postgres

from hongxian.errors import Exit, HongxianError
from hongxian.facts.reason import Reason
from hongxian.sensors.store.columns import judge_table
from hongxian.sensors.store.draw import rows_from
from hongxian.sensors.store.flatten import flat_columns
from hongxian.sensors.store.read_table import Counting, count_table
from hongxian.sensors.store.sources.faults import SourceError
from hongxian.sensors.store.sources.postgres import postgres_tables
from hongxian.sensors.store.sources.sources import open_source
from hongxian.sensors.store.sources.table import Sample

INSERT = (
    'insert into crm."T 1" values (1.5, \'{"phone": "13812345678"}\', '
    "gen_random_uuid(), '{13987654321,x}', '10.0.0.1', '2020-01-02')"
)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres() as spec:
        with dbapi.connect(spec, autocommit=True) as made, made.cursor() as cursor:
            for sql in (
                "create schema crm",
                'create table crm."T 1" (a numeric, b jsonb, c uuid, d text[], e inet, f date)',
                INSERT,
                "create table parts (phone text, day date) partition by range (day)",
                "create table p1 partition of parts for values from ('2020-01-01') to ('2030-1-1')",
                "insert into parts values ('13812345678', '2021-01-01')",
                "create view v as select 1 as one",
            ):
                cursor.execute(sql)
            cursor.adbc_ingest("users", arrow(3_000), mode="create")
            cursor.execute("comment on column users.phone is '手机号'")
            cursor.execute("analyze")
        yield spec


def test_tables_with_types_comments_and_rows(server: str) -> None:
    tables = {one.name: one for one in open_source(server).tables([])}
    assert set(tables) == {"crm.T 1", "parts", "users"}
    users = tables["users"]
    assert {one.name: (one.type, one.comment) for one in users.columns}["phone"] == (
        "text",
        "手机号",
    )
    assert users.rows == 3_000
    assert "secret" not in users.place
    assert rows_of(users) == people(3_000)


def test_types_that_arrow_does_not_have_come_as_text(server: str) -> None:
    [table] = [one for one in open_source(server).tables([]) if one.name == "crm.T 1"]
    found = {
        path: array.to_pylist()
        for batch in table.read(None)
        for path, array, _ in flat_columns(batch, rows_from(0, batch.num_rows, 0))
    }
    assert found["b"] == ['{"phone": "13812345678"}']
    assert found["d"] == ["{13987654321,x}"]
    assert found["e"] == ["10.0.0.1/32"]
    assert len(found) == 6


def test_a_sample_is_drawn_by_the_server_and_the_same_each_time(server: str) -> None:
    [users] = [one for one in open_source(server).tables([]) if one.name == "users"]
    draws = [
        [row["id"] for row in rows_of(users, Sample(rows=400, seed=seed))] for seed in (1, 1, 2)
    ]
    assert draws[0] == draws[1] != draws[2]
    assert 300 < len(draws[0]) <= 400
    counts = count_table(users, Counting(sample=Sample(rows=400)))
    assert counts.sampled
    assert counts.total == 3_000
    infos = {one.info for one in judge_table(counts) if one.status == "confirmed"}
    assert infos == {"basic.name", "basic.phone", "identity.doc_number", "basic.email"}
    [parts] = [one for one in open_source(server).tables([]) if one.name == "parts"]
    assert len(rows_of(parts, Sample(rows=5))) == 1


def test_nothing_can_be_written(server: str) -> None:
    from hongxian.sensors.store.sources.postgres import connected

    with (
        connected(server, "x") as database,
        database.cursor() as cursor,
        pytest.raises(dbapi.Error),
    ):
        cursor.execute("drop table users")


def test_what_goes_wrong_is_told_without_password_or_value(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(HongxianError, match="cannot be reached") as error:
        list(open_source("postgresql://me:secret@127.0.0.1:1/x").tables([]))
    assert error.value.code == Exit.SENSOR
    assert "secret" not in str(error.value)
    [users] = [one for one in open_source(server).tables([]) if one.name == "users"]
    with dbapi.connect(server, autocommit=True) as made, made.cursor() as cursor:
        cursor.execute("alter table users rename to gone")
        with pytest.raises(SourceError, match="database"):
            rows_of(users)
        cursor.execute("alter table gone rename to users")
        cursor.execute("create database empty")
    problems: list[Reason] = []
    assert list(open_source(server.replace("/postgres", "/empty")).tables(problems)) == []
    assert [one.word for one in problems] == ["store.no_tables"]
    monkeypatch.setitem(sys.modules, "adbc_driver_postgresql", None)
    with pytest.raises(HongxianError, match=r"hongxian\[postgresql\]"):
        list(postgres_tables(server, "x", []))


def test_pages_of_a_table_are_its_rows_in_their_order(server: str) -> None:
    tables = {one.name: one for one in open_source(server).tables([])}
    cuts = tables["users"].cuts
    assert cuts
    spans = cuts.spans(1 << 16)
    parts = [[row for batch in cuts.read(span) for row in batch.to_pylist()] for span in spans]
    assert [row for part in parts for row in part] == people(3_000)
    assert [cuts.count(span) for span in spans] == list(map(len, parts))
    assert len([part for part in parts if part]) > 3
    assert cuts.spans(1 << 30) == []
    assert tables["parts"].cuts is None
    assert tables["crm.T 1"].cuts
