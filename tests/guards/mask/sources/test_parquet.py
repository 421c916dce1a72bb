from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from pyarrow import parquet
from tests.guards.mask.tables import plan

from hongxian.errors import Exit, HongxianError
from hongxian.guards.mask.sources import parquet as module
from hongxian.guards.mask.sources.parquet import mask_parquet

if TYPE_CHECKING:
    from pathlib import Path


def test_columns_change_and_types_stay_where_nothing_was_masked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ROWS", 2)
    table = pa.table({
        "phone": [13812345678, None, 13912345678], "amount": pa.array([1, 2, 3], pa.int16()),
        "user": [{"phone": "13712345678"}, None, {"phone": None}],
    })  # fmt: skip
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    parquet.write_table(table, source)
    assert mask_parquet(source, target, plan()) == 3
    found = parquet.read_table(target)
    assert found.to_pylist() == [
        {"phone": "138****5678", "amount": 1, "user": {"phone": "137****5678"}},
        {"phone": None, "amount": 2, "user": None},
        {"phone": "139****5678", "amount": 3, "user": {"phone": None}},
    ]
    assert found.schema.field("amount").type == pa.int16()


def test_a_table_may_be_empty(tmp_path: Path) -> None:
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    parquet.write_table(pa.table({"phone": pa.array([], pa.string())}), source)
    assert mask_parquet(source, target, plan()) == 0
    assert parquet.read_table(target).schema.names == ["phone"]


@pytest.mark.parametrize("cut", [0, 4, 100, -8])
def test_a_broken_file_is_one_line(tmp_path: Path, cut: int) -> None:
    source = tmp_path / "in.parquet"
    parquet.write_table(pa.table({"phone": ["13812345678"] * 99}), source)
    source.write_bytes(source.read_bytes()[:cut])
    with pytest.raises(HongxianError, match="no whole Parquet file") as told:
        mask_parquet(source, tmp_path / "out.parquet", plan())
    assert told.value.code is Exit.SENSOR


def test_a_page_that_is_damaged_is_one_line(tmp_path: Path) -> None:
    source = tmp_path / "in.parquet"
    parquet.write_table(pa.table({"phone": [f"1381234{n:04}" for n in range(999)]}), source)
    data = bytearray(source.read_bytes())
    data[40:400] = bytes(360)
    source.write_bytes(data)
    with pytest.raises(HongxianError, match="no whole Parquet file"):
        mask_parquet(source, tmp_path / "out.parquet", plan())
    with pytest.raises(FileNotFoundError):
        mask_parquet(tmp_path / "none.parquet", tmp_path / "out.parquet", plan())
