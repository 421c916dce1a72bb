"""How the operator is reached: kinds of contact, never their values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.sensors.policy.checks.seek import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.text import Passage, Policy
    from hongxian.sensors.policy.findings import Finding

_CUES = (
    "@", "电话", "热线", "客服", "致电", "拨打", "传真", "地址", "邮编", "邮箱", "邮件", "联系我们", "反馈", "联系方式",
    "微信", "公众号", "qq", "phone", "tel", "hotline", "address", "mail", "contact", "feedback",
)  # fmt: skip
_PHONE = r"(?:\+?86[- ]?)?(?:1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[)）]?[- —]{0,3}\d{7,8}|[48]00[- ]?\d{3,4}[- ]?\d{3,4}|(?<!\d)9[56]\d{3,4}(?!\d)|(?<!\d)1[02]\d{3}(?!\d)|\+\d{1,3}[- ()\d]{7,16}\d)"
KINDS = {
    "email": re.compile(r"[\w.+-]{1,40}\s?(?:@|\[at\]|#at#)\s?[\w-]+(?:\.[\w-]+)+"),
    "phone": re.compile(
        rf"(?:电话|热线|客服|致电|拨打|手机|tel(?:ephone)?|phone|hotline|call)[^。;；\n]{{0,30}}?{_PHONE}"
        rf"|{_PHONE}[^。;；\n\d]{{0,10}}(?:电话|热线|客服)"
    ),
    "address": re.compile(
        r"(?:地址|住所|联系处|注册地|办公地点|收件处|邮寄至|寄至|寄送至|邮寄到)(?:为|是|位于)?[\s:：|]{0,4}[^,，。;；\n]{0,30}?[\u4e00-\u9fff\d](?:省|市|区|县|路|街|道|号|楼|室|层|座|大厦|园)"
        r"|\b(?:registered |office |mailing |postal )?address(?: is)?[\s:：|]{1,3}[^\n]{0,60}?(?:\b(?:road|street|st\.|rd\.|avenue|ave|district|building|floor|city|beijing|shanghai|shenzhen|guangzhou|hangzhou|china|hong kong)\b|\d{5,6})"
    ),
    "online": re.compile(
        r"(?:在线客服|人工客服|联系客服|客服中心|意见反馈|用户反馈|帮助与?反馈|反馈与?帮助|我的客服|在线反馈|反馈(?:功能|页面|入口|中心)|联系我们[”\"」】]?(?:页面|功能|入口|板块)"
        r"|(?:-|→|>|“|「|【|\")[^”」】\"\n]{0,10}(?:客服|反馈|联系我们))"
        r"|\b(?:online (?:support|service|form)|help cent(?:er|re)|in-app (?:feedback|support)|contact form|feedback (?:page|form|section)|live chat)\b"
    ),
    "social": re.compile(r"(?:微信公众号|官方微信|客服微信|公众号|客服qq|qq群?|官方微博)[\s:：号为是“]{0,4}[\w\u4e00-\u9fff-]{2,24}"),
}  # fmt: skip
"""Kind of contact -> how it is written."""
_ABOUT = re.compile(
    r"联系|反馈|投诉|疑问|意见|建议|客服|咨询|举报|来信|通信|运营者|公司(?:名称|全称|全名|信息)|个人信息保护(?:负责人|专员|部门|机构)|注册地址|办公地址|邮寄|拨打|致电|发送(?:至|到)|邮箱[:：]|电话[:：]"
    r"|\b(?:contact|questions?|complain|feedback|reach us|write to|e-?mail us|e-?mail:|tel:|inquir|concerns?)"
)
_THEIRS = re.compile(
    r"sdk|第三方|合作(?:伙伴|方)|接收方|紧急联系人|收货|通讯录|监管|网信|12377|12321|12315|仲裁|法院|third[- ]part"
)
_TAKEN = re.compile(
    r"收集|采集|获取您|提供您的|填写|您提供|您的(?:手机|电话|邮箱|电子邮)|注册|登录|\bcollect|\bprovide your|\byour (?:e-?mail|phone|address)"
)


def check(policy: Policy) -> Iterator[Finding]:
    """Yield where a way to reach the operator is given, once for each kind."""
    known: set[str] = set()
    for passage in policy.holding(_CUES, titles=True):
        if passage.row and _THEIRS.search(policy.raw(passage)):
            continue
        for kind in kinds(policy, passage):
            if kind not in known:
                known.add(kind)
                yield finding("operator_contact", passage, detail={"kind": kind})


def kinds(policy: Policy, passage: Passage) -> list[str]:
    """Return by which kinds of contact a passage tells the person to reach the operator."""
    text = policy.raw(passage)
    about = f"{passage.heads}\n{text}"
    if not _ABOUT.search(about) or _THEIRS.search(about):
        return []
    found = [kind for kind, sign in KINDS.items() if sign.search(text)]
    if _TAKEN.search(text) and not re.search(r"联系|反馈|投诉|疑问|\bcontact", text):
        return []
    return found
