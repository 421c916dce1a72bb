import pytest
from tests.sensors.policy.reading.makers import PICTURE, At, Rule, pdf

from hongxian.sensors.policy.document import Document
from hongxian.sensors.policy.reading import Limits, ReadingError, read_bytes

FULL = "我们非常重视您的个人信息安全并会尽全力保护您的个人信息安全可靠请您在使用本应用之前阅读"
LINE = 18


def read(*pages: list[At | Rule | str], **options: bool) -> Document:
    return read_bytes("p.pdf", pdf(*pages, **options))


def lines(*texts: str, top: float = 760, size: float = 10, left: float = 60) -> list[At]:
    return [At(left, top - LINE * number, text, size) for number, text in enumerate(texts)]


def parts(document: Document) -> list[tuple[str, int, str]]:
    return [(b.kind, b.level, document.text[b.start : b.end]) for b in document.blocks]


@pytest.mark.parametrize("packed", [False, True])
def test_lines_of_a_paragraph_are_joined(packed: bool) -> None:
    document = read(lines(FULL, FULL, "到此为止。", FULL, "第二段。"), packed=packed)
    assert parts(document) == [
        ("paragraph", 0, FULL + FULL + "到此为止。"), ("paragraph", 0, FULL + "第二段。"),
    ]  # fmt: skip
    assert (document.format, document.pages) == ("pdf", (0,))


def test_numbers_and_wide_gaps_start_a_paragraph() -> None:
    texts = [*lines(FULL, "1、" + FULL, FULL), *lines(FULL, FULL, top=650)]
    assert [text for _, _, text in parts(read(texts))] == [FULL, "1、" + FULL + FULL, FULL + FULL]


def test_an_indented_line_starts_a_paragraph() -> None:
    page = [At(60, 760, FULL), At(60, 742, FULL), At(82, 724, FULL[:-2]), At(60, 706, FULL)]
    assert [text for _, _, text in parts(read(page))] == [FULL + FULL, FULL[:-2] + FULL]


def test_large_type_makes_headings_of_levels() -> None:
    page = [
        At(60, 780, "隐私政策", 22), At(60, 740, "收集", 16), *lines(FULL, FULL, FULL, top=700),
        At(60, 620, "共享", 16), *lines(FULL, FULL, top=590),
    ]  # fmt: skip
    assert [(kind, level) for kind, level, _ in parts(read(page))] == [
        ("heading", 1), ("heading", 2), ("paragraph", 0), ("heading", 2), ("paragraph", 0),
    ]  # fmt: skip


def test_a_paragraph_goes_on_over_the_page_and_its_foot_is_set_aside() -> None:
    pages = [
        [
            At(60, 820, "青禾日记隐私政策", 8),
            *lines(n + FULL[1:], FULL[:-1] + n),
            At(9, 20, f"第 {n} 页", 8),
        ]
        for n in "一二三"
    ]
    document = read(*pages)
    body = [text for _, _, text in parts(document) if "青禾" not in text and "页" not in text]
    whole = "".join(n + FULL[1:] + FULL[:-1] + n for n in "一二三")
    assert body == [whole]
    repeated = {document.text[b.start : b.end] for b in document.blocks if b.repeated}
    assert repeated == {"青禾日记隐私政策", *(f"第 {n} 页" for n in "一二三")}
    assert len(document.pages) == 3
    second = document.text.index(whole) + 2 * len(FULL)
    assert document.pages[1] == second
    assert document.locator(second, second + 5).endswith(f"page 2, chars {second}-{second + 5}")


def test_a_page_that_ends_a_sentence_ends_the_paragraph() -> None:
    ended, other = FULL[:-1] + "。", FULL[::-1]
    assert [t for _, _, t in parts(read(lines(FULL, ended), lines(other)))] == [FULL + ended, other]


def test_a_line_that_stands_elsewhere_on_other_pages_is_no_head() -> None:
    document = read(lines(FULL, "到此为止。"), lines(FULL[::-1], FULL, "到此为止。"))
    assert not any(block.repeated for block in document.blocks)
    assert document.text.count("到此为止。") == 2


def test_a_pdf_of_pictures_is_told_as_such() -> None:
    document = read([PICTURE], [PICTURE])
    assert (document.text, document.shell, document.images) == ("", "image", 2)


def test_an_encrypted_pdf_is_refused_in_one_line() -> None:
    with pytest.raises(ReadingError, match="encrypted and asks for a password"):
        read(lines(FULL), encrypt=True)


def test_a_damaged_pdf_is_refused_in_one_line() -> None:
    with pytest.raises(ReadingError, match="damaged and cannot be opened"):
        read_bytes("p.pdf", b"%PDF-1.7\n" + bytes(range(256)))


def test_a_damaged_page_is_said_and_the_others_are_read() -> None:
    data = pdf(lines(FULL), lines(FULL + "二"))
    damaged = data.replace(b"/Kids [6 0 R 8 0 R]", b"/Kids [6 0 R 99 0 R]")
    assert damaged != data
    document = read_bytes("p.pdf", damaged)
    assert document.text == FULL
    assert [one.say("en") for one in document.problems] == ["page 2 is damaged; not read"]


def test_too_many_pages_are_refused() -> None:
    with pytest.raises(ReadingError, match="a PDF of more than 2 pages"):
        read_bytes("p.pdf", pdf(*[lines("一")] * 3), Limits(pages=2))


def test_a_table_stands_in_its_place_between_the_paragraphs() -> None:
    grid = [Rule(60, y, 400, y) for y in (600, 630, 660)]
    grid += [Rule(x, 600, x, 660) for x in (60, 200, 400)]
    cells = [At(70, 640, "名称"), At(210, 640, "信息"), At(70, 610, "星图"), At(210, 610, "IMEI")]
    page = [*lines(FULL, FULL), *grid, *cells, *lines(FULL, FULL, top=560)]
    document = read(page)
    assert [kind for kind, _, _ in parts(document)] == ["paragraph", *["cell"] * 4, "paragraph"]
    told = [
        (b.row, b.column, b.header, document.text[b.start : b.end]) for b in document.blocks[1:5]
    ]
    assert told == [
        (0, 0, True, "名称"), (0, 1, True, "信息"), (1, 0, False, "星图"), (1, 1, False, "IMEI"),
    ]  # fmt: skip
