from __future__ import annotations

import pytest

from hongxian.info.addresses import Level, Part
from hongxian.info.addresses.evidence import makes_address


def made(*parts: tuple[str, Level]) -> bool:
    text, marks = "", []
    for value, level in parts:
        marks.append(Part(level, len(text), len(text) + len(value)))
        text += value
    return makes_address(text, marks)


@pytest.mark.parametrize(
    "parts",
    [
        [("杭州市", Level.CITY), ("西湖区", Level.DISTRICT)],
        [("杭州市", Level.CITY), ("文三路", Level.ROAD)],
        [("文三路", Level.ROAD), ("5号", Level.NUMBER)],
        [("文三路", Level.ROAD), ("华星大厦", Level.PLACE)],
        [("石桥镇", Level.TOWN), ("王家村", Level.VILLAGE)],
        [("阳光花园", Level.PLACE), ("3幢2单元", Level.BUILDING)],
        [("华星大厦", Level.PLACE), ("三楼", Level.FLOOR)],
    ],
)
def test_parts_that_lead_somewhere_make_an_address(parts) -> None:
    assert made(*parts)


@pytest.mark.parametrize(
    "parts",
    [
        [("杭州市", Level.CITY)],
        [("文三路", Level.ROAD)],
        [("石桥镇", Level.TOWN)],
        [("杭州市", Level.CITY), ("建筑设计院", Level.PLACE)],
        [("华星", Level.PLACE), ("大厦", Level.PLACE)],
        [("24", Level.NUMBER), ("快餐店", Level.PLACE)],
        [("2018", Level.NUMBER), ("08", Level.BUILDING)],
        [("总计", Level.ROAD), ("930", Level.NUMBER)],
    ],
)
def test_authorities_companies_and_bare_numbers_make_none(parts) -> None:
    assert not made(*parts)
