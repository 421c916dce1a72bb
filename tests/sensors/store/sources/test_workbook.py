from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from tests.sensors.store.made import file_of, people, rows_of

from hongxian.sensors.store.sources.faults import SourceError
from hongxian.sensors.store.sources.file import Limits
from hongxian.sensors.store.sources.workbook import batch_of_rows, workbook_tables


def book(count: int) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "用户"
    sheet.append(list(people(1)[0]))
    for one in people(count):
        sheet.append([int(one["phone"]) if key == "phone" else value for key, value in one.items()])
    made.create_sheet("空")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_each_sheet_is_a_table_and_numbers_keep_their_digits(tmp_path: Path) -> None:
    tables = list(workbook_tables(file_of(tmp_path, "a.xlsx", book(12))))
    assert [table.name for table in tables] == ["用户"]
    assert rows_of(tables[0]) == [{key: str(v) for key, v in one.items()} for one in people(12)]


def test_long_sheets_come_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hongxian.sensors.store.sources.workbook.ROWS", 5)
    [table] = workbook_tables(file_of(tmp_path, "a.xlsx", book(12)))
    assert [batch.num_rows for batch in table.read(None)] == [5, 5, 2]


def test_rows_that_are_too_short_are_filled_up() -> None:
    assert batch_of_rows([["a"], ["b", "c"]], ["x", "y"]).to_pylist() == [
        {"x": "a", "y": None}, {"x": "b", "y": "c"},
    ]  # fmt: skip


def test_what_is_no_workbook_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="damaged"):
        list(workbook_tables(file_of(tmp_path, "a.xlsx", b"PK\x03\x04 no")))
    with pytest.raises(SourceError, match="too_large"):
        list(workbook_tables(file_of(tmp_path, "b.xlsx", book(3)), Limits(document=100)))


def test_without_its_reader_the_user_learns_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "python_calamine", None)
    with pytest.raises(SourceError, match="no_reader"):
        list(workbook_tables(file_of(tmp_path, "a.xlsx", book(3))))
