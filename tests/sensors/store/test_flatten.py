from __future__ import annotations

import pyarrow as pa

from hongxian.sensors.store.draw import rows_from
from hongxian.sensors.store.flatten import flat_columns


def test_members_of_everything_are_found_by_their_path() -> None:
    batch = pa.record_batch(
        {
            "s": pa.array([{"a": "x", "b": [1, 2]}, {"a": None, "b": []}]),
            "m": pa.array([[("k", "v")], []], pa.map_(pa.string(), pa.string())),
            "d": pa.array(["x", "x"]).dictionary_encode(),
            "l": pa.array([["p"], ["q", "r"]], pa.large_list(pa.string())),
            "f": pa.array([[1, 2], [3, 4]], pa.list_(pa.int32(), 2)),
            "r": pa.RunEndEncodedArray.from_arrays([2], pa.array(["z"])),
            "u": pa.ExtensionArray.from_storage(
                pa.uuid(), pa.array([bytes(16)] * 2, pa.binary(16))
            ),
        }
    )
    flat = list(flat_columns(batch, rows_from(10, 2, 0)))
    found = {path: array.to_pylist() for path, array, _ in flat}
    numbers = {path: rows.numbers.tolist() for path, _, rows in flat}
    assert numbers["s.b"] == [10, 10]
    assert numbers["l"] == [10, 11, 11]
    assert numbers["f"] == [10, 10, 11, 11]
    assert numbers["m.key"] == [10]
    assert found.pop("u") == [bytes(16)] * 2
    assert found == {
        "s.a": ["x", None], "s.b": [1, 2], "m.key": ["k"], "m.value": ["v"], "d": ["x", "x"],
        "l": ["p", "q", "r"], "f": [1, 2, 3, 4], "r": ["z", "z"],
    }  # fmt: skip


def test_chunks_come_one_by_one() -> None:
    table = pa.table({"a": pa.chunked_array([["x"], ["y"]])})
    flat = [(array.to_pylist(), rows.numbers.tolist())
            for _, array, rows in flat_columns(table, rows_from(0, 2, 0))]  # fmt: skip
    assert flat == [(["x"], [0]), (["y"], [1])]


def test_members_know_their_rows_whatever_lies_beside_them() -> None:
    kinds = [pa.list_(pa.int32()), pa.large_list(pa.int32()), pa.list_(pa.int32(), 1),
             pa.map_(pa.int32(), pa.int32())]  # fmt: skip
    for kind in kinds:
        value = [(5, 5)] if pa.types.is_map(kind) else [5]
        batch = pa.record_batch({"c": pa.array([value, None, value, value], kind)[1:]})
        for _, array, rows in flat_columns(batch, rows_from(1, 3, 0)):
            assert (array.to_pylist(), rows.numbers.tolist()) == ([5, 5], [2, 3])
