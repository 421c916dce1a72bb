from __future__ import annotations

import datetime as dt
import sys
import uuid
from collections.abc import Iterator
from contextlib import nullcontext

import bson
import pymongo
import pytest
from tests.sensors.store.made import people, rows_of
from tests.sensors.store.sources.servers import mongo

from hongxian.errors import Exit, HongxianError
from hongxian.facts.reason import Reason
from hongxian.sensors.store.columns import judge_table
from hongxian.sensors.store.read_table import Counting, count_table
from hongxian.sensors.store.sources import mongo as source
from hongxian.sensors.store.sources.faults import SourceError
from hongxian.sensors.store.sources.mongo import mongo_tables
from hongxian.sensors.store.sources.sources import open_source
from hongxian.sensors.store.sources.table import Sample, Table

MEMBERS = 2_500


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with mongo() as spec, pymongo.MongoClient(spec) as made:
        shop = made["shop"]
        shop["members"].insert_many(
            [
                {
                    "_id": one["id"],
                    "contact": {"phone": one["phone"], "tags": ["a", one["email"]]},
                    "create_time": dt.datetime(2020, 1, 1, tzinfo=dt.UTC),
                }
                for one in people(MEMBERS)
            ]
        )
        shop["odd"].insert_one(
            {
                "_id": bson.ObjectId("5f0000000000000000000001"),
                "note": b"13812345678",
                "price": bson.Decimal128("1.20"),
                "by": {"13987654321": True, "none": None},
                "uid": bson.Binary.from_uuid(uuid.UUID(int=1)),
                "code": bson.Regex("^a"),
            }
        )
        made["second"]["c"].insert_one({"x": 1})
        shop.command("create", "seen", viewOn="members", pipeline=[])
        yield spec


def tables(spec: str) -> dict[str, Table]:
    problems: list[Reason] = []
    found = {one.name: one for one in open_source(spec).tables(problems)}
    assert problems == []
    return found


def testcollections_are_tables_and_documents_records(server: str) -> None:
    found = tables(server)
    assert sorted(found) == ["members", "odd"]  # a view shows what lies elsewhere
    members = found["members"]
    rows = rows_of(members)
    assert [row["contact.phone"] for row in rows] == [one["phone"] for one in people(MEMBERS)]
    counts = count_table(members)
    assert counts.rows == MEMBERS
    hits = {(one.column.name, one.info) for one in judge_table(counts)}
    assert {("contact.phone", "basic.phone"), ("contact.tags", "basic.email")} <= hits
    [column] = [one for one in counts.columns if one.name == "create_time"]
    assert column.oldest == "2020-01-01"


def test_every_kind_of_value_comes_as_a_text_and_no_key_that_is_a_value(server: str) -> None:
    [row] = rows_of(tables(server)["odd"])
    assert row["_id"] == "5f0000000000000000000001"
    assert (row["note"], row["price"]) == ("13812345678", "1.20")
    assert (row["by.*"], row["by.<key>"]) == ("true", "13987654321")
    assert {"uid", "code"} <= set(row)


def test_days_and_texts_that_python_cannot_hold_lose_nothing() -> None:
    far = bson.encode({"far": bson.DatetimeMS(9_999_999_999_999_999), "a": "1"})
    wrong = bson.encode({"a": "xx"}).replace(b"xx", b"\xffx")
    [batch] = source._batches(nullcontext([far + wrong, b""]))
    assert batch.column("a").to_pylist() == ["1", "\ufffdx"]
    assert batch.column("far").to_pylist() == [["DatetimeMS(9999999999999999)"], []]


def test_an_address_without_a_database_names_all(server: str) -> None:
    found = tables(server.removesuffix("/shop"))
    assert {"shop.members", "shop.odd", "second.c"} <= set(found)
    assert not any(name.startswith(("admin.", "local.", "config.")) for name in found)


def test_the_same_seed_draws_the_same_documents(server: str) -> None:
    def drawn(seed: int) -> list[str]:
        return [
            row["_id"] for row in rows_of(tables(server)["members"], Sample(rows=300, seed=seed))
        ]

    first = drawn(1)
    assert len(first) == 300 == len(set(first))
    assert first == drawn(1)
    assert first != drawn(2)
    assert len(rows_of(tables(server)["members"], Sample(rows=5_000))) == MEMBERS


def test_a_sample_knows_how_many_there_are(server: str) -> None:
    counts = count_table(tables(server)["members"], Counting(sample=Sample(rows=300)))
    assert (counts.rows, counts.total) == (300, MEMBERS)


def test_of_a_huge_collection_the_server_draws(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "SEEDED", 1_000)
    found = [row["_id"] for row in rows_of(tables(server)["members"], Sample(rows=300))]
    assert len(found) == 300 == len(set(found))


def test_a_collection_that_is_gone_meanwhile_has_no_rows(server: str) -> None:
    with pymongo.MongoClient(server) as made:
        made["shop"]["gone"].insert_one({"a": 1})
        gone = tables(server)["gone"]
        made["shop"].drop_collection("gone")
    assert rows_of(gone) == []


def test_what_goes_wrong_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for spec in (
        "mongodb://me:secret@127.0.0.1:1/shop?serverSelectionTimeoutMS=100",
        "mongodb://me:secret@127.0.0.1:1:1/shop",
        "mongodb://me:secret@127.0.0.1:x/shop",
    ):
        with pytest.raises(HongxianError, match="cannot be reached") as error:
            list(open_source(spec).tables([]))
        assert error.value.code == Exit.SENSOR
        assert "secret" not in str(error.value)
    monkeypatch.setitem(sys.modules, "pymongo", None)
    with pytest.raises(HongxianError, match=r"hongxian\[mongo\]"):
        list(mongo_tables("mongodb://x", "x", []))


def test_an_empty_database_is_told(server: str) -> None:
    problems: list[Reason] = []
    assert list(open_source(server.replace("shop", "empty")).tables(problems)) == []
    assert [one.word for one in problems] == ["store.no_tables"]


def test_a_server_that_goes_away_is_a_fault_without_values() -> None:
    with mongo() as spec, pymongo.MongoClient(spec) as made:
        made["shop"]["c"].insert_one({"a": 1})
        [table] = open_source(f"{spec}?serverSelectionTimeoutMS=200").tables([])
    with pytest.raises(SourceError, match="database"):
        rows_of(table)
