"""How long PI is kept, and when it goes."""

from __future__ import annotations

import pytest
from tests.sensors.policy.texts import declared, said

from hongxian.sensors.policy.relations.keeping import days

FACTS: dict[str, set[str]] = {
    "您的订单信息自交易完成之日起保存不少于三年。": {
        "store trade.order first_party -",
    },
    "我们仅在实现目的所必需的最短期限内保留您的个人信息。": {
        "store - first_party -",
    },
    "在您注销账号后，我们将删除您的个人信息或进行匿名化处理。": {
        "delete - first_party -",
    },
    "We delete your personal information after you close your account.": {
        "delete - first_party -",
    },
    "您可以删除您的浏览记录。": set(),
}


@pytest.mark.parametrize("text", FACTS)
def test_what_a_text_declares(text: str) -> None:
    assert said(text) == FACTS[text]


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("保存180天", 180),
        ("保存六个月", 180),
        ("保存期限为三年", 1095),
        ("保留两周", 14),
        ("kept for 30 days", 30),
        ("kept for two years", 730),
        ("保存12个月", 360),
        ("为实现目的所必需的期限", None),
        ("24小时内", 1),
    ],
)
def test_periods_are_read_as_days(words: str, amount: float | None) -> None:
    assert days(words) == amount


def test_a_period_stands_with_the_fact() -> None:
    [kept] = declared("您的日志信息保存180天。")
    assert (kept.act, kept.days) == ("store", 180)
