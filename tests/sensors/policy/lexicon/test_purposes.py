"""Purposes: their words and their keys."""

import pytest

from hongxian.sensors.policy.lexicon.purposes import find, purpose_key


@pytest.mark.parametrize(
    ("text", "phrase", "key"),
    [
        ("为了保障您的账号安全，我们收集", "为了保障您的账号安全", "risk"),
        ("我们收集姓名，用于注册账号", "用于注册账号", "login"),
        ("收集姓名，以便向您推送消息。", "以便向您推送消息", "push"),
        ("目的是投放广告。", "目的是投放广告", "ads"),
        ("出于统计分析的目的", "出于统计分析的目的", "statistics"),
        ("we use it in order to process payments.", "in order to process payments", "pay"),
        ("to improve our services", "to improve our services", "improve"),
        ("以提升用户体验。", "以提升用户体验", "improve"),
        ("用于某种缘故", "用于某种缘故", "other"),
    ],
)
def test_a_phrase_and_what_it_is_for(text, phrase, key) -> None:
    (hit,) = find(text)
    assert text[hit.start : hit.end] == phrase
    assert hit.key == key


@pytest.mark.parametrize("text", ["可以保存", "您已经了解", "we go to school"])
def test_other_words_are_no_purpose(text) -> None:
    assert find(text) == []


def test_a_cell_without_any_cue_has_no_purpose() -> None:
    assert purpose_key("——") is None


def test_the_telling_cue_wins_over_the_general_one() -> None:
    assert purpose_key("提供服务所需的支付功能") == "pay"
    assert purpose_key("improve our advertising") == "ads"
