from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sensors.store.made import csv_text, file_of, people, rows_of

from hongxian.sensors.store.sources.delimited import (
    _BLOCK,
    _Broken,
    _Utf8,
    delimited_table,
    delimiter_of,
    header,
    header_of,
)


def read(tmp_path: Path, data: bytes | str, name: str = "a.csv") -> tuple[list[Any], Any]:
    file = file_of(tmp_path, name, data)
    table = delimited_table(file, delimiter_of(file.head(), file.suffix) or ",")
    return rows_of(table), table


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|", "\x01"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_rows_come_out_whatever_separates_and_encodes_them(
    tmp_path: Path, delimiter: str, coding: str
) -> None:
    rows, table = read(tmp_path, csv_text(20, delimiter).encode(coding))
    assert rows == [{key: str(value) for key, value in one.items()} for one in people(20)]
    assert table.problems == []
    assert [column.name for column in table.columns] == list(people(1)[0])


def test_quotes_may_hold_delimiters_and_line_ends(tmp_path: Path) -> None:
    rows, _ = read(tmp_path, 'name,note\n张三,"a, ""b""\nc"\n李四,d\n')
    assert rows == [{"name": "张三", "note": 'a, "b"\nc'}, {"name": "李四", "note": "d"}]


def test_a_file_without_header_loses_no_row_and_tells_no_value_as_a_name(tmp_path: Path) -> None:
    rows, table = read(tmp_path, "张三,13812345678\n李四,13987654321\n")
    assert [row["column2"] for row in rows] == ["13812345678", "13987654321"]
    assert [column.name for column in table.columns] == ["column1", "column2"]


def test_rows_of_another_width_are_told_and_read_as_lines(tmp_path: Path) -> None:
    rows, table = read(tmp_path, csv_text(9) + "x,13700001111,y\n")
    assert len(rows) == 10
    assert "13700001111" in rows[-1]["line"]
    assert [one.values for one in table.problems] == [{"count": 1}]


def test_a_quote_that_never_ends_loses_nothing(tmp_path: Path) -> None:
    data = csv_text(5) + '6,"x,13700001111,' + "y" * (9 << 20) + "\n7,z,13700002222\n"
    rows, table = read(tmp_path, data)
    assert [one.word for one in table.problems] == ["store.unquoted"]
    text = "".join(row["line"] for row in rows if "line" in row)
    assert "13700001111" in text
    assert "13700002222" in text


def test_a_field_that_is_too_long_is_no_table() -> None:
    assert delimiter_of(b"a," + b"b" * 200_000, ".csv") == ","
    assert header("a," + "b" * 200_000, ",") == ([], False)


def test_what_is_no_table_has_no_delimiter() -> None:
    assert delimiter_of(b"a text, with a comma\nand more\nlines, of, it\n") is None
    assert delimiter_of(b"") is None
    assert delimiter_of(b"alone\n", ".csv") == ","
    assert delimiter_of(b"a,b\tc\nd\te\n", ".tsv") == "\t"


def test_numbers_and_equal_rows_are_no_header() -> None:
    assert header("1,2\n3,4\n", ",") == (["column1", "column2"], False)
    assert header("a,b\na,b\n", ",") == (["column1", "column2"], False)
    assert header("a,\n1,2\n", ",") == (["a", "column2"], True)
    assert header_of([]) == ([], False)


@given(st.text(max_size=200))
def test_any_text_can_be_asked_for_its_delimiter(text: str) -> None:
    data = text.encode("utf-8", "replace")
    found = delimiter_of(data, ".csv")
    header(text, found or ",")


class Row:
    """What the reader tells of a row that does not fit; it does so from a thread of its own."""

    def __init__(self, text: str | None) -> None:
        self.text = text


def test_broken_rows_are_counted_and_kept_up_to_a_bound() -> None:
    broken = _Broken()
    assert {broken(Row("a,b,c")), broken(Row(None)), broken(Row("x" * _BLOCK))} == {"skip"}
    broken(Row("behind the bound"))
    assert (broken.count, broken.texts) == (4, ["a,b,c", "", "x" * _BLOCK])


def test_blocks_are_read_in_any_size_and_the_last_ones_again() -> None:
    stream = _Utf8(iter([b"abcdef", b"", b"gh", b"ij"]))
    assert stream.readable()
    assert [stream.read(4), stream.read(4), stream.read(), stream.read(1)] == [
        b"abcd", b"ef", b"gh", b"i",
    ]  # fmt: skip
    assert b"".join(stream.again()) == b"abcdefghij"
    assert stream.read() == b"j"
    assert stream.read() == b""


def spans(path: Path, data: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, list[Any]]:
    """Return the table of a file that is cut in small parts, and the parts."""
    for module in ("encoding", "ranges"):
        monkeypatch.setattr(f"hongxian.sensors.store.sources.{module}.BLOCK", 256)
    file = file_of(path, "a.csv", data)
    table = delimited_table(file, ",")
    assert table.cuts
    return table, table.cuts.spans(600)


def test_parts_of_a_file_are_its_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = csv_text(60).replace("北京", '"北,""京"') + "\n\n" + "99,x,,,,,\n"
    table, cut = spans(tmp_path, data, monkeypatch)
    rows = [[row for batch in table.cuts.read(span) for row in batch.to_pylist()] for span in cut]
    assert [row for part in rows for row in part] == rows_of(table)
    assert [table.cuts.count(span) for span in cut] == list(map(len, rows))
    assert len(cut) > 3


@pytest.mark.parametrize(
    "odd", ['8,"a\nb",c,d,e,f,g\n', "8,9\n", '8,"x\n'], ids=["several_lines", "width", "open"]
)
def test_a_part_that_needs_the_others_says_so(
    tmp_path: Path, odd: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    table, cut = spans(tmp_path, csv_text(30) + odd + csv_text(30), monkeypatch)
    assert None in [table.cuts.count(span) for span in cut]
