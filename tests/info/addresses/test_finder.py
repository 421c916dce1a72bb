from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hongxian.info.addresses import (
    Level,
    address_scores,
    find_addresses,
    find_addresses_in,
    is_address,
)

TEXTS = st.text(alphabet="浙江省杭州市西湖区文三路号楼室住在12，。-_ ab\n", max_size=60)


def values(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in find_addresses(text)]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("收货地址：浙江省杭州市西湖区文三路128号，谢谢", "浙江省杭州市西湖区文三路128号"),
        ("请寄到解放路56号阳光花园3幢2单元501室。", "解放路56号阳光花园3幢2单元501室"),
        ("我家住在湖南省长沙市岳麓区麓山南路12号", "湖南省长沙市岳麓区麓山南路12号"),
        ("事情发生在石桥镇王家村3组。", "石桥镇王家村3组"),
    ],
)
def test_an_address_in_a_sentence_is_found_whole(text, address) -> None:
    assert values(text) == [address]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "今天的天气很好，我们去公园散步。",
        "北京是一座历史悠久的城市。",
        "订单号 20240315001，金额 300 元",
        "请拨打客服电话 4008001234",
        "GET /index.html HTTP/1.1",
    ],
)
def test_texts_without_an_address_give_none(text) -> None:
    assert values(text) == []


@pytest.mark.parametrize("text", ["\t。文\r\r字a\r", "。文\n\n字a"], ids=["cr", "lf"])
def test_no_part_goes_over_a_break_of_line(text) -> None:
    assert find_addresses(text) == []


def test_a_hit_names_its_parts_and_the_narrowest_level() -> None:
    text = "浙江省杭州市西湖区文三路128号华星大厦3楼302室"
    (hit,) = find_addresses(text)
    assert (hit.start, hit.end, hit.level) == (0, len(text), Level.ROOM)
    parts = {part.level: text[part.start : part.end] for part in hit.parts}
    assert parts[Level.PROVINCE] == "浙江省"
    assert parts[Level.DISTRICT] == "西湖区"
    assert parts[Level.ROAD] == "文三路"
    assert parts[Level.NUMBER] == "128号"
    assert hit.score > 0.9


def test_parts_with_a_sign_between_them_are_one_address() -> None:
    assert len(find_addresses("浙江省，杭州市，西湖区，文三路128号")) == 1
    assert len(find_addresses("浙江省杭州市文三路1号。江苏省南京市中山路2号")) == 2


def test_many_rows_give_what_each_gives() -> None:
    rows = ["住在杭州市西湖区文三路1号", "", "没有地址"]
    assert list(find_addresses_in(rows)) == [find_addresses(row) for row in rows]


@pytest.mark.parametrize(
    "value", ["浙江省杭州市西湖区文三路128号", "解放路56号阳光花园3幢501", " 石桥镇王家村3组 "]
)
def test_a_value_that_is_an_address_scores_high(value) -> None:
    assert is_address(value) > 0.7


@pytest.mark.parametrize(
    "value", ["", "王建国", "浙江省", "浙江省杭州市", "13800000000", "苹果手机"]
)
def test_other_values_and_mere_regions_score_low(value) -> None:
    assert is_address(value) < 0.5


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_any_text_gives_hits_in_order_within_it(text) -> None:
    hits = find_addresses(text)
    assert all(0 <= h.start < h.end <= len(text) and 0 < h.score <= 1 for h in hits)
    assert all(a.end <= b.start for a, b in pairwise(hits))
    assert all(h.parts[0].start == h.start and h.parts[-1].end == h.end for h in hits)
    assert all(h.level == max(part.level for part in h.parts) for h in hits)


@given(st.lists(TEXTS, max_size=6))
@settings(max_examples=30, deadline=None)
def test_scores_of_values_lie_between_nothing_and_one(values) -> None:
    scores = list(address_scores(values))
    assert len(scores) == len(values)
    assert all(0 <= score <= 1 for score in scores)
