from __future__ import annotations

from typing import Any

import pyarrow as pa
from tests.guards.mask.tables import plan

from hongxian.guards.mask.batches import mask_batches, masked
from hongxian.guards.mask.plan import Named


def batch(**columns: Any) -> pa.RecordBatch:
    return pa.record_batch({name: pa.array(values) for name, values in columns.items()})


def test_batches_go_in_and_come_out_masked_with_one_schema() -> None:
    seen: list[tuple[str, Any]] = []
    own = plan()
    out = list(mask_batches(
        [batch(phone=["13812345678"], n=[1]), batch(phone=["13912345678"], n=[2])], own,
        lambda side, column: seen.append((side, column("phone").to_pylist())),
    ))  # fmt: skip
    assert [one.to_pylist() for one in out] == [
        [{"phone": "138****5678", "n": 1}], [{"phone": "139****5678", "n": 2}],
    ]  # fmt: skip
    assert out[0].schema == out[1].schema
    assert seen == [
        ("before", ["13812345678"]), ("after", ["138****5678"]),
        ("before", ["13912345678"]), ("after", ["139****5678"]),
    ]  # fmt: skip


def test_a_column_that_is_not_there_is_none() -> None:
    told: list[Any] = []
    list(mask_batches([batch(a=[1])], plan(), lambda _, column: told.append(column("b"))))
    assert told == [None, None]


def test_nested_columns_are_masked_part_by_part() -> None:
    rows = [
        {"phone": "13812345678", "more": [{"age": 31}, {"age": None}]},
        None,
        {"phone": None, "more": None},
        {"phone": "139", "more": []},
    ]
    named = {"u.phone": Named("basic.phone", "partial"), "u.more[].age": Named("basic.age", "band")}
    found = masked("u", pa.array(rows), plan(named=named))
    found.validate(full=True)
    assert found.to_pylist() == [
        {"phone": "138****5678", "more": [{"age": "30-39"}, {"age": None}]},
        None,
        {"phone": None, "more": None},
        {"phone": "***", "more": []},
    ]


def test_lists_of_either_kind_and_slices_keep_their_shape() -> None:
    values = [["13812345678"], None, [], ["139", "13912345678"]]
    for kind in (pa.list_(pa.string()), pa.large_list(pa.string())):
        column = pa.array(values, kind)[1:]
        found = masked("tags", column, plan())
        assert found.to_pylist() == [None, [], ["***", "139****5678"]]


def test_maps_are_lists_of_keys_and_values() -> None:
    column = pa.array([[("13812345678", 1)]], pa.map_(pa.string(), pa.int64()))
    found = masked("m", column, plan(named={"m[].key": Named("basic.phone", "partial")}))
    assert found.to_pylist() == [[{"key": "138****5678", "value": 1}]]


def test_what_no_longer_fits_the_first_type_is_suppressed_and_counted() -> None:
    """A column of numbers without a value in the first batch, found to be phones in the next."""
    first = pa.record_batch({"tel": pa.nulls(1, pa.int64())})
    own = plan(named={"tel": Named("basic.phone", "partial")})
    out = list(mask_batches([first, batch(tel=[13812345678])], own))
    assert [one.to_pylist() for one in out] == [[{"tel": None}], [{"tel": None}]]
    assert own.columns["tel"].refused == 1


def test_what_can_be_cast_to_the_first_type_is() -> None:
    first = pa.record_batch({"n": pa.array([1.5])})
    out = list(mask_batches([first, batch(n=[2])], plan()))
    assert out[1].column(0).to_pylist() == [2.0]
