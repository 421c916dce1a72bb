import pypdfium2
import pytest
from tests.sensors.policy.reading.makers import FONT, At, pdf

from hongxian.sensors.policy.reading.pdf_lines import PdfLine, lines_of


def lines(data: bytes) -> list[PdfLine]:
    document = pypdfium2.PdfDocument(data)
    try:
        return lines_of(document[0], 0)
    finally:
        document.close()


def test_lines_know_where_they_stand_and_how_large_they_are() -> None:
    first, second = lines(pdf([At(60, 700, "隐私政策", 20), At(60, 660, "我们收集。", 10)]))
    assert (first.text, first.size) == ("隐私政策", 20)
    assert first.left == pytest.approx(60, abs=3)
    assert first.right == pytest.approx(140, abs=6)
    assert 690 < first.bottom < first.top < 725
    assert (second.text, second.size) == ("我们收集。", 10)
    assert second.gap == pytest.approx(first.bottom - second.top, abs=0.01)
    assert not first.bold


def test_bold_type_is_told_by_the_font_s_name_or_weight() -> None:
    bold = FONT.replace(b"STSong-Light", b"SimHei,Bold").replace(b"/StemV 93", b"/StemV 200")
    data = pdf([At(60, 700, "敏感信息")]).replace(FONT, bold)
    assert lines(data)[0].bold


def test_an_empty_page_has_no_lines() -> None:
    assert lines(pdf([])) == []


def test_blanks_at_the_ends_are_no_part_of_a_line() -> None:
    assert [line.text for line in lines(pdf([At(60, 700, "　　我们收集　")]))] == ["我们收集"]
