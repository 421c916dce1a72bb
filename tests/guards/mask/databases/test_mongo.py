from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import bson
import pymongo
import pytest
from tests.guards.mask.databases.relay import relayed
from tests.guards.mask.tables import plan
from tests.sensors.store.made import people
from tests.sensors.store.sources.servers import mongo

from hongxian.errors import Exit, HongxianError
from hongxian.guards.mask.databases.mongo import UNFINISHED
from hongxian.guards.mask.known import recognised
from hongxian.guards.mask.many import Masked, Wanted, mask_source
from hongxian.guards.mask.plan import Named
from hongxian.guards.mask.run import Asked

PHONE, OTHER = "13812345678", "13987654321"
AT = dt.datetime(2020, 5, 6)  # noqa: DTZ001 - as the driver gives it
ID = bson.ObjectId("5f0000000000000000000001")


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, Any]]:
    with mongo() as spec, pymongo.MongoClient(spec) as client:
        shop = client["shop"]
        shop["members"].insert_many([
            {"_id": one["id"], "contact": {"phone": one["phone"], "tags": ["a", one["email"]]}}
            for one in people(1_200)
        ])  # fmt: skip
        shop["members"].create_index([("contact.phone", 1)], unique=True, name="phones")
        shop["members"].create_index([("contact.tags", -1), ("_id", 1)])
        shop["calls"].insert_many([
            {"_id": ID, "phone": PHONE, "by": {PHONE: True, "n": 1}, "at": AT,
             "price": bson.Decimal128("1.20"), "size": bson.Int64(7), "code": bson.Regex("^a"),
             "ref": bson.DBRef("members", ID), "raw": b"\xff\x00"},
            {"_id": 2, "phone": int(PHONE), "note": f"tel {PHONE}"},
        ])  # fmt: skip
        shop.command("create", "seen", viewOn="members", pipeline=[])
        shop.create_collection("few", capped=True, size=100_000, max=10)
        yield spec, client


@pytest.fixture
def place(server: tuple[str, Any]) -> Iterator[tuple[str, str, Any, Any]]:
    spec, client = server
    yield spec, spec.replace("/shop", "/copy"), client["shop"], client["copy"]
    client.drop_database("copy")


def masked(
    spec: str, target: str | None, named: dict[str, Named] | None = None, **own: Any
) -> Masked:
    return mask_source(spec, target, plan(named=named or {}, recognise=recognised), Wanted(**own))


Place = tuple[str, str, Any, Any]


def test_a_database_is_copied_with_one_pseudonym_for_one_value(place: Place) -> None:
    spec, target, _, copy = place
    found = masked(spec, target)
    assert (found.problems, found.notes) == ((), ())
    assert sorted(copy.list_collection_names()) == ["calls", "few", "members"]
    assert {one.place.rsplit(": ")[-1]: one.rows for one in found.outcomes} == {
        "calls": 2, "few": 0, "members": 1_200,
    }  # fmt: skip
    phones = {one["_id"]: one["contact"]["phone"] for one in copy["members"].find()}
    assert len(set(phones.values())) == 1_200
    assert not set(phones.values()) & {one["phone"] for one in people(1_200)}
    call, other = copy["calls"].find_one({"_id": ID}), copy["calls"].find_one({"_id": 2})
    assert call["phone"] == other["phone"] == next(iter(call["by"]))
    assert PHONE not in str(list(copy["calls"].find()))


def test_types_stay(place: Place) -> None:
    spec, target, shop, copy = place
    masked(spec, target, {"at": Named("basic.birth_date", "date")}, tables=("calls",))
    old, new = shop["calls"].find_one({"_id": ID}), copy["calls"].find_one({"_id": ID})
    assert list(new) == list(old)
    assert new["at"] == AT.replace(day=1)
    for name in ("price", "size", "code", "ref", "raw"):
        assert (new[name], type(new[name])) == (old[name], type(old[name]))
    assert isinstance(new["size"], bson.Int64)


