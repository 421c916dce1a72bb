"""Conditions for cancelling the account."""

from __future__ import annotations

import pytest
from tests.sensors.policy.checks.asked import found

from hongxian.sensors.policy.checks import cancel_condition


def _infos(text: str) -> list[str | None]:
    return [one.info for one in found(cancel_condition, text)]


def test_more_pi_than_for_registration() -> None:
    text = "您申请注销账号的，应当提交手持身份证照片和户口簿。"
    findings = found(cancel_condition, text)
    assert findings
    assert all(one.info and one.info != "personal" for one in findings)
    assert findings[0].detail == {"condition": text}


def test_a_list_of_conditions() -> None:
    text = (
        "您注销账号前，应当满足以下条件：\n- 账号内没有未完成的订单；\n- 账号余额已结清；\n"
        "- 提供注册时的手机号码。\n# 其他\n您可以联系客服。"
    )
    words = [one.detail["condition"] for one in found(cancel_condition, text)]
    assert len(words) == 3
    assert words[0].endswith("账号内没有未完成的订单；")
    assert _infos(text)[:2] == [None, None]
    assert _infos(text)[2] is not None


@pytest.mark.parametrize(
    "text",
    [
        "在您注销账号前，我们将验证您的身份。",
        "注销账户需确保账户内无欠款。",
        "您註銷帳號前，須結清餘額。",
        "Before you delete your account, you must settle all unpaid orders.",
        "We may ask you to verify your identity when you close your account.",
    ],
)
def test_a_condition_without_pi(text: str) -> None:
    assert _infos(text) == [None]


@pytest.mark.parametrize(
    "text",
    [
        "您注销账号后，我们将删除您的信息，您需要重新注册。",
        "您可以在设置中注销账号。",
        "一旦注销账号，您将无法提供身份证明找回。",
        "# 注销条件",
        "注销账号：提交后立即处理，不需要提供其他信息。",
        "注销账号只需在设置中验证密码即可，无需提供材料。",
        "您须满足的注销账号条件，详见《注销须知》。",
        "You can delete your account in Settings.",
    ],
)
def test_no_condition(text: str) -> None:
    assert _infos(text) == []


def test_long_words_are_cut_and_values_covered() -> None:
    text = "注销账号须联系客服13800138000并" + "提供证明材料" * 20 + "。"
    words = found(cancel_condition, text)[0].detail["condition"]
    assert len(words) == 80
    assert "13800138000" not in words
