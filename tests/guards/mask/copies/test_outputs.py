from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import ipc, orc, parquet

from hongxian.errors import Exit, HongxianError
from hongxian.guards.mask.copies.outputs import (
    CsvOutput,
    form_of,
    opened_output,
    output,
    packing_of,
    write_all,
    written,
)
from hongxian.sensors.store.sources.file import local_file
from hongxian.sensors.store.sources.packed import unpacked

if TYPE_CHECKING:
    from pathlib import Path

TEXT = st.text(st.characters(exclude_characters="\x00\r", exclude_categories=["Cs"]), max_size=8)
BATCH = pa.record_batch({"a": [1, 2], "b": ["x", None]})


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=5), st.sampled_from([",", "|", "\x01"]))
def test_what_is_written_is_read_by_others_as_it_was(
    rows: list[tuple[str, str]], delimiter: str
) -> None:
    columns = [pa.array([row[place] for row in rows]) for place in (0, 1)]
    text = written(columns, delimiter).decode()
    found = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    assert [tuple(row) for row in found] == rows
    alone = written(columns[:1], "\t").decode()
    read = list(csv.reader(io.StringIO(alone, newline=""), delimiter="\t"))
    assert read == [[row[0]] for row in rows]


def test_what_is_nested_becomes_json_and_long_texts_are_texts() -> None:
    columns = [pa.array([{"a": "张", "b": [1]}, None]), pa.array(["x", "y"], pa.large_string())]
    assert written(columns, ";").decode() == '"{""a"": ""张"", ""b"": [1]}";x\n;y\n'


READ = {
    "parquet": parquet.read_table, "orc": orc.read_table,
    "arrow": lambda file: ipc.open_file(file).read_all(),
    "stream": lambda file: ipc.open_stream(file).read_all(),
}  # fmt: skip


@pytest.mark.parametrize("form", list(READ))
@pytest.mark.parametrize("batches", [[BATCH, BATCH], []], ids=["rows", "none"])
def test_tables_are_written_with_their_types(form: str, batches: list[Any]) -> None:
    out = io.BytesIO()
    assert write_all(batches, BATCH.schema, output(out, form)) == 2 * len(batches)
    found = READ[form](io.BytesIO(out.getvalue()))
    assert found.schema.names == ["a", "b"]
    assert found.equals(pa.Table.from_batches(batches, BATCH.schema))


@pytest.mark.parametrize(
    ("form", "text"), [("csv", "a,b\n1,x\n2,\n"), ("tsv", "a\tb\n1\tx\n2\t\n")]
)
def test_separated_text_has_the_names_of_the_columns_first(form: str, text: str) -> None:
    out = io.BytesIO()
    write_all([BATCH], BATCH.schema, output(out, form))
    assert out.getvalue().decode() == text
    none = io.BytesIO()
    write_all([], BATCH.schema, output(none, form))
    assert none.getvalue().decode() == text.split("\n", maxsplit=1)[0] + "\n"


def test_a_value_that_an_encoding_does_not_have_is_one_line() -> None:
    into = CsvOutput(io.BytesIO(), encoding="latin-1")
    with pytest.raises(HongxianError, match="cannot be written in latin-1") as told:
        into.add(pa.record_batch({"a": ["张三"]}))
    assert told.value.code is Exit.SENSOR
    assert "张" not in str(told.value)


@pytest.mark.parametrize("name", ["a.csv.gz", "a.bz2", "a.xz", "a.ZST"])
def test_a_copy_is_packed_as_its_name_says(tmp_path: Path, name: str) -> None:
    packing = packing_of(name)
    assert packing
    with opened_output(tmp_path / name, packing) as out:
        out.write(b"data" * 99)
    assert (tmp_path / name).read_bytes() != b"data" * 99
    with unpacked(local_file(tmp_path / name, name), packing).opened() as stream:
        assert stream.read() == b"data" * 99
    with opened_output(tmp_path / "plain", None) as out:
        out.write(b"x")
    assert (tmp_path / "plain").read_bytes() == b"x"


def test_a_name_asks_for_a_format() -> None:
    names = ["a.csv", "a.TSV.gz", "a.pq", "a.feather", "a.log", "folder", "a.gz"]
    assert [form_of(name) for name in names] == ["csv", "tsv", "parquet", "arrow", None, None, None]
