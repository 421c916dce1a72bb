import pypdfium2
import pytest
from tests.sensors.policy.reading.makers import PICTURE, At, Rule, pdf

from hongxian.sensors.policy.document import Document
from hongxian.sensors.policy.reading import pdf_tables, read_bytes
from hongxian.sensors.policy.reading.pdf_lines import PdfLine
from hongxian.sensors.policy.reading.pdf_tables import PdfTable, has_rules

RULES = [
    *[Rule(60, y, 400, y) for y in (600, 660)],
    *[Rule(x, 600, x, 660) for x in (60, 200, 400)],
    Rule(200, 630, 400, 630),
]
CELLS = [At(70, 625, "星图"), At(210, 640, "IMEI"), At(210, 610, "推送")]


def read(*pages: list[At | Rule | str]) -> Document:
    return read_bytes("p.pdf", pdf(*pages))


def words(document: Document) -> list[str]:
    return [problem.say("en") for problem in document.problems]


def test_a_cell_that_spans_rows_stands_in_each_of_them() -> None:
    document = read([*RULES, *CELLS])
    cells = [(b.row, b.column, document.text[b.start : b.end]) for b in document.blocks]
    assert cells == [(0, 0, "星图"), (1, 0, "星图"), (0, 1, "IMEI"), (1, 1, "推送")]


def test_pictures_and_rules_of_a_page_are_counted() -> None:
    document = pypdfium2.PdfDocument(pdf([PICTURE, *RULES], [Rule(1, 1, 9, 9)]))
    assert has_rules(document[0]) == (1, True)
    assert has_rules(document[1]) == (0, False)
    document.close()


def test_rules_without_cells_are_no_table() -> None:
    frame = [Rule(60, 600, 400, 600), Rule(60, 660, 400, 660), Rule(60, 600, 60, 660),
             Rule(400, 600, 400, 660)]  # fmt: skip
    document = read([*frame, At(70, 625, "星图")])
    assert [block.kind for block in document.blocks] == ["paragraph"]
    assert document.problems == ()


def test_without_the_extra_the_tables_are_plain_text_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf_tables, "find_spec", lambda _: None)
    document = read([*RULES, *CELLS])
    assert {block.kind for block in document.blocks} == {"paragraph"}
    assert words(document) == [
        "1 page(s) may hold tables, read as plain text without the extra pdf-tables"
    ]


def test_pages_beyond_the_limit_are_plain_text_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf_tables, "_MOST_PAGES", 1)
    document = read([*RULES, *CELLS], [*RULES, *CELLS])
    assert sum(block.kind == "cell" for block in document.blocks) == 4
    assert words(document) == ["the tables of 1 more page(s) are read as plain text"]


def grid(lines: int, step: float) -> list[Rule]:
    across = [Rule(50, 50 + step * n, 50 + step * (lines - 1), 50 + step * n) for n in range(lines)]
    down = [Rule(50 + step * n, 50, 50 + step * n, 50 + step * (lines - 1)) for n in range(lines)]
    return across + down


def test_a_page_full_of_lines_is_not_searched_and_that_is_said() -> None:
    document = read([*grid(120, 4), At(60, 800, "星图")], [*RULES, *CELLS])
    assert sum(block.kind == "cell" for block in document.blocks) == 4
    assert words(document) == ["the tables of 1 more page(s) are read as plain text"]


def test_a_page_of_too_many_drawn_objects_is_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_tables, "_MOST_OBJECTS", 6)
    assert words(read([*RULES, *CELLS])) == ["the tables of 1 more page(s) are read as plain text"]


def test_the_search_of_all_pages_together_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_tables, "_MOST_WORK", 100)
    document = read([*RULES, *CELLS], [*RULES, *CELLS])
    assert sum(block.kind == "cell" for block in document.blocks) == 4
    assert words(document) == ["the tables of 1 more page(s) are read as plain text"]


def test_a_pdf_that_the_table_reader_cannot_read_is_still_read() -> None:
    # the one reader finds the objects without their table of places, the other gives up
    data = pdf([*RULES, *CELLS])
    document = read_bytes("p.pdf", data[: data.index(b"xref\n0")] + b"trailer << /Root 1 0 R >>")
    assert "星图" in document.text
    assert words(document) == [
        "tables could not be told on some pages (PdfminerException); read as plain text"
    ]


def test_lines_inside_a_table_are_told() -> None:
    table = PdfTable(0, 60, 600, 400, 660)
    assert table.holds(PdfLine("x", 0, left=70, bottom=610, top=620))
    assert not table.holds(PdfLine("x", 0, left=70, bottom=580, top=590))
    assert not table.holds(PdfLine("x", 0, left=410, bottom=610, top=620))
