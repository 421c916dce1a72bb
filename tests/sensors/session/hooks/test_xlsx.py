from __future__ import annotations

import pytest
from tests.sensors.session.hooks.logs import sheetjs, words_of, workbook, worksheet

from hongxian.errors import ArtefactError
from hongxian.sensors.session.hooks import xlsx
from hongxian.sensors.session.hooks.tally import Tally
from hongxian.sensors.session.hooks.xlsx import xlsx_rows

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"


def rows_of(data: bytes) -> tuple[list[tuple[str, int, list[str]]], list[str]]:
    tally = Tally("log")
    return list(xlsx_rows(data, tally)), words_of(tally.reasons())


def test_cells_stand_where_their_reference_says() -> None:
    body = (
        '<row r="3"><c r="A3" t="str"><v>a</v></c><c r="D3"><v>4</v></c></row>'
        '<row><c t="inlineStr"><is><t>b</t></is></c><c><v>5</v></c></row>'
        '<row r="x"><c r="XFD6" t="str"><v>far</v></c></row>'
    )
    rows, unread = rows_of(workbook({SHEET: worksheet(body)}))
    assert rows == [
        ("sheet 1", 3, ["a", "", "", "4"]), ("sheet 1", 4, ["b", "5"]), ("sheet 1", 5, []),
    ]  # fmt: skip
    assert not unread


def test_shared_texts_are_put_in() -> None:
    strings = "<sst><si><t>one</t></si><si><r><t>t</t></r><r><t>wo</t></r></si></sst>"
    cells = "".join(f'<c t="s"><v>{number}</v></c>' for number in ("1", "0", "7", "x", "9" * 5_000))
    rows, unread = rows_of(workbook({STRINGS: strings, SHEET: worksheet(f"<row>{cells}</row>")}))
    assert rows == [("sheet 1", 1, ["two", "one", "", "", ""])]
    assert not unread


def test_sheets_are_read_in_order() -> None:
    names = (10, 2, 1)
    data = workbook(
        {f"xl/worksheets/sheet{n}.xml": worksheet(f"<row><c><v>{n}</v></c></row>") for n in names}
    )
    assert [cells for _, _, cells in rows_of(data)[0]] == [["1"], ["2"], ["10"]]


def test_a_bomb_is_not_unpacked(monkeypatch) -> None:
    monkeypatch.setattr(xlsx, "UNPACKED", 1 << 20)
    row = '<row r="1"><c t="str"><v>' + "x" * 1_000_000 + "</v></c></row>"
    rows, unread = rows_of(workbook({SHEET: worksheet(row * 100)}))
    assert len(rows) <= 1
    assert unread == ["workbook_bomb"]


def test_shared_texts_are_bounded(monkeypatch) -> None:
    monkeypatch.setattr(xlsx, "SHARED", 1_000)
    strings = (
        "<sst>" + "<si><t>" + "x" * 600 + "</t></si>" + "<si><t>" + "y" * 600 + "</t></si></sst>"
    )
    _, unread = rows_of(workbook({STRINGS: strings, SHEET: worksheet("")}))
    assert unread == ["workbook_bomb"]


def test_a_cell_is_bounded() -> None:
    ((_, _, (cell,)),), _ = rows_of(sheetjs(["x" * 500_000]))
    assert len(cell) == xlsx.LONGEST_CELL


def test_entities_are_refused() -> None:
    entity = (
        '<!DOCTYPE a [<!ENTITY e "x">]><worksheet><row><c t="str"><v>&e;</v></c></row></worksheet>'
    )
    assert rows_of(workbook({SHEET: entity})) == ([], ["workbook_cut"])


def test_rows_before_a_damage_are_kept() -> None:
    rows, unread = rows_of(workbook({SHEET: worksheet("<row><c><v>1</v></c></row><row></c>")}))
    assert [cells for _, _, cells in rows] == [["1"]]
    assert unread == ["workbook_cut"]


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04", b"PK\x03\x04" + bytes(100), workbook({"a.txt": "b"})]
)
def test_another_zip_is_refused(data) -> None:
    with pytest.raises(ArtefactError):
        rows_of(data)
