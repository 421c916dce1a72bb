"""Verbs and their objects."""

import pytest

from hongxian.sensors.policy.lexicon.acts import LOOSE, WEAK, settle
from hongxian.sensors.policy.lexicon.match import Hit, find_hits
from hongxian.sensors.policy.lexicon.normal import squeeze


def act(text, verb) -> Hit:
    even = squeeze(text)
    hits = find_hits(even, text)
    return next(hit for hit in settle(even.text, hits) if even.text[hit.start : hit.end] == verb)


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("我们收集您的姓名", "收集"),
        ("我们会将您的姓名与第三方共享", "共享"),
        ("您的姓名会被我们收集", "收集"),
        ("我们会记录您使用我们服务的时间和IP地址", "记录"),
        ("我们收集和使用您的姓名", "使用"),
        ("我们处理您的姓名", "处理"),
    ],
)
def test_pi_as_object_makes_an_act(text, verb) -> None:
    assert act(text, verb).certainty == 1


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("我们获得您的同意后收集姓名", "获得"),
        ("您可以访问您的个人信息", "访问"),
        ("我们会向您提供您的订单信息", "提供"),
        ("我们使用加密技术和服务器来保护信息", "使用"),
        ("我们会及时处理", "处理"),
    ],
)
def test_another_object_or_the_person_makes_none(text, verb) -> None:
    even = squeeze(text)
    hits = find_hits(even, text)
    found = [hit for hit in settle(even.text, hits) if even.text[hit.start : hit.end] == verb]
    assert all(hit.certainty == WEAK for hit in found)


def test_a_verb_in_a_noun_phrase_is_loose() -> None:
    assert act("我们收集的姓名", "收集").certainty == LOOSE
    assert act("我们收集的信息包括：姓名", "收集").certainty == 1
    assert act("个人信息的使用", "使用").certainty < 1


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("您需要向我们提供姓名", "collect"),
        ("您提供的姓名", "collect"),
        ("我们会提供姓名给第三方", "share"),
        ("We provide your name to partners", "share"),
        ("you provide your name to us", "collect"),
    ],
)
def test_what_the_person_gives_is_collected(text, key) -> None:
    assert act(text, "provide" if text.isascii() else "提供").key == key
