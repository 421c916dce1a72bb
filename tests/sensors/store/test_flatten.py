from __future__ import annotations

import pyarrow as pa

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
    found = {path: array.to_pylist() for path, array in flat_columns(batch)}
    assert found.pop("u") == [bytes(16)] * 2
    assert found == {
        "s.a": ["x", None], "s.b": [1, 2], "m.key": ["k"], "m.value": ["v"], "d": ["x", "x"],
        "l": ["p", "q", "r"], "f": [1, 2, 3, 4], "r": ["z", "z"],
    }  # fmt: skip


def test_chunks_come_one_by_one() -> None:
    table = pa.table({"a": pa.chunked_array([["x"], ["y"]])})
    assert [array.to_pylist() for _, array in flat_columns(table)] == [["x"], ["y"]]
