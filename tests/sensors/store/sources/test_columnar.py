from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import feather, ipc, orc
from tests.sensors.store.made import arrow, file_of, people, rows_of

from hongxian.sensors.store.sources.columnar import (
    arrow_table,
    orc_table,
    parquet_part,
    parquet_table,
)
from hongxian.sensors.store.sources.faults import SourceError
from hongxian.sensors.store.sources.file import local_file


def test_parquet_comes_group_by_group_with_comments(tmp_path: Path) -> None:
    data = arrow(50)
    field = data.schema.field("phone").with_metadata({"comment": "手机号"})
    schema = data.schema.set(data.schema.get_field_index("phone"), field)
    pq.write_table(data.cast(schema), tmp_path / "a.parquet", row_group_size=20)
    table = parquet_table(local_file(tmp_path / "a.parquet", "a.parquet"))
    assert rows_of(table) == people(50)
    assert table.rows == 50
    assert {column.name: column.comment for column in table.columns}["phone"] == "手机号"


def test_orc_arrow_and_feather_hold_the_same_rows(tmp_path: Path) -> None:
    data = arrow(30)
    orc.write_table(data, tmp_path / "a.orc")
    feather.write_feather(data, str(tmp_path / "a.feather"), compression="zstd")
    with ipc.new_stream(str(tmp_path / "a.arrows"), data.schema) as writer:
        writer.write_table(data)
    assert rows_of(orc_table(local_file(tmp_path / "a.orc", "a.orc"))) == people(30)
    for name in ("a.feather", "a.arrows"):
        assert rows_of(arrow_table(local_file(tmp_path / name, name))) == people(30)


def test_the_first_version_of_feather_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="old_feather"):
        arrow_table(file_of(tmp_path, "a.feather", b"FEA1" + bytes(40)))


def test_a_damaged_file_is_an_error_that_the_caller_knows(tmp_path: Path) -> None:
    pq.write_table(arrow(30), tmp_path / "a.parquet")
    data = (tmp_path / "a.parquet").read_bytes()
    with pytest.raises((ValueError, OSError)):
        parquet_table(file_of(tmp_path, "b.parquet", data[: len(data) // 2]))
    with pytest.raises((pa.ArrowInvalid, OSError)):
        orc_table(file_of(tmp_path, "b.orc", b"ORC" + bytes(50)))


def test_the_parts_of_a_file_are_its_rows_in_their_order(tmp_path: Path) -> None:
    pq.write_table(arrow(95), tmp_path / "a.parquet", row_group_size=20)
    file = local_file(tmp_path / "a.parquet", "a.parquet")
    for count in (1, 2, 3, 9):
        parts = [parquet_part(file, part, count) for part in range(count)]
        assert [row for table, _ in parts for row in rows_of(table)] == people(95)
        starts = [start for _, start in parts]
        assert starts == [sum(table.rows or 0 for table, _ in parts[:at]) for at in range(count)]


def test_a_damaged_group_hides_none_of_the_others(tmp_path: Path) -> None:
    pq.write_table(arrow(100), tmp_path / "a.parquet", row_group_size=20, compression="none")
    data = bytearray((tmp_path / "a.parquet").read_bytes())
    place = pq.ParquetFile(tmp_path / "a.parquet").metadata.row_group(2).column(2)
    data[place.data_page_offset : place.data_page_offset + 40] = bytes(40)
    table = parquet_table(file_of(tmp_path, "b.parquet", bytes(data)))
    found = rows_of(table)
    assert found == people(100)[:40] + people(100)[60:]
    assert ([one.word for one in table.problems], table.lost) == (["store.damaged"], 20)


def test_who_counts_gets_strings_that_repeat_as_dictionaries(tmp_path: Path) -> None:
    words = [["男", "女", None][place % 3] for place in range(3_000)]
    other = [f"{place:040}" for place in range(3_000)]
    data = pa.table({"gender": words, "other": other, "n": [1] * 3_000, "l": [["x"]] * 3_000})
    pq.write_table(data, tmp_path / "a.parquet", row_group_size=1_000)
    table = parquet_table(local_file(tmp_path / "a.parquet", "a.parquet"))
    assert table.coded is not None
    coded, plain = pa.Table.from_batches(table.coded(None)), pa.Table.from_batches(table.read(None))
    assert pa.types.is_dictionary(coded["gender"].type)
    assert coded.drop(["gender"]).equals(plain.drop(["gender"]))
    assert coded.to_pylist() == plain.to_pylist() == data.to_pylist()
