"""What cookies are used for."""

from __future__ import annotations

import pytest
from tests.sensors.policy.checks.asked import found

from hongxian.sensors.policy.checks import cookies


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("我们会使用Cookie记录您的登录状态。", 1),
        ("您可以在浏览器中清除 Cookies。", 1),
        ("网站信标可帮助我们识别您。", 1),
        ("We use cookies to remember your settings.", 1),
        ("# Cookie", 0),
        ("Cookie等。", 0),
        ("我们如何使用Cookie", 0),
    ],
)
def test_there(text: str, count: int) -> None:
    assert len(found(cookies, text)) == count
