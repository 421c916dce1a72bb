from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.guards.mask.tables import plan

from hongxian.errors import Exit, HongxianError
from hongxian.guards.mask.sources.csv_ import mask_csv, written

if TYPE_CHECKING:
    from pathlib import Path

TEXT = st.text(st.characters(exclude_characters="\x00\r", exclude_categories=["Cs"]), max_size=8)


def masked(tmp_path: Path, data: bytes, name: str = "in.csv") -> tuple[bytes, int]:
    source, target = tmp_path / name, tmp_path / "out.csv"
    source.write_bytes(data)
    rows = mask_csv(source, target, plan(named=None) if name == "" else plan())
    return target.read_bytes(), rows


def test_named_columns_change_and_all_others_stay_to_the_byte(tmp_path: Path) -> None:
    data = 'id,phone,city\n007,13812345678,"深圳, 南山"\n8.50,,"a ""b"""\n'
    expected = 'id,phone,city\n007,138****5678,"深圳, 南山"\n8.50,*,"a ""b"""\n'
    out, rows = masked(tmp_path, data.encode())
    assert out.decode().replace(",*,", ",,") == expected.replace(",*,", ",,")
    assert rows == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_copy_has_the_encoding_of_its_source(tmp_path: Path, encoding: str) -> None:
    text = "city,phone\n深圳,13812345678\n"
    out, _ = masked(tmp_path, text.encode(encoding))
    assert out == text.replace("13812345678", "138****5678").encode(encoding)


def test_tabs_divide_a_tsv_and_a_table_may_be_empty(tmp_path: Path) -> None:
    assert masked(tmp_path, b"phone\tcity\n13812345678\ta,b\n", "in.tsv")[0] == (
        b"phone\tcity\n138****5678\ta,b\n"
    )
    assert masked(tmp_path, b"phone,city\n") == (b"phone,city\n", 0)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", "no header"),
        (b"\n\n", "no header"),
        (b"a,phone\n1,2\n3,13812345678,5\n", "row 3 has 3 columns instead of 2"),
        (b"a,b\n1,2\n3\n", "row 3 has 1 columns instead of 2"),
        (b"a,b\n1,2\n" + "张".encode() * 99 + b"\n", "row 3 has 1 columns instead of 2"),
        (b"a,b\n\xff\xff,2\n", "cannot be read as a table"),
        (b"a,b\n" + b"x" * (1 << 23) + b",1\n1,2\n", "cannot be read as a table"),
    ],
)
def test_what_is_no_table_is_one_line_without_a_value(
    tmp_path: Path, data: bytes, line: str
) -> None:
    with pytest.raises(HongxianError) as told:
        masked(tmp_path, data)
    assert line in str(told.value)
    assert "13812345678" not in str(told.value)
    assert told.value.code is Exit.SENSOR


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=5))
def test_what_is_written_is_read_by_others_as_it_was(rows: list[tuple[str, str]]) -> None:
    columns = [pa.array([row[place] for row in rows]) for place in (0, 1)]
    text = written(columns, ",").decode()
    assert [tuple(row) for row in csv.reader(io.StringIO(text, newline=""))] == rows
    alone = written(columns[:1], "\t").decode()
    found = list(csv.reader(io.StringIO(alone, newline=""), delimiter="\t"))
    assert found == [[row[0]] for row in rows]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_no_bytes_whatever_make_the_reader_fall_over(tmp_path: Path, data: bytes) -> None:
    try:
        masked(tmp_path, data)
    except HongxianError as error:
        told = str(error)
    else:
        told = "one line"
    assert "\n" not in told
