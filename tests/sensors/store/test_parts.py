"""Rows that are cut into parts in any way and joined in any order give the same counts."""

from __future__ import annotations

import hashlib
import pickle
import random
from functools import reduce
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sensors.store.made import people

from hongxian.facts.reason import Reason
from hongxian.sensors.store.absent import Absent, hashed
from hongxian.sensors.store.parts import TablePart
from hongxian.sensors.store.proof import ROWS
from hongxian.sensors.store.read_table import Counting, count_part, count_table
from hongxian.sensors.store.sources.table import Column, Table

SALT = b"of this scan"


def rows_of(count: int, seed: int) -> pa.Table:
    """Return rows with columns of every kind, some of them empty, mixed or nested."""
    draw = random.Random(seed)
    rows = people(count, seed)
    for place, row in enumerate(rows):
        row["digest"] = hashlib.md5(row["phone"].encode()).hexdigest()
        row["number"] = draw.choice([None, 5, 77, int(row["phone"])])
        row["qq"] = draw.choice([None, 10_001, 123_456_789, 4_000_000_000])
        row["raw"] = draw.choice([None, b"\xff\xd8", row["phone"].encode()])
        row["seen_at"] = draw.choice([1_700_000_000 + place, 1_700_000_000_000, 3])
        row["day"] = (
            draw.choice([None, "2026-11-01", "2026/11/02", "x"]) if place % 9 else "20261103"
        )
        row["list"] = [{"phone": one["phone"]} for one in draw.choices(rows, k=draw.randrange(3))]
        row["gender"] = draw.choice("男女")
        row["text"] = draw.choice(["无", f"请联系 {row['phone']}", None])
        row["create_time"] = row["create_time"] if draw.randrange(12) else None
    schema = pa.Table.from_pylist(rows).schema if rows else pa.schema([("phone", pa.string())])
    return pa.Table.from_pylist(rows, schema=schema)


def table(rows: pa.Table, cuts: list[int]) -> Table:
    """Return a table that comes in batches."""
    ends = sorted(min(cut, len(rows)) for cut in cuts)

    def read(_sample: Any, /) -> Any:
        for start, end in zip([0, *ends], [*ends, len(rows)], strict=True):
            yield from rows.slice(start, end - start).combine_chunks().to_batches() or [
                pa.RecordBatch.from_pylist([], schema=rows.schema)
            ]

    known = tuple(Column(name=name) for name in rows.schema.names)
    return Table(where="made", name="t", medium="table", kind="made", read=read, columns=known)


def how(rows: pa.Table) -> Counting:
    """Return how to count; some persons should be gone."""
    gone = rows["phone"].to_pylist()[:2]
    return Counting(seed=3, absent=Absent("s", frozenset(hashed(one, "s") for one in gone)))


def part(rows: pa.Table, start: int, end: int, cuts: list[int], counting: Counting) -> TablePart:
    own = table(rows.slice(start, end - start), cuts)
    return pickle.loads(pickle.dumps(count_part(own, counting, start, SALT)))


CUTS = st.lists(st.integers(ROWS, 90), max_size=4)


@settings(max_examples=12)
@given(st.integers(0, 90), st.integers(0, 9), CUTS, st.lists(st.integers(0, 90), max_size=3),
       st.randoms(use_true_random=False))  # fmt: skip
def test_any_cuts_in_any_order_give_the_same_counts(
    count: int, seed: int, cuts: list[int], batches: list[int], draw: random.Random
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hongxian.sensors.store.draw.POOL", 25)
        patch.setattr("hongxian.sensors.store.draw.SHAPED", 9)
        rows = rows_of(count, seed)
        whole = count_table(table(rows, []), how(rows))
        ends = sorted(min(cut, len(rows)) for cut in cuts)
        edges = zip([0, *ends], [*ends, len(rows)], strict=True)
        parts = [part(rows, start, end, batches, how(rows)) for start, end in edges]
        draw.shuffle(parts)
        joined = reduce(TablePart.joined, parts).done()
    assert sorted_columns(joined.data()) == sorted_columns(whole.data())


def sorted_columns(data: dict[str, Any]) -> dict[str, Any]:
    """Return counts without the order in which dictionaries were filled."""
    columns = {one["name"]: one for one in data["columns"]}
    assert [one["name"] for one in data["columns"]] == list(columns)
    return {**data, "columns": columns}


def test_a_part_holds_no_value() -> None:
    rows = rows_of(40, 1)
    held = pickle.dumps(count_part(table(rows, []), how(rows), 0, SALT))
    for column in ("phone", "id_card", "email", "name"):
        assert not [one for one in rows[column].to_pylist() if one.encode() in held]


def test_columns_and_faults_of_all_parts_are_told_once() -> None:
    one, two, other = table(rows_of(3, 1), []), table(rows_of(3, 2), []), pa.table({"z": ["1"]})
    for own in (one, two):
        own.problems.append(Reason("store.damaged", {}, "made: t"))
    third = table(other, [])
    parts = [
        count_part(own, Counting(), start, SALT) for start, own in ((0, one), (3, two), (6, third))
    ]
    counts = parts[0].joined(parts[1]).joined(parts[2]).done()
    assert counts.reasons == [{"word": "store.damaged", "where": "made: t"}]
    assert (counts.rows, counts.columns[-1].name, counts.columns[-1].rows) == (7, "z", 1)
