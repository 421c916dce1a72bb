"""Sentences and clauses, and the headings and lead-ins that they stand under."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sensors.policy.texts import document, sentences

from hongxian.sensors.policy.clauses import LONGEST, repeated, split


def parts(text: str) -> list[str]:
    return [text[one.start : one.end] for one in sentences(text)]


def clauses(text: str) -> list[str]:
    return [text[span.start : span.end] for one in sentences(text) for span in one.clauses]


def under(text: str) -> dict[str, list[str]]:
    """Sentence -> the headings that it stands under."""
    return {
        text[one.start : one.end]: [text[span.start : span.end].strip() for span in one.headings]
        for one in sentences(text)
    }


def leads(text: str) -> dict[str, str | None]:
    """Sentence -> the lead-in of the list that it stands in."""
    found = sentences(text)
    return {
        text[one.start : one.end]: None
        if one.lead is None
        else text[found[one.lead].start : found[one.lead].end]
        for one in found
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我们收集手机号。我们不收集通讯录。", ["我们收集手机号。", "我们不收集通讯录。"]),
        ("收集手机号；收集位置。", ["收集手机号；", "收集位置。"]),
        ("我们收集信息（如手机号。邮箱）用于登录。", ["我们收集信息（如手机号。邮箱）用于登录。"]),
        ("We use 1.5 GB, e.g. for maps. We stop.", ["We use 1.5 GB, e.g. for maps.", "We stop."]),
        ("保存：1. 手机号；2. 邮箱", ["保存：1. 手机号；", "2. 邮箱"]),
    ],
)
def test_a_block_is_cut_where_a_reader_would(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


def test_commas_part_clauses_but_not_numbers_and_brackets() -> None:
    assert clauses("超过1,000条的，我们（您、我）不收集。") == [
        "超过1,000条的",
        "我们（您、我）不收集。",
    ]


def test_what_continues_a_sentence_is_known() -> None:
    first, second, third = sentences("收集手机号；收集位置。另外。")
    assert [first.follows, second.follows, third.follows] == [False, True, False]


def test_words_before_a_colon_are_a_label_unless_they_open_a_list() -> None:
    text = "注册登录：我们收集手机号。"
    [one] = sentences(text)
    assert one.label is not None
    assert text[one.label.start : one.label.end] == "注册登录"
    [opening] = sentences("我们收集：")
    assert opening.opens
    assert opening.label is None


def test_headings_hold_until_one_of_their_level() -> None:
    text = "# 一、收集\n收集手机号。\n## （一）登录\n收集邮箱。\n# 二、共享\n共享位置。"
    found = under(text)
    assert found["收集手机号。"] == ["收集"]
    assert found["收集邮箱。"] == ["收集", "登录"]
    assert found["共享位置。"] == ["共享"]


def test_a_lead_in_holds_for_the_items_of_its_list() -> None:
    found = leads("我们会收集：\n- 手机号\n- 邮箱\n这是另一段。")
    assert found["- 手机号"] == found["- 邮箱"] == "我们会收集："
    assert leads("我们会收集：\n1. 手机号\n2. 邮箱\n# 二、共享\n1. 位置")["1. 位置"] is None


def test_an_inner_list_has_its_own_lead_in() -> None:
    found = leads("我们会收集：\n1、注册时：\n（1）手机号\n（2）邮箱\n2、支付时：\n（1）银行卡号")
    assert found["（1）手机号"] == "1、注册时："
    assert found["（1）银行卡号"] == "2、支付时："
    assert found["2、支付时："] == "我们会收集："


def test_plain_paragraphs_may_follow_a_lead_in() -> None:
    found = leads("我们会收集：\n手机号\n邮箱")
    assert found["手机号"] == found["邮箱"] == "我们会收集："
    many = "我们会收集：\n" + "\n".join(f"说明文字之{n}段" for n in range(20))
    assert leads(many)["说明文字之19段"] is None


def test_headings_after_a_table_of_contents_are_known_by_their_words() -> None:
    text = "1. 我们如何收集\n2. 我们如何共享\n1. 我们如何收集\n正文。"
    assert repeated(document(text)) == {2}
    assert under(text)["正文。"] == ["我们如何收集"]


def test_a_text_without_marks_is_cut_all_the_same() -> None:
    whole = "甲" * (LONGEST * 5)
    assert max(len(part) for part in parts(whole)) <= 2 * LONGEST
    commas = "收集手机号，" * LONGEST
    assert max(len(part) for part in parts(commas)) <= LONGEST + 20
    open_bracket = "（" + "收集手机号。" * 300
    assert len(parts(open_bracket)) > 100


def test_hidden_text_and_cells_are_left_to_others() -> None:
    made = document("收集手机号。")
    assert len(split(made)) == 1


@given(st.lists(st.sampled_from("收集，。；：（）()\n#-1.、一a 我们"), max_size=60).map("".join))
def test_whatever_the_text_no_word_is_lost_or_doubled(text: str) -> None:
    found = sentences(text)
    joined = "".join(text[one.start : one.end] for one in found)
    assert "".join(joined.split()) == "".join(text.split())
    assert all(a.end <= b.start for a, b in pairwise(found))
    for one in found:
        assert all(one.start <= span.end <= len(text) for span in one.clauses)
