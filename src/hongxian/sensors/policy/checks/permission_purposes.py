"""What each system permission is for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.sensors.policy.checks.seek import finding
from hongxian.sensors.policy.findings import Finding
from hongxian.sensors.policy.mentions import Mentions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.text import Passage, Policy
    from hongxian.sensors.policy.declarations import Declaration

_CUES = ("权限", "permission", "授权")
_FOR = re.compile(
    r"用于|用来|用以|以便|以(?:实现|保障|完成|提供|使|确保|供)|为了?(?:您|实现|保障|向|提供|方便"
    r"|帮助|使|完成|便于)|从而|方便您|使您|帮助您"
    r"|实现[^,，。;；\n]{0,16}功能"
    r"|使用[^,，。;；\n]{0,16}(?:功能|服务)时|当您[^。;；\n]{0,40}?时|目的|用途"
    r"|\b(?:in order to|so that|used (?:to|for)|to (?:provide|enable|allow|let|show|save|scan|take"
    r"|upload|find|locate|record)|for (?:the )?(?:purpose|function))\b"
)
_OFF = re.compile(
    r"(?:关闭|拒绝|撤回|取消|不授予|不会(?:申请|获取|读取|使用|调用)|不(?:申请|获取))"
    r"|\b(?:turn off|disable|withdraw|revoke"
    r"|do not (?:request|use))\b"
)
_BEFORE = re.compile(
    r"授[权權]|[开開][启啟]|[访訪][问問]|允[许許]|申[请請]|[请請]求|permissions?|access",
    re.IGNORECASE,
)
_AFTER = re.compile(r"[权權]限|[:：]|permission|access", re.IGNORECASE)
_NEAR = 10
"""Characters around a permission's name in which it must read like one, not like a brand."""


def check(policy: Policy) -> Iterator[Finding]:
    """Yield where a permission stands with its purpose, each permission once."""
    known: set[str] = set()
    for one in policy.declarations:
        if one.permission and one.purpose and one.permission not in known and _named(policy, one):
            known.add(one.permission)
            yield Finding(
                item="permission_purposes", start=one.span.start, end=one.span.end,
                purpose=one.purpose, detail={"permission": one.permission},
            )  # fmt: skip
    for passage in policy.holding(_CUES):
        for key, purpose in _told(policy, passage):
            if key not in known:
                known.add(key)
                yield finding(
                    "permission_purposes", passage, purpose=purpose, detail={"permission": key}
                )


def _told(policy: Policy, passage: Passage) -> Iterator[tuple[str, str]]:
    text = policy.raw(passage)
    if _OFF.search(text):
        return
    said = [one.key for one in policy.named(passage, "purpose")]
    if not said and not _FOR.search(text):
        return
    for one in policy.named(passage, "permission"):
        if _asked(policy.document.text, one.start, one.end):
            yield one.key, said[0] if said else "other"


def _named(policy: Policy, said: Declaration) -> bool:
    """Whether a declaration names the permission, and no brand that sounds like it."""
    text = policy.document.text
    named = policy.kinds.get("permission", Mentions()).within(said.span.start, said.span.end)
    return "\n" in text[said.span.start : said.span.end] or any(
        one.key == said.permission and _asked(text, one.start, one.end) for one in named
    )


def _asked(text: str, start: int, end: int) -> bool:
    before = _BEFORE.search(text, max(0, start - _NEAR), start)
    return bool(before or _AFTER.search(text, start, end + _NEAR))
