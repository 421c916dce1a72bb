"""Where the person complains to the operator."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.sensors.policy.checks.operator_contact import KINDS
from hongxian.sensors.policy.checks.seek import Wording, find, finding, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.text import Passage, Policy
    from hongxian.sensors.policy.findings import Finding

_AUTHORITY = re.compile(
    r"(?:向|到|至|通过)[^,，。;；\n]{0,40}?(?:监管|网信|电信主管|公安|工商|消费者|仲裁|法院|主管"
    r"|部门|机关|12377|12321|12315|12300)"
    r"[^。;；\n]{0,30}?(?:投诉|举报|起诉|申诉)"
    r"|\b(?:supervisory|regulator|authorit|court)\w*"
)
_UNLESS = words(
    r"(?:被|遭)(?:他人|其他用户|第三方)?(?:投诉|举报)|第三方(?:的)?投诉|投诉或诉讼|(?:处理|应对"
    r"|解决)[^,，。;；\n]{0,8}(?:纠纷|投诉|举报)"
    r"|投诉[^,，。;；\n]{0,6}(?:记录|信息|内容)|(?:收集|采集|保存|存储"
    r"|记录)[^。;；\n]{0,40}(?:投诉|举报|申诉)"
    r"|(?:投诉|举报|申诉)[^。;；\n]{0,40}(?:收集|采集)|渠道发生变更|所提交的信息"
    r"|以便[^。;；\n]{0,24}(?:投诉|举报|申诉)|重视|违[法规](?:违规)?的?内容|封禁|处罚|侵权|版权"
    r"|著作权",
    r"\b(?:collect|record|stor)\w*[^.;\n]{0,40}\bcomplaint",
)
_WORDINGS = (
    Wording(
        cues=("投诉", "举报", "申诉", "complain", "grievance"), unless=_UNLESS,
        says=words(r"投诉|举报|申诉", r"\bcomplain\w*|\bgrievance"),
    ),
    Wording(
        cues=("@", "电话", "邮箱", "邮件", "热线", "联系", "phone", "mail", "hotline"),
        says=words(r"@|电话|邮箱|邮件|热线|联系", r"\b(?:phone|e-?mail|hotline|contact)"),
        under=words(r"投诉|举报|申诉|\bcomplain"),
    ),
)  # fmt: skip
_INVITES = re.compile(
    r"可以?|请|欢迎|有权|通过|拨打|联系|设[立置有]|提供|渠道|方式|[:：]"
    r"|\b(?:can|may|please|contact|send|channel|via|by)\b"
)
_FOLLOWS = re.compile(r"以下|如下|下列|[:：]$|联系我们|公示的|\b(?:following|below)\b")
_SERVICE = re.compile(
    r"客服|点击|【|“|功能|在线|页面|入口|\b(?:app|settings|form|customer service)\b"
)


def check(policy: Policy) -> Iterator[Finding]:
    """Yield where a complaint can be brought to the operator, with the kinds of contact."""
    for passage, _ in find(policy, *_WORDINGS):
        text = policy.raw(passage)
        own = _kinds(text)
        if not _INVITES.search(text) or (_AUTHORITY.search(text) and not own):
            continue
        if kinds := own or _kinds_after(policy, passage, text):
            yield finding("complaint_channel", passage, detail={"kinds": kinds})


def _kinds(text: str) -> list[str]:
    return [kind for kind, sign in KINDS.items() if sign.search(text)]


def _kinds_after(policy: Policy, passage: Passage, text: str) -> list[str]:
    """Return the kinds of contact in what follows, when the passage points there."""
    if _FOLLOWS.search(text):
        around = "\n".join(policy.raw(one) for one in policy.nearby(passage, before=3, after=10))
        if kinds := _kinds(around):
            return kinds
    return ["online"] if _SERVICE.search(text) else []
