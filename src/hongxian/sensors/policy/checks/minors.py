"""Rules for children."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.sensors.policy.checks.numbers import NUMBER, number
from hongxian.sensors.policy.checks.seek import Wording, find, finding, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.text import Policy
    from hongxian.sensors.policy.findings import Finding

_CHILD = (
    r"(?:未成年|儿童|孩子|子女|监护人|周岁|\b(?:child(?:ren)?|minors?|guardians?"
    r"|under the age|parents?)\b)"
)
_RULE = (
    r"(?:监护人|父母|家长|同意|许可|不会|不向|不得|不应|仅|只(?!为)|必须|应当?|须|请(?!参)|删除"
    r"|规定|承诺|禁止"
    r"|\b(?:guardian|parent|consent|not|delete|only|must|shall|should|protect)\w*)"
)
_WORDINGS = (
    Wording(
        cues=("未成年", "儿童", "周岁", "监护人", "青少年"),
        says=words(
            r"(?:未成年|儿童|[未不年]满[^。;；\n]{0,8}周岁|周岁以[下上]"
            r"|青少年)[^。\n]{0,100}?(?:" + _RULE + r"|民事行为能力)",
            r"(?:监护人|父母|家长|不会|不向|不得|禁止)[^。\n]{0,60}?(?:未成年|儿童|周岁)",
        ),
        unless=words(r"(?:敏感)?(?:个人)?敏感(?:个人)?信息(?:是|包括|指)|^[^。]{0,30}个人敏感信息"),
    ),
    Wording(
        cues=("child", "minor", "under the age", "under 1"),
        says=words(
            r"\b(?:child(?:ren)?|minors?|under (?:the age|1\d))\b[^.\n]{0,140}?" + _RULE,
            _RULE + r"[^.\n]{0,100}?\b(?:child(?:ren)?|minors)\b",
        ),
    ),
)  # fmt: skip
_AGE = re.compile(
    rf"({NUMBER})[)）]?\s?(?:\(\d+\)|（\d+）)?\s?(?:周?岁|years)|\bunder (?:the age of )?({NUMBER})"
)
_GUARDIAN = re.compile(r"监护人|父母|家长|\bguardian|\bparent")


def check(policy: Policy) -> Iterator[Finding]:
    """Yield each rule for children; ``detail.age`` is the age that it names."""
    for passage, _ in find(policy, *_WORDINGS):
        found = _AGE.search(passage.text)
        age = number(found[1] or found[2]) if found else None
        detail = {"age": age, "guardian": bool(_GUARDIAN.search(passage.text))}
        if age is None or 3 <= age <= 20:
            yield finding("minors", passage, detail={k: v for k, v in detail.items() if v})
