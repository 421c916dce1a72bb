from selectolax.lexbor import LexborHTMLParser

from hongxian.sensors.policy.reading.html_tables import Cell, grid

KEEP: list[LexborHTMLParser] = []


def cells(rows: str) -> list[Cell]:
    KEEP.append(LexborHTMLParser(f"<table>{rows}</table>"))
    table = KEEP[-1].css_first("table")
    assert table is not None
    return grid(table)


def places(rows: str) -> dict[str, tuple[tuple[int, int], ...]]:
    return {cell.node.text(): cell.places for cell in cells(rows)}


def headers(rows: str) -> str:
    return "".join(cell.node.text() for cell in cells(rows) if cell.header)


def test_cells_that_span_rows_and_columns_push_the_others_on() -> None:
    assert places("<tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d") == {
        "a": ((0, 0), (1, 0)), "b": ((0, 1), (0, 2)), "c": ((1, 1),), "d": ((1, 2),),
    }  # fmt: skip


def test_spans_reach_no_further_than_the_table() -> None:
    assert places("<tr><td rowspan=9>a<td>b<tr><td>c")["a"] == ((0, 0), (1, 0))
    assert places("<tr><td rowspan=0>a<td>b<tr><td>c")["a"] == ((0, 0), (1, 0))
    assert places("<tr><td rowspan=x colspan=-3>a<td>b")["a"] == ((0, 0),)
    assert len(places("<tr><td colspan=9999>a<td>b")["a"]) == 60


def test_a_bomb_of_spans_is_bounded() -> None:
    rows = "<tr>" + "<td colspan=60 rowspan=60>a" * 10
    found = cells(rows * 200)
    assert sum(len(cell.places) for cell in found) < 25_000


def test_marked_headers_count_and_else_the_first_full_row() -> None:
    assert headers("<thead><tr><td>a<td>b<tbody><tr><td>c<td>d") == "ab"
    assert headers("<tr><th>a<td>b<tr><th>c<td>d") == "ac"
    assert headers("<tr><td colspan=2>t<tr><td>a<td>b<tr><td>c<td>d") == "ab"
    assert headers("<tr><td>a<td>b") == ""
    assert headers("<tr><td colspan=2>a<tr><td colspan=2>b") == ""


def test_captions_come_first_and_stand_in_no_row() -> None:
    found = cells("<caption>t</caption><tr><td>a<td>b")
    assert [(cell.node.text(), cell.places) for cell in found[:2]] == [("t", ()), ("a", ((0, 0),))]


def test_a_table_of_one_column_has_no_cells() -> None:
    assert cells("<tr><td>a<tr><td>b") == []
