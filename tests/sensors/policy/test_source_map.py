import pytest

from hongxian.sensors.policy.reading import read_bytes
from hongxian.sensors.policy.source_map import SourceMap

SOURCE = "# 一、**手机号**\n\n我们  收集[电话](http://a.cn)号码。\n"


def test_a_stretch_of_markdown_leads_back_to_its_characters() -> None:
    document = read_bytes("p.md", SOURCE.encode())
    start = document.text.index("手机号")
    assert document.source.to_source(start, start + 3) == (6, 9)
    across = document.text.index("电话")
    begin, end = document.source.to_source(across, across + 4) or (0, 0)
    assert SOURCE[begin:end] == "电话](http://a.cn)号码"


def test_a_stretch_of_the_source_leads_to_the_text() -> None:
    document = read_bytes("p.md", SOURCE.encode())
    start = SOURCE.index("收集")
    begin, end = document.source.to_text(start, start + 5) or (0, 0)
    assert document.text[begin:end] == "收集电话"


def test_a_stretch_from_markup_into_text_begins_with_the_text() -> None:
    document = read_bytes("p.md", SOURCE.encode())
    assert document.source.to_text(0, 9) == (0, len("一、手机号"))


@pytest.mark.parametrize("stretch", [(0, 2), (11, 13), (90, 99)])
def test_a_stretch_of_markup_only_leads_nowhere(stretch: tuple[int, int]) -> None:
    assert SourceMap(((0, 4, 5), (6, 20, 5))).to_text(*stretch) is None


def test_without_pieces_nothing_leads_back() -> None:
    assert SourceMap().to_source(0, 5) is None
