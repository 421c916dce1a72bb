"""Wordings are looked for in passages."""

from __future__ import annotations

from tests.sensors.policy.checks.asked import policy

from hongxian.sensors.policy.checks.seek import Wording, find, finding, words

TEXT = "# 撤回\n您可以关闭权限。\n我们会通知您。\n我们不会通知您。\n# 其他\n您可以关闭权限。"


def _texts(*wordings: Wording) -> list[str]:
    return [passage.text for passage, _ in find(policy(TEXT), *wordings)]


def test_a_wording_may_need_a_heading() -> None:
    wording = Wording(cues=("关闭",), says=words("关闭"), under=words("撤回"))
    assert _texts(wording) == ["您可以关闭权限。"]


def test_what_denies_it_in_the_same_passage() -> None:
    wording = Wording(cues=("通知",), says=words("通知"), unless=words("不会"))
    assert _texts(wording) == ["我们会通知您。"]


def test_passages_come_in_order_and_once() -> None:
    notice = Wording(cues=("通知",), says=words("通知"))
    close = Wording(cues=("关闭", "您可"), says=words("关闭", "权限"))
    assert _texts(notice, close, close) == [
        "您可以关闭权限。", "我们会通知您。", "我们不会通知您。", "您可以关闭权限。"
    ]  # fmt: skip


def test_a_finding_covers_the_passage() -> None:
    made = policy(TEXT)
    one = finding("delete", made.passages[1], amount=2)
    assert (TEXT[one.start : one.end], one.amount) == ("您可以关闭权限。", 2)
