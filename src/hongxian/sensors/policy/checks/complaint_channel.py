"""Where the person complains to the operator."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.sensors.policy.checks.operator_contact import KINDS
from hongxian.sensors.policy.checks.seek import Wording, find, finding, words
from hongxian.sensors.policy.checks.ways import ways_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.text import Passage, Policy
    from hongxian.sensors.policy.findings import Finding

_AUTHORITY = re.compile(
    r"(?:向|到|至)[^,，。;；\n]{0,40}?(?:监管|网信|电信|公安|工商|消费者|仲裁|法院|主管|部门|机关|机构|12377|12321|12315|12300)[^。;；\n]{0,30}?(?:投诉|举报|起诉)"
    r"|\b(?:supervisory|regulator|authorit|court)\w*"
)
_WORDINGS = (
    Wording(
        cues=("投诉", "举报", "申诉", "complain", "grievance", "appeal", "report"),
        says=words(r"投诉|举报|申诉", r"\bcomplain\w*|\bgrievance|\bappeal\b|\breport (?:it|them|a|any)\b[^.\n]{0,20}to us"),
        unless=words(r"(?:被|遭)(?:他人|其他用户|第三方)?(?:投诉|举报)|(?:处理|应对|解决)[^,，。;；\n]{0,8}(?:纠纷|投诉|举报)|投诉[^,，。;；\n]{0,6}(?:记录|信息|内容)"),
    ),
    Wording(
        cues=tuple("@") + ("电话", "邮箱", "邮件", "热线", "联系", "phone", "mail", "hotline"),
        says=words(r"@|电话|邮箱|邮件|热线|联系|\bphone|\bmail|\bhotline"),
        under=words(r"投诉|举报|申诉|\bcomplain"),
    ),
)  # fmt: skip


def check(policy: Policy) -> Iterator[Finding]:
    """Yield where a complaint can be brought to the operator, with the kinds of contact."""
    for passage, _ in find(policy, *_WORDINGS):
        text = policy.raw(passage)
        if _AUTHORITY.search(text) and not any(sign.search(text) for sign in KINDS.values()):
            continue
        if how := _channels(policy, passage):
            yield finding("complaint_channel", passage, detail={"kinds": how})


def _channels(policy: Policy, passage: Passage) -> list[str]:
    around = "\n".join(policy.raw(one) for one in policy.nearby(passage, before=2, after=8))
    kinds = [kind for kind, sign in KINDS.items() if sign.search(around)]
    return kinds or ways_for(policy, passage)
