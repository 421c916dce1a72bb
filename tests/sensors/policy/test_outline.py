"""Which block is a heading, and which an item of what list."""

from __future__ import annotations

import pytest
from tests.sensors.policy.texts import document

from hongxian.sensors.policy.document import Block, Document, Look
from hongxian.sensors.policy.outline import BOLD, PLAIN, Place, place


def where(line: str, kind: str | None = None, *, level: int = 0, bold: bool = False) -> Place:
    read = document(line)
    block = read.blocks[0]
    if kind or bold:
        block = Block(kind or "paragraph", 0, len(line), level=level, look=Look(bold=bold))
    return place(read, block)


def test_headings_of_the_source_keep_their_level() -> None:
    assert (where("# 收集").rank, where("# 收集").level) == (0, 1.0)
    assert where("## 登录").level == 2.0
    assert where("# 收集").heading


@pytest.mark.parametrize(
    ("outer", "inner"),
    [
        ("第一章 总则", "一、收集"),
        ("一、收集", "（一）登录"),
        ("（一）登录", "1. 手机号"),
        ("1. 手机号", "1.1 说明"),
        ("1.1 说明", "1.1.1 例外"),
        ("1. 手机号", "（1）说明"),
        ("（1）说明", "a. 例外"),
    ],
)
def test_numbers_of_different_styles_stand_within_each_other(outer: str, inner: str) -> None:
    above, below = where(outer), where(inner)
    assert above.level < below.level
    assert above.closes(above.level)
    assert not below.closes(above.level)


@pytest.mark.parametrize(
    "line",
    ["1. 我们会收集您的手机号", "一、您可以注销账号", "（一）收集手机号，", "1. " + "长" * 50],
)
def test_a_numbered_sentence_is_no_heading(line: str) -> None:
    assert not where(line).heading


def test_words_start_after_the_number() -> None:
    line = "（一）登录"
    assert line[where(line).body :] == "登录"
    assert where("登录").body == 0


def test_a_bold_line_is_a_heading_below_all_others() -> None:
    bold = where("登录", bold=True)
    assert bold.heading
    assert bold.level == BOLD
    assert not where("登录").heading
    item = where("登录", "item", level=1, bold=True)
    assert item.level == BOLD
    assert item.closes(BOLD)
    assert not where("# 收集").closes(BOLD)


def test_items_rank_by_their_depth() -> None:
    assert where("手机号", "item", level=1).rank < where("手机号", "item", level=2).rank < PLAIN
    assert where("• 手机号").rank < PLAIN
    assert where("手机号").rank == PLAIN


def test_a_cell_is_never_a_heading() -> None:
    assert not where("1. 手机号", "cell").heading


def test_a_deep_number_says_more_than_a_deep_heading_of_the_source() -> None:
    text = "1.1.1 例外"
    read = Document(
        name="a", text=text, blocks=(Block("heading", 0, len(text), level=6),), format="html",
        charset="utf-8", language="zh-Hans",
    )  # fmt: skip
    assert place(read, read.blocks[0]).level == 4.7
