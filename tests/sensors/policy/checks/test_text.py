"""The policy as the checks read it."""

from __future__ import annotations

from tests.sensors.policy.checks.asked import policy

TEXT = "# 一、权利\n您 可 以 删 除。我们会通知您。\n# 二、联系\n客服：ＡＢＣ"


def test_passages_hold_words() -> None:
    made = policy(TEXT)
    assert [one.text for one in made.holding(("删除", "通知"))] == [
        "您可以删除。",
        "我们会通知您。",
    ]
    assert made.holding(("权利",)) == []
    assert [one.title for one in made.holding(("权利",), titles=True)] == [True]


def test_places_are_those_of_the_document() -> None:
    made = policy(TEXT)
    (one,) = made.holding(("删除",))
    start, end = made.place(one, 1, 5)
    assert TEXT[start:end] == "可 以 删 除"
    (call,) = made.holding(("客服",))
    assert made.written(call, 3, 6) == "ＡＢＣ"
    assert made.raw(call) == "客服：abc"


def test_nearby_stays_in_the_chapter() -> None:
    made = policy(TEXT)
    (one,) = made.holding(("删除",))
    assert [near.text for near in made.nearby(one)] == ["您可以删除。", "我们会通知您。"]


def test_what_a_passage_names() -> None:
    made = policy("我们收集您的手机号码。\n我们收集您的姓名。")
    assert [one.key for one in made.named(made.passages[1], "info")] == ["basic.name"]
    assert list(made.named(made.passages[1], "country")) == []


def test_headings_make_lines() -> None:
    made = policy(TEXT)
    (one,) = made.holding(("客服",))
    assert one.heads.strip().endswith("联系")
