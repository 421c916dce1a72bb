"""When the policy was last changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.sensors.policy.checks.days import dated
from hongxian.sensors.policy.checks.seek import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.text import Policy
    from hongxian.sensors.policy.findings import Finding

_CUES = ("更新", "修订", "修改", "变更", "版本", "updat", "revis", "modif", "amend", "version")
_BEFORE = words(
    r"(?:更新|修订|修改|变更|改版|版本|版)(?:日期|时间|日|期)?(?:为|是|于|在|自)?[\s:：【\["
    r"|(（]{0,6}$",
    r"(?:更新|修订|修改)[^,，。;；\n]{0,8}[:：][\s【\[]{0,4}$",
    r"\b(?:(?:last|latest|most recent(?:ly)?) )?(?:updat|revis|modifi|amend)\w*(?: date| on"
    r"| as of)?[\s:：\[|]{0,6}(?:is )?$",
    r"\bversion(?: date)?[\s:：\[|]{0,4}$",
)
_AFTER = words(
    r"[】\])）\s]{0,3}(?:最新|最后|最近|进行(?:了)?|正式|日|起|,|，|\s){0,4}(?:更新|修订|修改"
    r"|改版|版)(?!前|之前|的|日|时间|[:：])",
    r"[\s)\]]{0,3}\(?(?:updated|revised|version)\b(?! date| on|\s?:)",
)
_PUBLISHED = words(
    r"(?:发布|公布|发表|制定)(?:日期|时间|日)?(?:为|是|于|在)?[\s:：【\[|(（]{0,6}$",
    r"\b(?:published|posted|released|issued)(?: date| on)?[\s:：\[|]{0,6}$",
)
_RELEASE = words(
    r"[】\])）\s]{0,3}(?:正式)?(?:发布|公布)(?!的|日|时间|[:：])", r"[\s)\]]{0,3}\(?published\b"
)


def check(policy: Policy) -> Iterator[Finding]:
    """Yield when the policy was changed last; of one that never was, when it was published."""
    found = list(dated(policy, "update_date", _CUES, _BEFORE, _AFTER))
    cues = ("发布", "公布", "发表", "制定", "publish", "posted", "released", "issued")
    yield from found or dated(policy, "update_date", cues, _PUBLISHED, _RELEASE)
