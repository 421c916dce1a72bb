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
    "@", "电话", "热线", "客服", "致电", "拨打", "传真", "地址", "住所", "寄", "邮箱", "联系我们",
    "反馈", "微信", "公众号", "qq", "phone", "tel", "hotline", "address", "contact", "feedback",
    "help cent", "call", "：", ":",
)  # fmt: skip
_NUMBER = (
    r"(?:\+?86[- ]?)?(?:1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[)）]?[- —]{0,3}\d{7,8}"
    r"|[48]00[- ]?\d{3,4}[- ]?\d{3,4}|(?<!\d)9[56]\d{3,4}(?!\d)|(?<!\d)1[02]\d{3}(?!\d)"
    r"|\+\d{1,3}[- ()\d]{7,16}\d)"
)
KINDS = {
    "email": re.compile(r"[\w.+-]{1,40}\s?(?:@|\[at\]|#at#)\s?[\w-]+(?:\.[\w-]+)+"),
    "phone": re.compile(
        r"(?:电话|热线|客服|致电|拨打|手机|联系方式|tel(?:ephone)?|phone|hotline|\bcall)"
        rf"[^。;；\n]{{0,30}}?{_NUMBER}|{_NUMBER}[^。;；\n\d]{{0,10}}(?:电话|热线|客服)"
    ),
    "address": re.compile(
        r"(?:(?:公司|注册|办公|联系|通讯|通信|邮寄|经营|运营|收件)?(?:地址|地点|住所地?)(?:为"
        r"|是)?\s*[:：|]"
        r"|(?:住所|注册地|位于|寄送?至|寄到)[:：]?)"
        r"\s*[^,，。;；、\n]{0,40}?[\u4e00-\u9fff\d](?:省|市|区|县|路|街|道|号|楼|室|层|座|大厦|园)"
        r"|\baddress(?: is)?\s*[:：|]\s*[^\n]{0,80}?"
        r"(?:\b(?:road|street|st\.|rd\.|avenue|district|building|floor|beijing|shanghai|shenzhen"
        r"|guangzhou|hangzhou|china|hong kong)\b|\d{5,6})"
    ),
    "online": re.compile(
        r"在线客服|人工客服|联系客服|客服中心|意见反馈|用户反馈|帮助与?反馈|反馈与?帮助|我的客服"
        r"|在线反馈"
        r"|反馈(?:功能|页面|入口|中心|界面)|联系我们[”\"」】]?(?:页面|功能|入口|板块)"
        r"|[-→>“「【\"][^”」】\"\n]{0,10}(?:客服|反馈|联系我们)"
        r"|\b(?:online (?:support|service|form)|help cent(?:er|re)|in-app (?:feedback|support)"
        r"|contact form|feedback (?:page|form|section)|live chat)\b"
    ),
    "social": re.compile(
        r"(?:公众号|官方微信|客服微信|客服qq|qq群?"
        r"|官方微博)[\s:：号为是“\"]{0,4}[\w\u4e00-\u9fff-]{2,24}"
    ),
}  # fmt: skip
"""Kind of contact -> how it is written."""
_ABOUT = re.compile(
    r"联系(?!方式、|方式及|人)|投诉|疑问|意见|建议|客服|咨询|举报|来信|运营者|公司(?:名称|全称"
    r"|全名|信息)"
    r"|保护(?:负责人|专员|部门|机构)|(?:公司|注册|办公|邮寄|经营|运营)地[址点]|拨打|致电"
    r"|发送(?:至|到)|寄[至到]|(?:邮[箱件]|电话)[:：]"
    r"|\b(?:contact|call us|help cent(?:er|re)|questions?|complain|feedback|reach us|write to"
    r"|e-?mail us|e-?mail:|tel:"
    r"|inquir|concerns?)"
)
_INVITES = re.compile(
    r"您?可(?:以|通过|随时|在|点击|拨打|发送|联系|向)?|请|欢迎|通过|联系我们|进入|点击|[:：]"
    r"|\b(?:can|may|please|via|through)\b"
)
_THEIRS = re.compile(
    r"sdk|(?:目的|用途|场景)[:：]|第三方|合作(?:伙伴|方)|接收方|紧急联系人|收货|通讯录|监管|网信"
    r"|12377|12321|12315|仲裁"
    r"|法院|third[- ]part"
)
_TAKEN = re.compile(
    r"收集|采集|获取您|提供(?:您的|给我们)|填写|(?:需要?|请)您提供|您的(?:手机|电话|邮箱|电子邮"
    r"|姓名)|注册(?!地)|登录时"
    r"|\bcollect|\bprovide your|\byour (?:e-?mail|phone|address)"
)
_NEAR, _CLOSE = 60, 20
_PHONES = re.compile(r"电话|热线|\bphone|\bhotline")
_DIALLED = re.compile(_NUMBER)


def check(policy: Policy) -> Iterator[Finding]:
    """Yield where a way to reach the operator is given, once for each kind."""
    known: set[str] = set()
    for passage in policy.holding(_CUES, titles=True):
        for kind in kinds(policy, passage):
            if kind not in known:
                known.add(kind)
                yield finding("operator_contact", passage, detail={"kind": kind})


def kinds(policy: Policy, passage: Passage) -> list[str]:
    """Return by which kinds of contact a passage tells the person to reach the operator.

    Args:
        policy: that it stands in.
        passage: to look at.
    """
    text = policy.raw(passage)
    heads = "\n".join(passage.above[-2:])
    if not _ABOUT.search(f"{heads}\n{text}") or _THEIRS.search(heads):
        return []
    found = [kind for kind, sign in KINDS.items() if _given(text, kind, sign, row=passage.row)]
    if not found and _PHONES.search(heads) and _DIALLED.search(text):
        found.append("phone")
    return found


def _given(text: str, kind: str, sign: re.Pattern[str], *, row: bool) -> bool:
    found = sign.search(text)
    if found is None or _THEIRS.search(text, max(0, found.start() - _NEAR), found.end()):
        return False
    if _TAKEN.search(text, max(0, found.start() - _CLOSE), found.start()):
        return False
    return kind != "online" or (not row and bool(_INVITES.search(text)))
