from __future__ import annotations

import gzip
import io
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from pyarrow import ipc, orc, parquet
from tests.guards.mask.tables import plan

from hongxian.errors import Exit, HongxianError
from hongxian.guards.mask.copies.file import copy_file, inner_file
from hongxian.sensors.store.sources.file import local_file

if TYPE_CHECKING:
    from pathlib import Path

TABLE = pa.table({
    "phone": ["13812345678", None, "13912345678"], "amount": pa.array([1, 2, 3], pa.int16()),
    "user": [{"phone": "13712345678"}, None, {"phone": None}],
    "when": pa.array([0, None, 9], pa.timestamp("ms")),
})  # fmt: skip
MASKED = [
    {"phone": "138****5678", "amount": 1, "user": {"phone": "137****5678"}},
    {"phone": None, "amount": 2, "user": None},
    {"phone": "139****5678", "amount": 3, "user": {"phone": None}},
]


def _stream(table: pa.Table, path: Path) -> None:
    with ipc.new_stream(path, table.schema) as out:
        out.write_table(table)


def _file(table: pa.Table, path: Path) -> None:
    with ipc.new_file(path, table.schema) as out:
        out.write_table(table)


WRITE = {"parquet": parquet.write_table, "orc": orc.write_table, "arrow": _file, "stream": _stream}
READ = {
    "parquet": parquet.read_table, "orc": orc.read_table,
    "arrow": lambda file: ipc.open_file(file).read_all(),
    "stream": lambda file: ipc.open_stream(file).read_all(),
}  # fmt: skip


def copied(path: Path, form: str | None = None) -> tuple[bytes, int]:
    file, kind, _ = inner_file(local_file(path, path.name))
    out = io.BytesIO()
    rows = copy_file(file, kind, out, plan(), form=form)
    return out.getvalue(), rows


@pytest.mark.parametrize("form", list(WRITE))
def test_columns_change_and_types_stay_where_nothing_was_masked(tmp_path: Path, form: str) -> None:
    WRITE[form](TABLE, tmp_path / "in")
    data, rows = copied(tmp_path / "in")
    assert rows == 3
    found = READ[form](io.BytesIO(data))
    assert found.select(["phone", "amount", "user"]).to_pylist() == MASKED
    assert found.schema.field("amount").type == pa.int16()
    assert found.column("when").cast(pa.timestamp("ms")).equals(TABLE.column("when"))


@pytest.mark.parametrize("form", list(WRITE))
def test_a_table_may_be_empty(tmp_path: Path, form: str) -> None:
    WRITE[form](TABLE.slice(0, 0), tmp_path / "in")
    data, rows = copied(tmp_path / "in")
    assert rows == 0
    assert READ[form](io.BytesIO(data)).schema.names == TABLE.schema.names


@pytest.mark.parametrize("cut", [4, 100, -8])
def test_a_broken_file_is_one_line(tmp_path: Path, cut: int) -> None:
    source = tmp_path / "in.parquet"
    parquet.write_table(pa.table({"phone": ["13812345678"] * 99}), source)
    source.write_bytes(source.read_bytes()[:cut])
    with pytest.raises(HongxianError, match="no whole parquet file") as told:
        copied(source)
    assert told.value.code is Exit.SENSOR


def test_a_page_that_is_damaged_is_one_line(tmp_path: Path) -> None:
    source = tmp_path / "in.parquet"
    parquet.write_table(pa.table({"phone": [f"1381234{n:04}" for n in range(999)]}), source)
    data = bytearray(source.read_bytes())
    data[40:400] = bytes(360)
    source.write_bytes(data)
    with pytest.raises(HongxianError, match=r"in\.parquet: .*; no copy was made"):
        copied(source)
    file, kind, _ = inner_file(local_file(source, "in.parquet"))
    source.unlink()
    with pytest.raises(FileNotFoundError):
        copy_file(file, kind, io.BytesIO(), plan())


@pytest.mark.parametrize(
    ("form", "start"), [("parquet", b"PAR1"), ("orc", b"ORC"), ("tsv", b"phone\t")]
)
def test_a_table_can_take_another_form(tmp_path: Path, form: str, start: bytes) -> None:
    (tmp_path / "in.csv").write_text("phone;city\n13812345678;A\n")
    data, rows = copied(tmp_path / "in.csv", form)
    assert (data[: len(start)], rows) == (start, 1)


def test_trees_and_texts_take_no_form_of_tables(tmp_path: Path) -> None:
    for name, text in (("a.json", "[1]"), ("a.log", "x\n"), ("a.jsonl", "1\n2\n")):
        (tmp_path / name).write_text(text)
        with pytest.raises(HongxianError, match="cannot be written as csv"):
            copied(tmp_path / name, "csv")
        assert copied(tmp_path / name)[0].decode().strip() == text.strip()


def test_packed_files_are_read_inside(tmp_path: Path) -> None:
    source = tmp_path / "in.csv.gz"
    source.write_bytes(gzip.compress(b"phone,city\n13812345678,A\n", mtime=0))
    assert inner_file(local_file(source, "in.csv.gz"))[1:] == ("csv", "gzip")
    assert copied(source) == (b"phone,city\n138****5678,A\n", 1)


def test_packed_files_that_are_damaged_or_packed_too_often_are_one_line(tmp_path: Path) -> None:
    data: Any = b"phone,city\n" + b"13812345678,A\n" * 40_000
    source = tmp_path / "in.csv.gz"
    packed = gzip.compress(data, 1, mtime=0)
    source.write_bytes(packed[:-9])
    with pytest.raises(HongxianError, match="no whole"):
        copied(source)
    source.write_bytes(packed[:5] + b"\xff" * 30)
    with pytest.raises(HongxianError, match="no whole gzip file"):
        copied(source)
    for _ in range(6):
        packed = gzip.compress(packed, 1, mtime=0)
    source.write_bytes(packed)
    with pytest.raises(HongxianError, match="no whole gzip file"):
        copied(source)


def test_an_empty_file_has_an_empty_copy(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("")
    assert copied(tmp_path / "in.csv") == (b"", 0)
