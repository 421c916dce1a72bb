"""What cookies and the like are used for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.sensors.policy.checks.seek import Wording, find, finding, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.text import Policy
    from hongxian.sensors.policy.findings import Finding

_COOKIE = r"(?:cookies?|网站信标|网络信标|像素标签|web ?beacons?|local ?storage|本地存储技术)"
_DOES = (
    r"(?:使用|用于|收集|存储|记录|帮助|识别|技术|放置|发送|储存|读取|获取|管理|清除|删除|拒绝"
    r"|设置|禁用"
    r"|\b(?:us(?:e|es|ed|ing)|collect|stor|record|help|remember|identif|place|set|manage|delete"
    r"|disable|refuse)\w*)"
)
_WORDINGS = (
    Wording(
        cues=("cookie", "信标", "beacon", "像素标签", "localstorage", "local storage"),
        says=words(_COOKIE + r"[^。\n]{0,60}?" + _DOES, _DOES + r"[^。\n]{0,40}?" + _COOKIE),
    ),
)  # fmt: skip


def check(policy: Policy) -> Iterator[Finding]:
    """Yield where the policy tells of cookies or the like."""
    for passage, _ in find(policy, *_WORDINGS):
        yield finding("cookies", passage)
