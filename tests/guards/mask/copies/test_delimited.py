from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.guards.mask.tables import plan

from hongxian.errors import Exit, HongxianError
from hongxian.guards.mask.copies.file import copy_file
from hongxian.guards.mask.plan import Named
from hongxian.sensors.store.sources.file import local_file

if TYPE_CHECKING:
    from pathlib import Path


def masked(tmp_path: Path, data: bytes, name: str = "in.csv") -> tuple[bytes, int]:
    source, target = tmp_path / name, tmp_path / "out.csv"
    source.write_bytes(data)
    with target.open("wb") as out:
        rows = copy_file(local_file(source, str(source)), "csv", out, plan())
    return target.read_bytes(), rows


def test_named_columns_change_and_all_others_stay_to_the_byte(tmp_path: Path) -> None:
    data = 'id,phone,city\n007,13812345678,"深圳, 南山"\n8.50,,"a ""b"""\n'
    expected = 'id,phone,city\n007,138****5678,"深圳, 南山"\n8.50,*,"a ""b"""\n'
    out, rows = masked(tmp_path, data.encode())
    assert out.decode().replace(",*,", ",,") == expected.replace(",*,", ",,")
    assert rows == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-32"])
def test_a_copy_has_the_encoding_of_its_source(tmp_path: Path, encoding: str) -> None:
    text = "city,phone\n" + "深圳,13812345678\n" * 9
    out, _ = masked(tmp_path, text.encode(encoding))
    assert out == text.replace("13812345678", "138****5678").encode(encoding)


def test_tabs_divide_a_tsv_and_a_table_may_be_empty(tmp_path: Path) -> None:
    assert masked(tmp_path, b"phone\tcity\n13812345678\ta,b\n", "in.tsv")[0] == (
        b"phone\tcity\n138****5678\ta,b\n"
    )
    assert masked(tmp_path, b"phone,city\n") == (b"phone,city\n", 0)


@pytest.mark.parametrize("delimiter", [";", "|", "\t", "\x01"])
def test_what_divides_the_cells_stays(tmp_path: Path, delimiter: str) -> None:
    text = 'id,phone,note\n1,13812345678,"a\nb"\n2,,NULL\n'.replace(",", delimiter)
    out, rows = masked(tmp_path, text.encode(), "in.txt")
    expected = text.replace("13812345678", "138****5678")
    assert (out.decode().replace(f"{delimiter}*{delimiter}", delimiter * 2), rows) == (expected, 2)


def test_a_first_line_of_values_is_a_row_and_masked(tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("张三,13812345678\n李四,13912345678\n")
    own = plan(named={"column2": Named("basic.phone", "partial")})
    with target.open("wb") as out:
        assert copy_file(local_file(source, "in.csv"), "csv", out, own) == 2
    assert target.read_text().splitlines()[0] == "张*,138****5678"


def test_the_first_line_stays_to_the_letter(tmp_path: Path) -> None:
    out, _ = masked(tmp_path, b'" id ","phone"\n1,13812345678\n')
    assert out == b" id ,phone\n1,138****5678\n"


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", "no header"),
        (b"\n\n", "no header"),
        (b"a,phone\n1,2\n3,13812345678,5\n", "row 3 has 3 columns instead of 2"),
        (b"a,b\n1,2\n3\n", "row 3 has 1 columns instead of 2"),
        (b"a,b\n1,2\n" + "张".encode() * 99 + b"\n", "row 3 has 1 columns instead of 2"),
        (b"\xef\xbb\xbfa,b\n\xff\xff,2\n", "cannot be read as a table"),
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
