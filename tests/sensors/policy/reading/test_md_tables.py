from hongxian.sensors.policy.reading.md_tables import MarkdownTable, find_tables


def tables(text: str) -> list[MarkdownTable]:
    lines, at = [], 0
    for line in text.split("\n"):
        lines.append((at, line))
        at += len(line) + 1
    return find_tables(lines)


def rows(text: str) -> list[list[str]]:
    return [
        ["".join(piece for _, piece in cell).strip() for cell in row]
        for row in tables(text)[0].rows
    ]


def test_cells_with_and_without_outer_bars() -> None:
    expected = [["名称", "信息"], ["星图", "IMEI"]]
    assert rows("| 名称 | 信息 |\n| :-- | --: |\n| 星图 | IMEI |") == expected
    assert rows("名称 | 信息\n--- | ---\n星图 | IMEI") == expected


def test_each_piece_knows_its_place() -> None:
    text = "|名称|信息|\n|---|---|\n|星图|IMEI|"
    table = tables(text)[0]
    assert (table.first, table.end) == (0, 3)
    ((start, piece),) = table.rows[1][1]
    assert text[start : start + len(piece)] == "IMEI"


def test_a_bar_with_a_backslash_is_text() -> None:
    assert rows("|a|b|\n|---|---|\n|一\\|二|三|")[1] == ["一\\|二", "三"]


def test_a_row_that_runs_over_lines_is_one() -> None:
    text = "|名称|信息|目的|\n|---|---|---|\n|星图|IMEI、\nMAC|推送|\n|月图|OAID|统计|\n\n正文"
    assert rows(text)[1:] == [["星图", "IMEI、MAC", "推送"], ["月图", "OAID", "统计"]]


def test_a_last_cell_may_begin_on_the_next_line() -> None:
    text = "|名称|目的|信息|\n|---|---|---|\n|星图|推送|\nIMEI|\n"
    assert rows(text)[1] == ["星图", "推送", "IMEI"]
    assert rows("|名称|信息|\n|---|---|\n|星图| |\n|月图|OAID|")[1] == ["星图", ""]


def test_a_short_row_and_a_row_too_long_are_kept_within_the_header() -> None:
    text = "|名称|信息|目的|\n|---|---|---|\n|星图|IMEI|\n\n# 标题"
    assert rows(text)[1] == ["星图", "IMEI", ""]
    assert rows("|a|b|\n|---|---|\n|1|2|3|4|")[1] == ["1", "2"]


def test_tables_follow_one_another() -> None:
    text = "|a|b|\n|---|---|\n|1|2|\n|c|d|\n|---|---|\n|3|4|\n"
    assert [(table.first, table.end) for table in tables(text)] == [(0, 3), (3, 6)]


def test_a_rule_without_a_header_is_no_table() -> None:
    assert tables("正文\n|---|---|\n|1|2|") == []
    assert tables("---\n正文 | 正文\n") == []
