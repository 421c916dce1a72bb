"""From when the policy holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.sensors.policy.checks.days import dated
from hongxian.sensors.policy.checks.seek import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.text import Policy
    from hongxian.sensors.policy.findings import Finding

_CUES = ("生效", "施行", "实施", "启用", "effect", "in force")
_BEFORE = words(
    r"(?:生效|施行|实施|启用)(?:日期|时间|日)?(?:为|是|于|自|从)?[\s:：【\[|]{0,6}$",
    r"(?:生效|施行|实施)[^,，。;；\n]{0,8}[:：][\s【\[]{0,4}$",
    r"\b(?:effective(?: date| as of| from| on| since)?|in (?:force|effect) (?:from|since|as of|on)"
    r"|takes? effect on|comes? into (?:force|effect) on)[\s:：\[|]{0,6}(?:is )?$",
)
_AFTER = words(
    r"[】\])）\s]{0,3}(?:起|开始|正式|之日|零时|0时|日|,|，|\s"
    r"|后){0,5}(?:[^,，。;；\n]{0,6})?(?:生效|施行|实施|启用)(?!的|日|时间|[:：])",
    r"[\s)\]]{0,3}\(?effective\b(?! date|\s?:)",
)


def check(policy: Policy) -> Iterator[Finding]:
    """Yield the date from which the policy holds."""
    yield from dated(policy, "effective_date", _CUES, _BEFORE, _AFTER)