def test_indexes_and_the_way_a_collection_was_made_stay(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec, target, shop, copy = place
    masked(spec, target)
    assert copy["members"].index_information() == shop["members"].index_information()
    copy.client.drop_database("copy")
    # unlike MongoDB's own, the server of the tests forgets these when a collection is renamed
    monkeypatch.setattr("hongxian.guards.mask.databases.mongo._named", lambda *_, **__: None)
    masked(spec, target)
    assert copy[f"{UNFINISHED}few"].options() == shop["few"].options() != {}


def test_a_unique_index_that_masking_breaks_ends_the_copy(place: Place) -> None:
    spec, target, _, copy = place
    named = {"contact.phone": Named("basic.phone", "suppress")}
    with pytest.raises(HongxianError, match=r"shop: members: .* unique index phones takes once"):
        masked(spec, target, named)
    assert copy.list_collection_names() == []
    with pytest.raises(HongxianError, match="unique index _id_"):
        masked(spec, target, {"_id": Named("basic.age", "band")}, tables=("members",))
    assert copy.list_collection_names() == []


def test_documents_without_an_id_are_given_one(place: Place) -> None:
    spec, target, _, copy = place
    masked(spec, target, {"_id": Named(None, "suppress")}, tables=("members",))
    assert copy["members"].count_documents({}) == 1_200
    assert isinstance(copy["members"].find_one()["_id"], bson.ObjectId)


def test_risk_is_measured_over_one_collection(place: Place) -> None:
    spec, target, *_ = place
    asked = Asked(quasi=("contact.phone",))
    [found] = masked(spec, target, tables=("members",), asked=asked).outcomes
    assert found.risk
    assert found.risk.after
    assert (found.risk.after.rows, found.risk.after.k) == (1_200, 1)
    with pytest.raises(HongxianError, match="measure one table"):
        masked(spec, target, asked=asked)


def test_in_place_leaves_backups_and_never_takes_one_away(place: Place) -> None:
    _, target, _, copy = place
    copy["a"].insert_one({"_id": 1, "phone": PHONE})
    copy["a"].create_index([("phone", 1)])
    named = {"phone": Named("basic.phone", "partial")}
    found = masked(target, None, named)
    assert [one.backup for one in found.outcomes] == [f"{found.outcomes[0].place}.bak"]
    assert copy["a"].find_one() == {"_id": 1, "phone": "138****5678"}
    assert copy["a.bak"].find_one() == {"_id": 1, "phone": PHONE}
    assert "phone_1" in copy["a"].index_information()
    with pytest.raises(HongxianError, match=r"a\.bak: the backup is there already"):
        masked(target, None, named)
    assert sorted(copy.list_collection_names()) == ["a", "a.bak"]


def test_an_index_that_tells_something_is_left_out_and_told(place: Place) -> None:
    _, target, _, copy = place
    copy["a"].insert_one({"x": 1})
    copy["a"].create_index([("x", 1)], partialFilterExpression={"x": PHONE})
    third = target.replace("/copy", "/third")
    found = masked(target, third)
    assert "an index with personal information" in found.notes[0].say("en")
    assert list(copy.client["third"]["a"].index_information()) == ["_id_"]
    copy.client.drop_database("third")


def test_what_is_there_already_or_is_not_there_is_one_line(place: Place) -> None:
    spec, target, _, copy = place
    copy["calls"].insert_one({"x": 1})
    with pytest.raises(HongxianError, match="copy: calls: is there already"):
        masked(spec, target)
    copy.drop_collection("calls")
    copy[f"{UNFINISHED}calls"].insert_one({"x": 1})
    with pytest.raises(HongxianError, match="a run left that did not end"):
        masked(spec, target)
    with pytest.raises(HongxianError, match="output and source are one"):
        masked(spec, spec.replace("127.0.0.1", "localhost"))
    with pytest.raises(HongxianError, match="no table 'call'; nearest: 'calls'"):
        masked(spec, target, tables=("call",))
    with pytest.raises(HongxianError, match="no column 'fone'"):
        masked(spec, target.replace("copy", "c2"), {"fone": Named("basic.phone")})
    assert copy.client["c2"].list_collection_names() == []
    with pytest.raises(HongxianError, match="there is no file there"):
        masked(target.replace("copy", "nobody"), spec)


def test_collections_of_other_kinds_are_refused_by_name(place: Place) -> None:
    _, target, _, copy = place
    copy.create_collection("ts", timeseries={"timeField": "t"})
    with pytest.raises(HongxianError, match=r"copy: ts: content of this kind \(timeseries\)"):
        masked(target, target.replace("copy", "c2"))


@pytest.mark.parametrize(
    ("source", "target", "line"),
    [("mongodb://me:secret@127.0.0.1:1/shop?serverSelectionTimeoutMS=50", "x",
      "127.0.0.1:1/shop: cannot be reached"),
     ("mongodb://me:secret@127.0.0.1:1", "x", "must name a database"),
     ("mongodb://me:secret@127.0.0.1:1/shop", "out/", "mongodb goes to mongodb alone"),
     ("mongodb://me:secret@127.0.0.1:1/shop", "redis://h/0", "mongodb goes to mongodb alone")],
    ids=["away", "no database", "folder", "other kind"],
)  # fmt: skip
def test_wrong_addresses_are_one_line_without_the_password(
    place: Place, source: str, target: str, line: str
) -> None:
    with pytest.raises(HongxianError, match=line) as told:
        masked(source, place[1] if target == "x" else target)
    assert "secret" not in str(told.value)


@pytest.mark.parametrize(
    ("side", "line"), [(0, "went away in the middle"), (1, "cannot be written")]
)
def test_a_server_that_goes_away_in_the_middle_is_one_line(
    place: Place, side: int, line: str
) -> None:
    spec, target, _, copy = place
    waits = "?serverSelectionTimeoutMS=200&retryReads=false&retryWrites=false"
    port = int(spec.rsplit(":", 1)[1].split("/")[0])
    with relayed(port) as relay:
        way = [one + waits for one in (spec, target)]
        way[side] = way[side].replace(str(port), str(relay.port))

        def away(*_: object) -> None:
            relay.cut()

        with pytest.raises(HongxianError, match=line) as told:
            mask_source(*way, plan(named={}, recognise=away), Wanted())
    assert told.value.code is Exit.SENSOR
    if side == 0:
        assert copy.list_collection_names() == []
