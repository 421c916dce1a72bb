from __future__ import annotations

from dataclasses import replace

from hongxian.sensors.policy.document import Block, Document, Look


def document(text: str, pages: tuple[int, ...] = ()) -> Document:
    return Document(
        name="policy.pdf", text=text, blocks=(Block("paragraph", 0, len(text)),),
        format="pdf", charset="utf-8", language="zh-Hans", pages=pages,
    )  # fmt: skip


def test_a_place_counts_characters() -> None:
    assert document("我们收集您的手机号。").locator(2, 9) == "policy.pdf chars 2-9"


def test_a_place_in_a_pdf_names_its_page() -> None:
    paged = document("第一页\n第二页", pages=(0, 4))
    assert paged.locator(0, 3) == "policy.pdf page 1, chars 0-3"
    assert paged.locator(4, 7) == "policy.pdf page 2, chars 4-7"


def test_the_blocks_that_a_reader_sees() -> None:
    wide = [Block("cell", 0, 2, table=0, row=0, column=column) for column in (0, 1)]
    hidden = Block("paragraph", 3, 5, look=Look(hidden=True))
    foot = Block("paragraph", 6, 8, repeated=True)
    last = Block("item", 9, 11, level=1)
    text = "收集\n隐藏\n页脚\n列表"
    read = replace(document(text), blocks=(*wide, hidden, foot, last))
    assert read.shown() == [wide[0], last]
