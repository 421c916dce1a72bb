import pytest

from hongxian.sensors.policy.document import Block, Link, Look, Mark
from hongxian.sensors.policy.reading.builder import Builder, Context
from hongxian.sensors.policy.reading.faults import Limits, ReadingError

BOLD = Look(bold=True)


def built(*parts: str) -> Builder:
    builder = Builder("p")
    for part in parts:
        builder.add(part)
    builder.end()
    return builder


def test_blanks_are_folded_as_a_page_folds_them() -> None:
    assert built("  我们  收集 \t your\u00a0 data ").text == "我们 收集 your data"
    assert built("我们\n收集", "\r\n your\ndata").text == "我们收集 your data"


def test_blanks_between_han_characters_that_came_with_a_line_break_fall_away() -> None:
    assert built("我们将\n    收集").text == "我们将收集"
    assert built("我们将 ", "\n收集").text == "我们将 收集"


def test_marks_that_take_no_room_vanish() -> None:
    assert built("手\u200b机\ufeff号\u00ad码\x00。").text == "手机号码。"


def test_blocks_are_parted_by_one_newline() -> None:
    builder = Builder("p")
    builder.context = Context("heading", 2)
    builder.add("标题")
    builder.line()
    builder.line()
    builder.context = Context()
    builder.add("正文")
    builder.end()
    assert builder.text == "标题\n正文"
    assert builder.blocks == [Block("heading", 0, 2, 2), Block("paragraph", 3, 5)]


def test_a_cell_keeps_its_lines_and_stands_in_all_its_places() -> None:
    builder = Builder("p")
    builder.context = Context("cell", 0, 0, ((0, 0), (1, 0)), header=True)
    builder.add("一")
    builder.line()
    builder.add("二")
    builder.line()
    builder.end()
    assert builder.text == "一\n二"
    assert [(b.row, b.column, b.start, b.end) for b in builder.blocks] == [
        (0, 0, 0, 3),
        (1, 0, 0, 3),
    ]
    assert all(block.header for block in builder.blocks)


def test_the_look_of_most_characters_is_the_block_s() -> None:
    builder = Builder("p")
    builder.add("注意：", look=BOLD)
    builder.add("我们会收集手机号", look=Look(font_px=14))
    builder.end()
    assert builder.blocks[0].look == Look(font_px=14)
    assert builder.marks == (Mark(0, 3),)


def test_marks_that_touch_are_one_but_not_over_blocks() -> None:
    builder = Builder("p")
    builder.add("身份证", look=BOLD)
    builder.add(" 号码", look=BOLD)
    builder.end()
    builder.add("面容", look=BOLD)
    builder.end()
    assert builder.marks == (Mark(0, 6), Mark(7, 9))


def test_the_way_back_to_the_source_is_kept_in_pieces() -> None:
    builder = Builder("p")
    builder.add("手机\n  号码", 10)
    builder.add("和邮箱", 20)
    builder.end()
    assert builder.pieces == [(0, 10, 2), (2, 15, 2), (4, 20, 3)]


def test_links_span_their_words_without_blanks() -> None:
    builder = Builder("p")
    builder.add("请见")
    builder.link(builder.length, "empty.html")
    start = builder.length
    builder.add(" 清单")
    builder.link(start, "list.html")
    builder.end()
    assert builder.links == (Link(3, 5, "list.html"),)


def test_pages_start_with_their_first_character() -> None:
    builder = Builder("p")
    builder.page()
    builder.add("一页")
    builder.page()
    builder.add("二页")
    builder.end(repeated=True)
    assert builder.pages == [0, 3]
    assert builder.blocks[1].repeated


def test_too_much_text_and_too_many_blocks_are_refused() -> None:
    with pytest.raises(ReadingError, match="more than 5 characters"):
        Builder("p", Limits(characters=5)).add("我们会收集您")
    builder = Builder("p", Limits(blocks=2))
    for _ in range(2):
        builder.add("条")
        builder.end()
    with pytest.raises(ReadingError, match="more than 2 paragraphs"):
        builder.add("条")
