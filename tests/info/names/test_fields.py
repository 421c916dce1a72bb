from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.info.names.fields import labelled_spans


def values(text: str) -> list[str]:
    return [text[span.start : span.end] for span in labelled_spans(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("姓名：赵敏", "赵敏"),
        ("姓 名: 赵敏", "赵敏"),
        ("收货人：欧阳修文，电话", "欧阳修文"),
        ("联系人姓名：赵敏电话13800000000", "赵敏"),
        ("患者：赵敏性别女", "赵敏"),
        ("法定代表人=赵敏;", "赵敏"),
        ('{"name": "赵敏"}', "赵敏"),
        ('"real_name":"赵敏"', "赵敏"),
        ("receiverName=赵敏&x", "赵敏"),
        ("xingming: 赵敏", "赵敏"),
        ("姓名：阿卜杜拉·买买提", "阿卜杜拉·买买提"),
        ("客户：赵敏女士", "赵敏"),
    ],
)
def test_what_stands_behind_a_label_is_a_name(text, name) -> None:
    assert values(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "姓名：无",
        "姓名：未填写",
        "姓名：",
        "姓名：请按身份证上的文字填写完整",
        "filename=赵敏",
        "姓名有误",
        "客户：李",
        "姓名：联系人：",
        "",
    ],
)
def test_empty_fields_and_other_keys_give_none(text) -> None:
    assert values(text) == []


@given(st.text(alphabet="姓名：: 赵敏=name\"'联系人·\n", max_size=60))
def test_any_mixture_gives_spans_in_order_within_the_text(text) -> None:
    found = list(labelled_spans(text))
    assert all(0 <= s.start < s.end <= len(text) for s in found)
    assert [s.start for s in found] == sorted(s.start for s in found)


def test_a_long_text_of_nothing_but_labels_is_read_to_its_end() -> None:
    text = ("姓" + " " * 50 + "名 ：") * 20_000 + "姓名：赵敏"
    assert values(text) == ["赵敏"]
