"""How the person sees the PI that is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.sensors.policy.checks.rights import LISTED, PERSON, PI, RIGHTS, right
from hongxian.sensors.policy.checks.seek import Wording, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.text import Policy
    from hongxian.sensors.policy.findings import Finding

_CUES = ("访问", "查询", "查阅", "查看", "浏览", "access", "view", "review", "see ")
_VERB = r"(?P<verb>访问|查询|查阅|查看|浏览|\b(?:access|view|review|see)\b)"
_UNLESS = words(
    r"访问权限|访问(?:我们的|本)?(?:网站|网页|页面)|查看(?:本|该|以下|其|详情|隐私)|access to our"
)
_WORDINGS = (
    Wording(
        cues=_CUES, unless=_UNLESS,
        says=words(PERSON + r"[^。;；\n]{0,60}?" + _VERB + r"[^。;；\n]{0,50}?" + PI),
        under=RIGHTS,
    ),
    Wording(
        cues=("有权", "right"), unless=_UNLESS,
        says=words(
            r"(?:有权|\bright (?:to|of))[^。;；\n]{0,40}?" + _VERB + r"[^。;；\n]{0,50}?" + PI
        ),
    ),
    Wording(
        cues=_CUES, unless=_UNLESS, under=RIGHTS,
        says=words(LISTED + _VERB + r"[^。;；\n]{0,12}?" + PI),
    ),
)  # fmt: skip


def check(policy: Policy) -> Iterator[Finding]:
    """Yield where the policy says how to see one's PI."""
    yield from right(policy, "access", *_WORDINGS)
