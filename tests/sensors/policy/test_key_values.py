"""Blocks of keys and values in running text."""

from __future__ import annotations

import pytest
from tests.sensors.policy.pages import said

UMENG = "collect device.imei umeng_analytics statistics"
PUSH = "collect device.android_id jpush push"
FIRST = ("SDK名称：友盟统计", "使用目的：统计分析", "收集个人信息：IMEI")
SECOND = ("SDK名称：极光推送", "使用目的：消息推送", "收集个人信息：Android ID")


def lines(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def test_a_key_to_each_line() -> None:
    assert said(lines(*FIRST)) == {UMENG}


def test_several_blocks_are_told_apart_by_their_first_key() -> None:
    assert said(lines(*FIRST, *SECOND)) == {UMENG, PUSH}


@pytest.mark.parametrize("parted", [" ", "；", "。", "，"])
def test_all_keys_in_one_paragraph(parted: str) -> None:
    assert said(lines(parted.join(FIRST))) == {UMENG}


def test_items_and_bullets() -> None:
    listed = "<ul>" + "".join(f"<li>{text}</li>" for text in FIRST) + "</ul>"
    assert said(listed) == {UMENG}
    assert said(lines(*("- " + text for text in FIRST))) == {UMENG}


def test_english_keys() -> None:
    assert said(lines("SDK name: Umeng", "Purpose: statistics", "Data collected: IMEI")) == {UMENG}


def test_the_name_may_stand_above() -> None:
    assert said(lines("1. 极光推送", "使用目的：消息推送", "收集个人信息：Android ID")) == {PUSH}


def test_without_a_name_it_is_the_operator() -> None:
    found = said(lines("收集个人信息：手机号", "使用目的：注册登录"))
    assert found == {"collect basic.phone first_party login"}


@pytest.mark.parametrize(
    "texts",
    [
        ("收集个人信息：IMEI",),
        ("使用目的：统计分析", "联系方式：北京市"),
        ("本公司的说明很长，使用目的：统计分析", "说明文字，收集个人信息：IMEI"),
    ],
)
def test_what_is_no_block_is_left_to_the_sentences(texts: tuple[str, ...]) -> None:
    assert not any("umeng" in fact or "statistics" in fact for fact in said(lines(*texts)))


def test_a_paragraph_between_ends_a_block() -> None:
    found = said(lines("SDK名称：友盟统计", "以上为说明文字。", "使用目的：消息推送"))
    assert found == set()


def test_hidden_blocks_are_not_read() -> None:
    hidden = "".join(f'<p style="display:none">{text}</p>' for text in FIRST)
    assert said(hidden) == set()


def test_a_list_without_end_is_cut() -> None:
    many = lines("SDK名称：友盟统计", "收集个人信息：IMEI", *["使用目的：统计分析"] * 60)
    assert UMENG in said(many)
