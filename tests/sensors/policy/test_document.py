from __future__ import annotations

from hongxian.sensors.policy.document import Block, Document


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
