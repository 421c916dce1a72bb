"""Use taken for consent."""

from __future__ import annotations

import pytest
from tests.sensors.policy.checks.asked import details

from hongxian.sensors.policy.checks import implied_consent_wording


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("您使用我们的服务即表示您同意本政策。", "policy"),
        ("一经下载、安装、注册，即视为您已阅读并同意本协议的全部条款以及日后的修改。", "policy"),
        ("您一旦开始使用本产品，视为同意本政策。", "policy"),
        ("本政策更新后您继续使用的，即视为接受修订后的政策。", "update"),
        ("一旦您使用或继续使用本服务，即意味着您同意我们处理您的信息。", "policy"),
        ("您註冊即視為同意本政策。", "policy"),
        ("By using our app, you agree to this policy.", "policy"),
        ("Your continued use after changes constitutes acceptance of the policy.", "update"),
        ("You consent to this policy by installing the app.", "policy"),
    ],
)
def test_there(text: str, about: str) -> None:
    assert details(implied_consent_wording, text) == [{"about": about}]


@pytest.mark.parametrize(
    "text",
    [
        "您使用我们的服务并不意味着您同意本政策。",
        "点击“同意”即表示您同意本政策并开始使用。",
        "您勾选同意后登录，即表示您已接受本政策。",
        "您开启相机权限即代表您授权我们使用相机。",
        "结合使用期间，这类信息将被视为个人信息，未经您授权同意不会处理。",
        "由于我们使用全球服务器，这意味着，在获得您的授权同意后信息可能出境。",
        "我们会在使用前征得您的同意。",
        "By clicking “I agree”, you agree to this policy.",
        "Using the app does not mean that you agree.",
    ],
)
def test_not_there(text: str) -> None:
    assert details(implied_consent_wording, text) == []
