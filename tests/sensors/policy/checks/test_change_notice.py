"""How the person learns of changes."""

from __future__ import annotations

import pytest
from tests.sensors.policy.checks.asked import details

from hongxian.sensors.policy.checks import change_notice


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("本政策更新后，我们会通过弹窗通知您。", ["popup"]),
        ("本政策变更的，我们将以推送通知、短信、公告等方式告知您。", ["push", "message", "notice"]),
        ("我们会在修订本政策时通知您。", []),
        ("# 本政策的更新\n我们会在网站首页发布通知。", ["notice"]),
        ("本政策修訂時，我們會以彈窗方式通知您。", ["popup"]),
        ("If we change this policy, we will notify you by e-mail.", ["message"]),
        ("# Changes\nChanges to this policy will be posted on our website.", ["notice"]),
    ],
)  # fmt: skip
def test_there(text: str, ways: list[str]) -> None:
    assert details(change_notice, text) == [{"ways": ways}]


@pytest.mark.parametrize(
    "text",
    [
        "我们有权随时修改本政策，恕不另行通知。",
        "本政策可能会更新。",
        "修改后的政策自公布之日起生效。",
        "我们的功能会不断更新，届时另行通知。",
        "# 本政策如何更新",
        "We may change this policy at any time without notice.",
    ],
)
def test_not_there(text: str) -> None:
    assert details(change_notice, text) == []
