from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hongxian.words.table import NARROWEST, cells, pad, table, wrap


def test_wide_characters_take_two_cells_and_marks_none() -> None:
    assert cells("abc") == 3
    assert cells("红线ab") == 6
    assert cells("（一）") == 6
    assert cells("e\u0301\u200b") == 1


def test_columns_line_up_over_scripts() -> None:
    text = table([["device.imei", "设备号", "x"], ["a", "IMEI", "y"]], ["key", "名称", "end"])
    assert text == (
        "key          名称    end\n"
        "-----------  ------  ---\n"
        "device.imei  设备号  x\n"
        "a            IMEI    y\n"
    )


def test_without_rows_there_is_no_table() -> None:
    assert table([], ["key"]) == ""
    assert table([["a", "b"]]) == "a  b\n"


def test_line_breaks_inside_a_cell_become_spaces() -> None:
    assert table([["a\nb", "c"]]) == "a b  c\n"


def test_the_widest_column_wraps_to_the_width() -> None:
    text = table([["3.1", "征得用户同意前就开始收集个人信息"]], ["no", "title"], width=25)
    assert all(cells(line) <= 25 for line in text.splitlines())
    assert text.splitlines()[2:] == ["3.1  征得用户同意前就开始", "     收集个人信息"]


def test_columns_are_never_squeezed_below_the_narrowest() -> None:
    text = table([["a" * 20, "b" * 20]], width=5)
    assert max(cells(line) for line in text.splitlines()) == 2 * NARROWEST + 2


def test_punctuation_stays_with_the_word_before_it() -> None:
    assert wrap("一二三四，五", 8) == ["一二三", "四，五"]
    assert wrap("read it now", 7) == ["read it", "now"]
    assert wrap("x abcdefghij", 4) == ["x", "abcd", "efgh", "ij"]
    assert wrap("同意ab", 4) == ["同意", "ab"]
    assert wrap("", 4) == [""]


def test_padding_fills_up_to_cells() -> None:
    assert pad("红", 4) == "红  "
    assert pad("红线", 2) == "红线"


@given(st.text(alphabet="ab 红线，。-", max_size=40), st.integers(8, 30))
def test_wrapping_keeps_every_character_and_the_width(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    if "，" not in text and "。" not in text:
        assert all(cells(line) <= width for line in lines)
