"""Within what time requests are answered."""

from __future__ import annotations

import pytest
from tests.sensors.policy.checks.asked import found

from hongxian.sensors.policy.checks import response_time

Promise = tuple[float, str, list[str]]


@pytest.mark.parametrize(
    ("text", "promises"),
    [
        ("我们将在十五（15）个工作日内答复您的请求。", [(15, "working_day", ["request"])]),
        ("收到投诉后，我们会在15天内处理完毕。", [(15, "day", ["complaint"])]),
        ("您申请注销账号的，我们在六十日内决定。", [(60, "day", ["cancel_account"])]),
        ("收到您的反馈后24小时内回复。", [(1, "day", ["request"])]),
        ("我们将在一个月内回复您的访问请求。", [(30, "day", ["access"])]),
        ("收到您的請求後，我們將在三十日內答覆。", [(30, "day", ["request"])]),
        ("# 撤回同意\n我们在收到申请后的两周内处理。", [(14, "day", ["withdraw"])]),
        ("收到请求后3日内受理，15个工作日内答复。",
         [(3, "day", ["request"]), (15, "working_day", ["request"])]),
        ("We will respond to your request within fifteen (15) working days.",
         [(15, "working_day", ["request"])]),
        ("We answer complaints within 30 days.", [(30, "day", ["complaint"])]),
        ("We will process your request within two weeks.", [(14, "day", ["request"])]),
        ("我们提前30日内通知您并处理您的请求。", []),
        ("我们会将日志保存30日内，供您反馈问题时使用。", []),
        ("提现申请将在3个工作日内处理。", []),
        ("我们提供7*24小时内客服，回复您的问题。", []),
        ("我们会尽快答复您的请求。", []),
        ("您提交最近三个月内的记录，我们审核您的申请。", []),
        ("24小时内删除违规内容，您可联系我们反馈。", []),
    ],
)  # fmt: skip
def test_promises(text: str, promises: list[Promise]) -> None:
    said = [(one.amount, one.unit, one.detail["about"]) for one in found(response_time, text)]
    assert said == promises
