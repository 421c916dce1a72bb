from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from bson import Binary, Code, DBRef, Decimal128, Int64, MinKey, ObjectId, Regex, Timestamp
from tests.guards.mask.tables import plan

from hongxian.guards.mask.copies.tree import mask_rows
from hongxian.guards.mask.databases.bson_ import BSON
from hongxian.guards.mask.plan import Named

ID = ObjectId("5f0000000000000000000001")
DAY = dt.datetime(2020, 5, 6, 7, 8)  # noqa: DTZ001 - as the driver gives it


@pytest.mark.parametrize(
    ("old", "new", "back"),
    [(DAY, "2020-05", dt.datetime(2020, 5, 1)), (DAY, "2020-Q3", dt.datetime(2020, 7, 1)),  # noqa: DTZ001
     (DAY, "1990s", dt.datetime(1990, 1, 1)), (DAY, "x", "x"),  # noqa: DTZ001
     (DAY, "2020-13", "2020-13"), (DAY, None, None), (7, "8", 8), (7, "-8", -8), (7, "08", "08"),
     (Int64(7), "9007199254740993", Int64(9007199254740993)), (7, "12-13", "12-13"),
     (Decimal128("1.20"), "3.40", Decimal128("3.40")), (Decimal128("1"), "1-2", "1-2"),
     (ID, "0" * 24, ObjectId("0" * 24)), (ID, "x", "x"), (ID, bytes(12), ObjectId(bytes(12))),
     (b"a", "b", b"b"), (Binary(b"a", 5), b"b", Binary(b"b", 5)), ("a", "b", "b"), (1.5, "x", "x")],
    ids=lambda value: str(value)[:20],
)  # fmt: skip
def test_a_value_comes_back_in_the_type_that_it_had(old: Any, new: Any, back: Any) -> None:
    found = BSON.back(old, new)
    assert (found, type(found)) == (back, type(back))


@pytest.mark.parametrize(
    ("values", "kind"),
    [([ID], "fixed_size_binary[12]"), ([ID, "x"], "string"), ([1, Int64(2)], "int64"),
     ([DAY], "timestamp[ms]"), ([DAY, "x"], "string"), ([b"a", Binary(b"b", 4)], "binary"),
     ([Decimal128("1.2")], "string"), ([1.5], "double"), ([Code("x")], "string")],
    ids=["ids", "mixed", "whole", "days", "days and texts", "bytes", "decimals", "floats", "code"],
)  # fmt: skip
def test_values_become_columns(values: list[Any], kind: str) -> None:
    assert str(BSON.column("x", values, plan()).type) == kind


def test_ids_are_texts_only_when_their_column_is_named() -> None:
    own = plan(named={"x": Named("netid.user_id", "pseudonym")})
    assert str(BSON.column("x", [ID], own).type) == "string"
    rows: list[list[Any]] = [[{"x": ID, "y": ID}]]
    mask_rows(rows, own, None, BSON)
    assert rows[0][0]["y"] == ID
    assert rows[0][0]["x"] != ID


def test_what_tells_nothing_of_a_person_stays_and_references_are_looked_into() -> None:
    for value in (Regex("a"), Timestamp(1, 1), MinKey(), True, None):
        assert not BSON.held(value)
    assert BSON.inner(DBRef("c", 1)) == {"$ref": "c", "$id": 1}
    assert (BSON.text(b"\xff"), BSON.text(DAY)) == ("\ufffd", "2020-05-06 07:08:00")
