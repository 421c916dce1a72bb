from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hongxian.info.names import NameHit, find_names, find_names_in, is_name, name_scores

TEXTS = st.text(alphabet="记者王建国李娜说在·，。：姓名Davidab1 \n\ud800𠮷", max_size=50)


def values(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in find_names(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("记者王建国昨天从会上获悉，项目进展顺利。", ["王建国"]),
        ("董事长陈志远和总经理周晓燕一起出席了签约仪式。", ["陈志远", "周晓燕"]),
        ("教练弗朗切斯科·罗西认为，后卫马丁内斯表现最好。", ["弗朗切斯科·罗西", "马丁内斯"]),
        ("收货人：孙丽华，请在周末送货", ["孙丽华"]),
        ("请把合同发给刘德明，让他先看一遍。", ["刘德明"]),
        ("主持人：下面请张国栋教授发言。", ["张国栋"]),
        ("导演David Miller带来了新片。", ["David Miller"]),
    ],
)
def test_names_in_sentences_are_found_whole(text, names) -> None:
    assert values(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "",
        "今天的天气很好，我们去公园散步。",
        "王先生和李女士投诉快递太慢。",
        "北京市和上海市的房价都有所下降。",
        "请将电源关闭以后再打开机箱。",
        "error: connection refused at 10.0.0.1",
        "订单号 20240315001，金额 300 元",
    ],
)
def test_sentences_without_names_give_none(text) -> None:
    assert values(text) == []


def test_a_hit_says_where_how_sure_and_why() -> None:
    text = "姓名：赵敏"
    assert find_names(text) == [NameHit(start=3, end=5, score=0.98, why="label")]


def test_a_name_said_clearly_once_is_found_again() -> None:
    text = "记者王建国报道。（王建国/文）"
    hits = find_names(text)
    assert [(h.start, h.end) for h in hits] == [(2, 5), (9, 12)]


def test_many_rows_give_what_each_gives() -> None:
    rows = ["记者王建国报道", "", "收货人：孙丽华", "没有"]
    assert list(find_names_in(rows)) == [find_names(row) for row in rows]


def test_a_lower_bar_lets_more_through() -> None:
    rows = ["高明来了", "向阳和黄河都在", "于是马上走", "从容应对"]
    low, high = (sum(map(len, find_names_in(rows, bar))) for bar in (0.05, 0.99))
    assert low > high


@pytest.mark.parametrize("value", ["王建国", "李娜", "欧阳文静", " 陈志远 ", "David Miller"])
def test_a_value_that_is_a_name_scores_high(value) -> None:
    assert is_name(value) > 0.5


@pytest.mark.parametrize(
    "value",
    ["", "经理", "杭州市", "苹果手机", "王建国的家", "有限公司", "123", "客服电话", "a" * 50],
)
def test_a_value_that_is_none_scores_low(value) -> None:
    assert is_name(value) < 0.5


def test_a_column_of_names_is_told_from_one_of_words() -> None:
    people = [
        "王建国",
        "李秀英",
        "张伟",
        "刘洋",
        "陈静怡",
        "杨帆",
        "赵雪梅",
        "黄志强",
        "周杰",
        "吴敏",
    ]
    goods = [
        "电饭煲",
        "洗衣液",
        "运动鞋",
        "充电宝",
        "保温杯",
        "蓝牙耳机",
        "牛仔裤",
        "面巾纸",
        "台灯",
        "雨伞",
    ]
    assert sum(score > 0.5 for score in name_scores(people)) >= 9
    assert sum(score > 0.5 for score in name_scores(goods)) <= 1


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_any_text_gives_hits_in_order_within_it(text) -> None:
    hits = find_names(text)
    assert all(0 <= h.start < h.end <= len(text) and 0 < h.score <= 1 for h in hits)
    assert all(a.end <= b.start for a, b in pairwise(hits))


@given(st.lists(TEXTS, max_size=6))
@settings(max_examples=30, deadline=None)
def test_scores_of_values_lie_between_nothing_and_one(values) -> None:
    scores = list(name_scores(values))
    assert len(scores) == len(values)
    assert all(0 <= score <= 1 for score in scores)
